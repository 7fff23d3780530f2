import type { ForgeState } from '../forge-state.ts';
import { fullName } from '../lookups.ts';
import { nodeId } from '../node-id.ts';
import type { Account, Installation, Repository } from '../state/entities.ts';
import { installationView } from '../views/app-view.ts';
import { recordEvent } from '../webhooks/emit.ts';

/** Adds a repository to an installation or takes it out, and tells the app, which needs no subscription for it. */
export function setCoverage(
  forge: ForgeState,
  sender: Account,
  installation: Installation,
  repo: Repository,
  covered: boolean,
): void {
  if (installation.repositoryIds.includes(repo.id) === covered) return;
  const others = installation.repositoryIds.filter((id) => id !== repo.id);
  const repositoryIds = covered ? [...others, repo.id] : others;
  const next = forge.store.put('installation', { ...installation, repositoryIds });
  const action = covered ? 'added' : 'removed';
  const brief = [
    {
      id: repo.id,
      node_id: nodeId('R', repo.id),
      name: repo.name,
      full_name: fullName(forge, repo),
      private: repo.private,
    },
  ];
  const body = {
    installation: installationView(forge, next),
    repository_selection: 'selected',
    repositories_added: covered ? brief : [],
    repositories_removed: covered ? [] : brief,
    requester: null,
  };
  recordEvent(forge, next, { event: 'installation_repositories', action, repoId: null, sender, body });
}
