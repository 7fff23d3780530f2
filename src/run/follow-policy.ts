import { neverBlocked } from '../domain/context.ts';
import { roomOf } from '../domain/room.ts';
import { taskWords } from '../messages/tasks.ts';
import type { LivePolicySource } from '../policy/source.ts';
import type { Clock } from '../ports/clock.ts';
import type { PolicySource } from '../ports/policy-source.ts';
import type { Store } from '../ports/store.ts';
import { tasksAtRest } from '../store/actions.ts';
import { incidentPlace } from '../store/incidents.ts';
import { appendLedger } from '../store/ledger.ts';
import { markDirty, touchOpen } from '../store/publications.ts';
import { standPressing } from '../store/stand-again.ts';
import { moveTask } from '../store/tasks.ts';
import { setAllTimesToMend } from '../store/time-to-mend.ts';
import type { ResourcePool } from './resources.ts';

export interface FollowPolicyDeps {
  store: Store;
  clock: Clock;
  policy: PolicySource & Pick<LivePolicySource, 'state'>;
  resources: Pick<ResourcePool, 'probe'>;
}

/**
 * What is to happen after every look at the policy, and at the start. When another policy is in force or another banner
 * is to be shown than the last time, all that is open follows: resources are probed, issues shown again, and under a
 * newest commit that is good, incidents and tasks looked at again. Says whether anything was to follow. One that fails is
 * done again by the next call.
 */
export function createPolicyFollower(deps: FollowPolicyDeps): () => Promise<boolean> {
  const { policy } = deps;
  let followed: string | undefined;
  return async () => {
    const { is } = policy.state();
    const seen = JSON.stringify([is, policy.current().commit, policy.banner()]);
    if (seen === followed) return false;
    await deps.resources.probe();
    if (is === 'good') await bringUnder(deps);
    await touchOpen(deps.store);
    followed = seen;
    return true;
  };
}

/**
 * Open incidents that were investigated under another commit are investigated again, so that what it no longer allows is
 * withdrawn, and what holds a target that must never be blocked is taken back. Doing it twice changes nothing.
 */
async function bringUnder({ store, clock, policy }: FollowPolicyDeps): Promise<void> {
  const now = clock.now();
  const inForce = policy.current();
  const { commit, neverBlock } = inForce;
  await store.query(
    `update incident set investigate_at = coalesce(investigate_at, $1)
     where status = 'open' and stands = 'issue' and report->>'policyCommit' is distinct from $2`,
    [now, commit],
  );
  await setAllTimesToMend(store, inForce, (tx, pressing) => standPressing(tx, { now, policy: inForce }, pressing));
  for (const task of await tasksAtRest(store)) {
    const never = neverBlocked(neverBlock, task.target);
    if (never === undefined) continue;
    await store.transaction(async (tx) => {
      const { room } = await incidentPlace(tx, task.incidentId);
      const detail = taskWords(roomOf(inForce, room).language).neverBlock(never);
      const entry = await moveTask(tx, task, { status: 'undoing', detail, dueAt: now }, now);
      await markDirty(tx, now, [task.incidentId], 'issue');
      await appendLedger(tx, now, commit, entry ? [entry] : []);
    });
  }
}
