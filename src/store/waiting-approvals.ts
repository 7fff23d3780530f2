import type { Sql } from '../ports/store.ts';

/**
 * From now on they wait: open recommendations that somebody asked for or approved in part. Answers the incidents whose
 * issues are to show it.
 */
export async function beginWaiting(tx: Sql, now: Date): Promise<string[]> {
  const begun = await tx.query<{ id: string }>(
    `update recommendation r set waits_since = $1 from incident i
     where i.id = r.incident_id and i.status = 'open' and r.status = 'open' and r.waits_since is null
       and (r.requested_by <> 'yagura' or r.approvals <> '{}')
     returning r.incident_id as id`,
    [now],
  );
  return begun.rows.map(({ id }) => id);
}

/** A recommendation whose people are to be reminded, or whose time is over. */
export interface DueApproval {
  incidentId: string;
  id: string;
}

/** The one that waits longest; its incident is held until the transaction ends, as by a command. None of what was put off. */
export async function holdDueApproval(tx: Sql, now: Date, withinS: number): Promise<DueApproval | undefined> {
  const over = new Date(now.getTime() - withinS * 1000);
  const half = new Date(now.getTime() - withinS * 500);
  const due = `r.status = 'open' and i.status = 'open' and i.issue is not null and (i.snoozed_until is null or i.snoozed_until <= $1)
       and (r.waits_since <= $2 or (r.waits_since <= $3 and r.reminded_at is null))`;
  const found = await tx.query<{ incident_id: string }>(
    `select r.incident_id from recommendation r join incident i on i.id = r.incident_id
     where ${due} order by r.waits_since limit 1 for no key update of i skip locked`,
    [now, over, half],
  );
  const incident = found.rows[0]?.incident_id;
  if (incident === undefined) return undefined;
  // A command may have answered it before the incident was held.
  const still = await tx.query<{ number: number }>(
    `select r.number from recommendation r join incident i on i.id = r.incident_id
     where ${due} and r.incident_id = $4 order by r.waits_since, r.number limit 1`,
    [now, over, half, incident],
  );
  const number = still.rows[0]?.number;
  return number === undefined ? undefined : { incidentId: incident, id: `R${number}` };
}

/** When the next is due to be reminded of or to end, of those that wait; undefined when none does. */
export async function nextDueApproval(sql: Sql, withinS: number): Promise<Date | undefined> {
  const found = await sql.query<{ at: Date | null }>(
    `select min(greatest(i.snoozed_until,
       r.waits_since + make_interval(secs => case when r.reminded_at is null then $1::float8 / 2 else $1::float8 end))) as at
     from recommendation r join incident i on i.id = r.incident_id
     where r.status = 'open' and r.waits_since is not null and i.status = 'open' and i.issue is not null`,
    [withinS],
  );
  return found.rows[0]?.at ?? undefined;
}

/** Writes down that people were reminded. */
export async function setReminded(tx: Sql, { incidentId, id }: DueApproval, now: Date): Promise<void> {
  await tx.query('update recommendation set reminded_at = $3 where incident_id = $1 and number = $2', [
    incidentId,
    Number(id.slice(1)),
    now,
  ]);
}

/** Drops the approvals that were given; it waits no more. */
export async function dropApprovals(tx: Sql, { incidentId, id }: DueApproval): Promise<void> {
  await tx.query(
    `update recommendation set approvals = '{}', approver_ids = '{}', waits_since = null, reminded_at = null
     where incident_id = $1 and number = $2`,
    [incidentId, Number(id.slice(1))],
  );
}
