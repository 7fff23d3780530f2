import { randomUUID } from 'node:crypto';
import type { ForgeState } from '../forge-state.ts';
import { accountById } from '../lookups.ts';
import { nodeId } from '../node-id.ts';
import type { Account, HookEvent, Installation, Repository } from '../state/entities.ts';
import { accountView } from '../views/account-view.ts';
import { repositoryView } from '../views/repository-view.ts';

/** What happened, before the parts every payload has are added. */
export interface Happening {
  event: string;
  action: string | null;
  repo: Repository;
  sender: Account;
  payload: Record<string, unknown>;
}

/**
 * Records a hook event for each installation that covers the repository and listens to that event, in the transaction
 * under way; it is sent once that is in the journal.
 */
export function emit(forge: ForgeState, happening: Happening): void {
  const { event, action, repo, sender, payload } = happening;
  for (const installation of forge.store.all('installation')) {
    if (!installation.events.includes(event) || !installation.repositoryIds.includes(repo.id)) continue;
    const about = { installation: { id: installation.id, node_id: nodeId('MDIzOk', installation.id) } };
    const where = { repository: hookRepository(forge, repo), organization: organizationView(forge, repo.ownerId) };
    const body = { ...payload, ...where, ...about };
    recordEvent(forge, installation, { event, action, repoId: repo.id, sender, body });
  }
}

/** Stores a payload as an event for one installation's app and hands it to the courier after the transaction. */
export function recordEvent(
  forge: ForgeState,
  installation: Installation,
  happening: { event: string; action: string | null; repoId: number | null; sender: Account; body: object },
): void {
  const { event, action, repoId, sender } = happening;
  if (!forge.store.get('app', installation.appId)?.webhookUrl) return;
  const named = action === null ? {} : { action };
  const hookEvent: HookEvent = {
    guid: randomUUID(),
    appId: installation.appId,
    installationId: installation.id,
    repoId,
    event,
    action,
    body: JSON.stringify({ ...named, ...happening.body, sender: accountView(forge, sender) }),
  };
  forge.store.put('hookEvent', hookEvent);
  forge.store.afterCommit(() => forge.send(hookEvent, false));
}

/** A repository as payloads show it: without `organization`, which stands beside it. */
export function hookRepository(forge: ForgeState, repo: Repository) {
  const { organization: _organization, ...view } = repositoryView(forge, repo);
  return { ...view, custom_properties: {} };
}

function organizationView(forge: ForgeState, id: number) {
  const account = accountById(forge, id);
  const url = `${forge.apiUrl}/orgs/${account.login}`;
  return {
    login: account.login,
    id: account.id,
    node_id: nodeId('O', account.id),
    url,
    repos_url: `${url}/repos`,
    events_url: `${url}/events`,
    hooks_url: `${url}/hooks`,
    issues_url: `${url}/issues`,
    members_url: `${url}/members{/member}`,
    public_members_url: `${url}/public_members{/member}`,
    avatar_url: `${forge.url}/avatars/${account.id}`,
    description: null,
  };
}
