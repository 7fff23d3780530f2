import type { LedgerEntry } from '../domain/ledger.ts';
import type { Sql } from '../ports/store.ts';
import { appendLedger } from './ledger.ts';
import { say } from './publications.ts';

/**
 * Ends an incident whose issue is no longer there: nobody can see it any more, so nothing may join it, and what comes
 * next opens an issue of its own. `how` is what happened to the issue; `by` who did it, as far as known.
 */
export async function closeGone(
  tx: Sql,
  now: Date,
  commit: string,
  gone: { incidentId: string; how: string; by?: string },
): Promise<void> {
  const { incidentId, how, by } = gone;
  await tx.query(`update incident set people = people || jsonb_build_object('gone', $2::text) where id = $1`, [
    incidentId,
    how,
  ]);
  await tx.query('update publication set dirty = false, error = $2 where incident_id = $1', [
    incidentId,
    `issue ${how}`,
  ]);
  const closed = await tx.query(
    `update incident set status = 'closed', closed_at = $2, closed_by = $3, investigate_at = null, snoozed_until = null
     where id = $1 and status = 'open'`,
    [incidentId, now, by ?? null],
  );
  if (closed.rowCount === 0) return;
  await tx.query(`update recommendation set status = 'withdrawn' where incident_id = $1 and status = 'open'`, [
    incidentId,
  ]);
  await appendLedger(tx, now, commit, [
    { kind: 'incident.closed', incidentId, body: { by: by ?? 'nobody known', how: `issue ${how}` } },
  ]);
}

/**
 * Lets an open incident be written into a new issue, in place of one that somebody without the right took away: what
 * nobody may end so goes on. What was said once on the old one is not said again; `notice` is said on the new one. What
 * was recommended has to be shown there before it can be approved. False when the incident is no longer open.
 */
export async function writeAnew(
  tx: Sql,
  now: Date,
  commit: string,
  gone: { incidentId: string; issue: number; how: string; notice: string },
): Promise<boolean> {
  const { incidentId, issue, how, notice } = gone;
  const open = await tx.query(`update incident set issue = null, adopted = false where id = $1 and status = 'open'`, [
    incidentId,
  ]);
  if (open.rowCount === 0) return false;
  await tx.query(
    `update publication set remote_id = null, sent = null, sent_hash = null, attempted_at = null, attempts = 0, error = null,
       not_before = null, dirty = true, touched = touched + 1 where key = 'issue:' || $1::text`,
    [incidentId],
  );
  await tx.query(
    `update publication set dirty = false, error = $2 where incident_id = $1 and kind <> 'data' and remote_id is not null`,
    [incidentId, `issue ${how}`],
  );
  await tx.query(`update recommendation set confirmed_at = null where incident_id = $1 and status = 'open'`, [
    incidentId,
  ]);
  await say(tx, now, { key: `anew:${incidentId}:${issue}`, incidentId, text: notice, priority: 1 });
  const entry: LedgerEntry = { kind: 'incident.changed', incidentId, body: { writtenAnew: true, issue, how } };
  await appendLedger(tx, now, commit, [entry]);
  return true;
}

/**
 * Forgets the issue of what is no incident's, a queue or another list, which is no longer there: it is made anew when it
 * is next rendered, at once when it was marked meanwhile.
 */
export async function forgetGone(sql: Sql, { id, touched }: { id: string; touched: number }): Promise<void> {
  await sql.query(
    `update publication set remote_id = null, sent = null, sent_hash = null, attempted_at = null, attempts = 0, error = null,
       not_before = null, dirty = touched <> $2 where id = $1`,
    [id, touched],
  );
}
