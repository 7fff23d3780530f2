import type { InspectedApp, InspectedInstallation } from '../../github/inspect.ts';

const titles: Record<string, string> = {
  issues: 'Repository permissions → Issues',
  contents: 'Repository permissions → Contents',
  metadata: 'Repository permissions → Metadata',
  checks: 'Repository permissions → Checks',
  pull_requests: 'Repository permissions → Pull requests',
  members: 'Organization permissions → Members',
  vulnerability_alerts: 'Repository permissions → Dependabot alerts',
  secret_scanning_alerts: 'Repository permissions → Secret scanning alerts',
  security_events: 'Repository permissions → Code scanning alerts',
  repository_advisories: 'Repository permissions → Repository security advisories',
  actions: 'Repository permissions → Actions',
  administration: 'Repository permissions → Administration',
  deployments: 'Repository permissions → Deployments',
};

/** What comes before the app is installed in another organization: GitHub lets a private app be installed by its owner only. */
export const installedElsewhere =
  'Outside the account or enterprise that owns the app, that takes "Make public" on the Advanced page of its settings first.';

/** Where GitHub's page of permissions shows it, such as `Repository permissions → Issues`. */
export function permissionTitle(name: string): string {
  return titles[name] ?? name.replaceAll('_', ' ');
}

/** What GitHub calls a level of access. */
export function levelTitle(level: string): string {
  return level === 'write' ? 'Read and write' : 'Read-only';
}

/** The page on which the app itself is set. */
export function appSettingsPage(app: InspectedApp): string {
  const { origin } = new URL(app.html_url);
  const organization = app.owner?.type === 'User' ? '' : `/organizations/${app.owner?.login}`;
  return `${origin}${organization}/settings/apps/${app.slug}`;
}

/** Whose installation it is. */
export function accountOf(installation: InspectedInstallation): string {
  return installation.account?.login ?? `installation ${installation.id}`;
}
