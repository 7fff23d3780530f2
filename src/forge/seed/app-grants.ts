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

/** The events the app listens to. */
export const APP_EVENTS = [
  'issues',
  'issue_comment',
  'pull_request',
  'push',
  'check_run',
  'repository',
  'installation',
  'installation_repositories',
  'team',
  'membership',
  'dependabot_alert',
  'secret_scanning_alert',
  'code_scanning_alert',
];
