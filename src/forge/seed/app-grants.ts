import type { Permissions } from '../state/entities.ts';

/** What the app `yagura` may touch; the same list as in `app.yml`. */
export const APP_PERMISSIONS: Permissions = {
  metadata: 'read',
  issues: 'write',
  contents: 'write',
  checks: 'write',
  pull_requests: 'write',
  members: 'read',
  vulnerability_alerts: 'read',
  secret_scanning_alerts: 'read',
  security_events: 'read',
};

/**
 * The events the app is registered for. Installation events come unasked, as on GitHub; dependabot alerts are added
 * below because GitHub's own webhook schema does not know them among an app's events.
 */
export const APP_EVENTS = [
  'issues',
  'issue_comment',
  'pull_request',
  'push',
  'check_run',
  'repository',
  'team',
  'membership',
  'secret_scanning_alert',
  'code_scanning_alert',
];

/** What its installation listens to. */
export const INSTALLATION_EVENTS = [...APP_EVENTS, 'dependabot_alert'];
