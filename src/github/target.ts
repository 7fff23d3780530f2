import { ForgeError, type RepoRef } from '../ports/forge.ts';
import type { Client } from './client.ts';
import type { Held, Repositories } from './repository.ts';

/** What every operation works with: the client, the present name as Octokit's parameters, and the repository. */
export interface Target {
  client: Client;
  params: { owner: string; repo: string };
  repository: Held;
}

/**
 * Runs an operation on a configured repository under its present name. A 404 may mean it was renamed or the
 * app installed anew a moment ago: then it is looked up by id, and the operation, which did nothing, is done once more.
 */
export async function onRepository<T>(
  repositories: Repositories,
  ref: RepoRef,
  work: (target: Target) => Promise<T>,
): Promise<T> {
  const repository = await repositories.current(ref);
  try {
    return await work(targetOf(repository));
  } catch (error) {
    if (!(error instanceof ForgeError) || error.reason !== 'not-found') throw error;
    const now = await repositories.fresh(ref);
    const same = now.owner === repository.owner && now.name === repository.name;
    if (same && now.installationId === repository.installationId) throw error;
    return work(targetOf(now));
  }
}

function targetOf(repository: Held): Target {
  return {
    client: repository.client,
    params: { owner: repository.owner, repo: repository.name },
    repository,
  };
}
