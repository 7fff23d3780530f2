import type { Sql } from '../ports/store.ts';
import { appendLedger } from './ledger.ts';

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
