/**
 * The webhooks of GitHub that are alerts, each with the actions that say nothing about the alert: who it is assigned to.
 * `public` has no action. `security_advisory` is not among them: it is about the whole world, not about a repository.
 */
const alertEvents = {
  secret_scanning_alert: ['assigned', 'unassigned'],
  secret_scanning_alert_location: [],
  dependabot_alert: ['assignees_changed'],
  repository_vulnerability_alert: [],
  code_scanning_alert: ['updated_assignment'],
  repository_advisory: [],
  branch_protection_rule: [],
  branch_protection_configuration: [],
  repository_ruleset: [],
  deploy_key: [],
  member: [],
  public: [],
} as const satisfies Record<string, readonly string[]>;

export type AlertEvent = keyof typeof alertEvents;

/** Their names, as `app.yml` subscribes to them. */
export const alertEventNames = Object.keys(alertEvents) as AlertEvent[];

/** Whether an action of the event says something about the alert. */
export function saysSomething(event: AlertEvent, action: string): boolean {
  const nothing: readonly string[] = alertEvents[event];
  return !nothing.includes(action);
}
