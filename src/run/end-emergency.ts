import type { Emergency } from '../domain/emergency.ts';
import type { LedgerEntry } from '../domain/ledger.ts';
import type { Locale } from '../domain/locale.ts';
import type { Policy } from '../domain/policy.ts';
import { defaultRoom, policyIn } from '../domain/room.ts';
import type { Task } from '../domain/task.ts';
import { emergencyWords } from '../messages/emergency.ts';
import type { Sql, Store } from '../ports/store.ts';
import { takenBackComment } from '../publish/emergency-comment.ts';
import { loadRecommendations, loadTasks } from '../store/actions.ts';
import { takeOverdue } from '../store/emergencies.ts';
import { loadIncident } from '../store/incidents.ts';
import { appendLedger } from '../store/ledger.ts';
import { setStatus } from '../store/proposals.ts';
import { markDirty, say } from '../store/publications.ts';
import { moveTask } from '../store/tasks.ts';
import { dropApprovals } from '../store/waiting-approvals.ts';

/**
 * Takes back all that ran on one person's word when the time for a second one is over: its tasks are due to be undone,
 * the recommendation is open as before, and one comment says so, in one transaction. False when the task's is no such.
 */
export async function endEmergency(store: Store, task: Task, policy: Policy, now: Date): Promise<boolean> {
  return store.transaction(async (tx) => {
    const one = await takeOverdue(tx, task, now);
    if (!one) return false;
    const incident = await loadIncident(tx, one.incidentId);
    const here = policyIn(policy, incident?.room ?? defaultRoom);
    const tasks = (await loadTasks(tx, task.incidentId)).filter((t) => t.recommendation === task.recommendation);
    const moved: LedgerEntry[] = [];
    for (const t of tasks) {
      // What was not begun ends by itself: its time is over too.
      if (t.status !== 'applying' && t.status !== 'active' && t.status !== 'unverified') continue;
      const detail = emergencyWords(here.language).notConfirmed;
      const entry = await moveTask(tx, t, { status: 'undoing', detail, dueAt: now }, now);
      if (entry) moved.push(entry);
    }
    await openAgain(tx, one, { open: incident?.status === 'open', here, now });
    await markDirty(tx, now, [one.incidentId], 'issue');
    const body = { recommendation: one.recommendation, by: one.by.login, confirmBy: one.confirmBy.toISOString() };
    const undone: LedgerEntry = { kind: 'emergency.undone', incidentId: one.incidentId, body };
    await appendLedger(tx, now, policy.commit, [undone, ...moved]);
    return true;
  });
}

async function openAgain(
  tx: Sql,
  one: Emergency,
  { open, here, now }: { open: boolean; here: Locale; now: Date },
): Promise<void> {
  const { incidentId, recommendation } = one;
  const r = (await loadRecommendations(tx, incidentId)).find(({ id }) => id === recommendation);
  if (!r) return;
  if (open) {
    await dropApprovals(tx, r);
    await setStatus(tx, incidentId, recommendation, 'open');
  }
  const key = `emergency:${incidentId}:${recommendation}:undone`;
  await say(tx, now, { key, incidentId, text: takenBackComment(one, r, open, here), priority: 2 });
}
