import type { RepoRef } from '../ports/forge.ts';
import type { PolicySource } from '../ports/policy-source.ts';
import type { Sql } from '../ports/store.ts';
import { unpinnedQueues } from '../store/queue.ts';
import { roomRepository } from './room-repository.ts';

/** Queues that GitHub did not pin, why, and what to do; none where policy wants no queue. */
export async function queueNotes(deps: {
  store: Sql;
  repo: RepoRef;
  policy: PolicySource;
}): Promise<{ part: string; note: string }[]> {
  if (!deps.policy.current().queue) return [];
  // A database that does not answer is said elsewhere.
  const found = await unpinnedQueues(deps.store).catch(() => []);
  return found.map(({ room, issue, refused }) => {
    const { owner, name } = roomRepository(room, deps.repo);
    const todo = 'unpin another issue there or pin it by hand; it is tried again once a day';
    return { part: 'queue', note: `${owner}/${name}#${issue} is not pinned (${refused}): ${todo}` };
  });
}
