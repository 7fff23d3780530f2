import { neverBlocked } from '../domain/context.ts';
import type { Clock, PolicySource, Store } from '../ports.ts';
import { tasksAtRest } from '../store/actions.ts';
import { appendLedger } from '../store/ledger.ts';
import { markDirty } from '../store/publications.ts';
import { moveTask } from '../store/tasks.ts';

export interface PolicyLoadedDeps {
  store: Store;
  clock: Clock;
  policy: PolicySource;
}

/**
 * Brings what is open under a policy that came into force: open incidents that were investigated under another commit
 * are investigated again, so that what it no longer allows is withdrawn, and what holds a target that must never be
 * blocked is taken back. Doing it twice changes nothing.
 */
export async function policyLoaded({ store, clock, policy }: PolicyLoadedDeps): Promise<void> {
  const now = clock.now();
  const { commit, neverBlock } = policy.current();
  await store.query(
    `update incident set investigate_at = coalesce(investigate_at, $1)
     where status = 'open' and report->>'policyCommit' is distinct from $2`,
    [now, commit],
  );
  for (const task of await tasksAtRest(store)) {
    const never = neverBlocked(neverBlock, task.target);
    if (never === undefined) continue;
    await store.transaction(async (tx) => {
      const detail = `${never} is on the never-block list now`;
      const entry = await moveTask(tx, task, { status: 'undoing', detail, dueAt: now }, now);
      await markDirty(tx, now, [task.incidentId], 'issue');
      await appendLedger(tx, now, commit, entry ? [entry] : []);
    });
  }
}
