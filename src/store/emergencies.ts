import type { Emergency } from '../domain/emergency.ts';
import type { Recommendation } from '../domain/recommendation.ts';
import type { Sql } from '../ports/store.ts';

/** A task in one of these may hold something, or is about to. */
const living = `('planned', 'applying', 'active', 'unverified')`;

interface Row {
  incident_id: string;
  recommendation: number;
  login: string;
  account_id: string;
  why: string;
  began_at: Date;
  confirm_by: Date;
}

/** Those of an incident that wait for a second person, by recommendation. */
export async function openEmergencies(sql: Sql, incident: string): Promise<ReadonlyMap<string, Emergency>> {
  const found = await sql.query<Row>(
    'select * from emergency where incident_id = $1 and ended is null order by recommendation',
    [incident],
  );
  return new Map(found.rows.map(toEmergency).map((one) => [one.recommendation, one]));
}

/** Whether the same was done to the same target of this incident on one person's word before, under any number. */
export async function ranAloneBefore(sql: Sql, r: Recommendation): Promise<boolean> {
  const found = await sql.query(
    `select 1 from emergency e join recommendation r on r.incident_id = e.incident_id and r.number = e.recommendation
     where e.incident_id = $1 and r.action = $2 and r.target_type = $3 and r.target_value = $4 limit 1`,
    [r.incidentId, r.action, r.target.type, r.target.value],
  );
  return found.rowCount > 0;
}

/** Writes down that it began. */
export async function beginEmergency(tx: Sql, one: Emergency & { by: { id: number } }): Promise<void> {
  await tx.query(
    `insert into emergency (incident_id, recommendation, login, account_id, why, began_at, confirm_by)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [one.incidentId, numberOf(one), one.by.login, one.by.id, one.why, one.beganAt, one.confirmBy],
  );
}

/**
 * A second person agreed: its tasks run on until `until` and are applied again with that end. Answers their ids; none, and
 * nothing changes, when nothing of it holds any more.
 */
export async function confirmEmergency(
  tx: Sql,
  one: Emergency,
  { until, approvedBy, now }: { until: Date; approvedBy: string[]; now: Date },
): Promise<string[]> {
  const found = await tx.query<{ number: number }>(
    `update task set expires_at = $3, approved_by = $4, due_at = case when status = 'planned' then due_at else $5 end
     where incident_id = $1 and recommendation = $2 and status in ${living} returning number`,
    [one.incidentId, numberOf(one), until, approvedBy, now],
  );
  if (found.rows.length > 0) await end(tx, one, 'confirmed', now);
  return found.rows.map(({ number }) => `T${number}`).sort();
}

/** Takes the one whose time is over, so that it ends once; undefined when there is none. Its incident is held. */
export async function takeOverdue(
  tx: Sql,
  { incidentId, recommendation }: { incidentId: string; recommendation: string },
  now: Date,
): Promise<Emergency | undefined> {
  await tx.query('select 1 from incident where id = $1 for no key update', [incidentId]);
  const found = await tx.query<Row>(
    `update emergency set ended = 'undone', ended_at = $3
     where incident_id = $1 and recommendation = $2 and ended is null and confirm_by <= $3 returning *`,
    [incidentId, numberOf({ recommendation }), now],
  );
  const [row] = found.rows;
  return row && toEmergency(row);
}

/** Ends one that waits and has nothing left to hold: it was undone by hand, or failed. Answers whether there was one. */
export async function endIfNothingHolds(
  tx: Sql,
  { incidentId, recommendation }: { incidentId: string; recommendation: string },
  now: Date,
): Promise<boolean> {
  const found = await tx.query(
    `update emergency e set ended = 'undone', ended_at = $3
     where e.incident_id = $1 and e.recommendation = $2 and e.ended is null and not exists (
       select 1 from task t where t.incident_id = e.incident_id and t.recommendation = e.recommendation
         and (t.status in ${living} or t.status = 'undoing'))`,
    [incidentId, numberOf({ recommendation }), now],
  );
  return found.rowCount > 0;
}

async function end(tx: Sql, one: Emergency, how: 'confirmed' | 'undone', now: Date): Promise<void> {
  await tx.query('update emergency set ended = $3, ended_at = $4 where incident_id = $1 and recommendation = $2', [
    one.incidentId,
    numberOf(one),
    how,
    now,
  ]);
}

function numberOf({ recommendation }: Pick<Emergency, 'recommendation'>): number {
  return Number(recommendation.slice(1));
}

function toEmergency(row: Row): Emergency {
  return {
    incidentId: row.incident_id,
    recommendation: `R${row.recommendation}`,
    by: { login: row.login, id: Number(row.account_id) },
    why: row.why,
    beganAt: row.began_at,
    confirmBy: row.confirm_by,
  };
}
