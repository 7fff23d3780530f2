import type { RestEndpointMethodTypes } from '@octokit/rest';
import type { ForgeState } from '../forge-state.ts';
import { accountById, appById } from '../lookups.ts';
import { nodeId } from '../node-id.ts';
import type { App, Installation } from '../state/entities.ts';
import { accountView } from './account-view.ts';

export type AppView = NonNullable<RestEndpointMethodTypes['apps']['getAuthenticated']['response']['data']>;
type InstallationView = RestEndpointMethodTypes['apps']['getInstallation']['response']['data'];

/** GitHub's `integration`. */
export function appView(forge: ForgeState, app: App): AppView {
  return {
    id: app.id,
    slug: app.slug,
    node_id: nodeId('A', app.id),
    client_id: app.clientId,
    owner: accountView(forge, accountById(forge, app.ownerId)),
    name: app.name,
    description: '',
    external_url: forge.url,
    html_url: `${forge.url}/apps/${app.slug}`,
    created_at: app.createdAt,
    updated_at: app.createdAt,
    permissions: app.permissions,
    events: app.events,
    installations_count: forge.store.all('installation').filter((one) => one.appId === app.id).length,
  } as AppView;
}

/** GitHub's `installation`. */
export function installationView(forge: ForgeState, installation: Installation): InstallationView {
  const owner = accountById(forge, installation.accountId);
  const account = accountView(forge, owner);
  // GitHub's description of the list wants what an enterprise has as well; its answers have it for neither.
  const times = { created_at: owner.createdAt, updated_at: owner.createdAt };
  const app = appById(forge, installation.appId);
  return {
    id: installation.id,
    account: { ...account, name: owner.name, slug: owner.login, ...times },
    repository_selection: 'selected',
    access_tokens_url: `${forge.apiUrl}/app/installations/${installation.id}/access_tokens`,
    repositories_url: `${forge.apiUrl}/installation/repositories`,
    html_url: `${forge.url}/organizations/${account.login}/settings/installations/${installation.id}`,
    app_id: app.id,
    client_id: app.clientId,
    app_slug: app.slug,
    target_id: account.id,
    target_type: account.type,
    permissions: installation.permissions,
    events: installation.events,
    created_at: installation.createdAt,
    updated_at: installation.createdAt,
    single_file_name: null,
    has_multiple_single_files: false,
    single_file_paths: [],
    suspended_by: null,
    suspended_at: installation.suspendedAt ?? null,
  };
}
