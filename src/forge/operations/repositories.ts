import { demand, WRITE } from '../access.ts';
import { type Actor, accountOf } from '../actor.ts';
import type { ForgeState } from '../forge-state.ts';
import type { Account, Repository } from '../state/entities.ts';
import { emit } from '../webhooks/emit.ts';

export interface RepositoryChange {
  private?: boolean | undefined;
  description?: string | null | undefined;
}

/** Changes visibility or description; takes administration. */
export function changeRepository(
  forge: ForgeState,
  actor: Actor,
  repo: Repository,
  change: RepositoryChange,
): Repository {
  demand(forge, actor, repo, WRITE('administration', 'admin'));
  const described = change.description === undefined ? repo : { ...repo, description: change.description };
  if (described !== repo) forge.store.put('repository', described);
  return change.private === undefined
    ? described
    : setVisibility(forge, accountOf(forge, actor), described, change.private);
}

/** Makes a repository private or public and tells the hooks `privatized` or `publicized`. */
export function setVisibility(forge: ForgeState, sender: Account, repo: Repository, hidden: boolean): Repository {
  if (repo.private === hidden) return repo;
  const next = forge.store.put('repository', { ...repo, private: hidden, updatedAt: forge.clock.stamp() });
  const action = hidden ? 'privatized' : 'publicized';
  emit(forge, { event: 'repository', action, repo: next, sender, payload: {} });
  return next;
}
