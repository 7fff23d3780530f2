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
  repository_advisories: 'read',
  administration: 'read',
  actions: 'read',
  deployments: 'read',
};

/**
 * The events the app is registered for. Installation events come unasked, as on GitHub; those added below are not among
 * an app's events in GitHub's own webhook schema.
 */
export const APP_EVENTS = [
  'issues',
  'issue_comment',
  'pull_request',
  'push',
  'check_run',
  'check_suite',
  'repository',
  'team',
  'membership',
  'secret_scanning_alert',
  'code_scanning_alert',
  'branch_protection_rule',
  'deploy_key',
  'member',
  'public',
];

/** What its installation listens to. */
export const INSTALLATION_EVENTS = [
  ...APP_EVENTS,
  'dependabot_alert',
  'repository_vulnerability_alert',
  'secret_scanning_alert_location',
  'repository_advisory',
  'security_advisory',
  'branch_protection_configuration',
  'repository_ruleset',
];
