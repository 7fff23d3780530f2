import type { ListedIncident } from '../domain/quiet-lists.ts';
import type { Sql } from '../ports/store.ts';
import { type DigestOf, keyOfDigest } from './digest.ts';

/**
 * Takes what was held back on days before and is high or critical into a digest, once, so that it is not forgotten with its
 * day. Returns how many that were.
 */
export async function carryHeld(sql: Sql, { day, room }: DigestOf): Promise<number> {
  const carried = await sql.query(
    `insert into digest_entry (day, incident_id)
     select $1::date, i.id from incident i
     where i.held and i.room = $2 and i.status = 'open' and i.severity in ('high', 'critical')
       and not exists (select 1 from digest_entry d where d.day = $1::date and d.incident_id = i.id)
     on conflict do nothing`,
    [day, room],
  );
  return carried.rowCount;
}

/** What of a day's digest somebody may have to get up for, is critical, and was not told there yet; and the digest's issue. */
export interface UntoldHeld {
  issue: number;
  held: Pick<ListedIncident, 'number' | 'kind' | 'pressing' | 'severity'>[];
}

/** Incidents that are told of at a time; others wait for the next. */
const atOnce = 1_000;

/** The oldest first; undefined when there is none, or no issue of that digest yet. */
export async function untoldHeld(sql: Sql, of: DigestOf): Promise<UntoldHeld | undefined> {
  const found = await sql.query<UntoldHeld['held'][number] & { issue: string }>(
    `select i.id as number, i.kind, i.pressing, i.severity, p.remote_id as issue
     from incident i join digest_entry d on d.incident_id = i.id and d.day = $1::date and d.told_at is null
     join publication p on p.key = $3 and p.remote_id is not null
     where i.held and i.room = $2 and i.severity = 'critical' and i.status = 'open'
       and (i.kind in ('threat', 'leaked-secret') or i.pressing) order by i.first_seen, i.id limit $4`,
    [of.day, of.room, keyOfDigest(of), atOnce],
  );
  const [first] = found.rows;
  return first && { issue: Number(first.issue), held: found.rows.map(({ issue: _, ...one }) => one) };
}

/** They were told of in that day's digest. */
export async function markTold(tx: Sql, now: Date, { day }: DigestOf, incidents: readonly string[]): Promise<void> {
  await tx.query('update digest_entry set told_at = $3 where day = $1::date and incident_id = any($2::bigint[])', [
    day,
    incidents,
    now,
  ]);
}
