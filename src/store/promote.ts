import type { IssueRef } from '../domain/room.ts';
import { type Severity, severities, severityId } from '../domain/severity.ts';
import type { Sql } from '../ports/store.ts';
import { type DigestOf, digestOfKey, touchDigest } from './digest.ts';
import { touchInventory } from './inventory.ts';
import { appendLedger } from './ledger.ts';
import { markDirty } from './publications.ts';

/** A list of incidents that have no issue of their own, as an issue. */
export type QuietList = { kind: 'inventory'; room: string } | ({ kind: 'digest' } & DigestOf);

/** The list an issue is; undefined when it is none. */
export async function listOfIssue(sql: Sql, { room, issue }: IssueRef): Promise<QuietList | undefined> {
  const found = await sql.query<{ key: string }>(
    `select key from publication where kind in ('inventory', 'digest') and room = $1 and remote_id = $2`,
    [room, issue],
  );
  const key = found.rows[0]?.key;
  if (key === undefined) return undefined;
  return key.startsWith('digest:') ? { kind: 'digest', ...digestOfKey(key) } : { kind: 'inventory', room };
}

/** Whether an issue is one we wrote and no incident's: the queue, a list, a notice. */
export async function isOwnIssue(sql: Sql, { room, issue }: IssueRef): Promise<boolean> {
  const found = await sql.query(
    `select 1 from publication where kind in ('queue', 'notice', 'inventory', 'digest') and room = $1 and remote_id = $2`,
    [room, issue],
  );
  return found.rows.length > 0;
}

/** An incident somebody named by its number. */
export interface Named {
  id: string;
  status: 'open' | 'closed' | 'merged';
  stands: 'issue' | 'digest' | 'inventory';
  issue: number | null;
}

/** Those of the numbers that are incidents of a room; they stay as they are until the transaction ends. */
export async function holdNamed(tx: Sql, room: string, numbers: readonly string[]): Promise<Named[]> {
  const found = await tx.query<Omit<Named, 'issue'> & { issue: string | null }>(
    `select id, status, stands, issue from incident where id = any($1::bigint[]) and room = $2 order by id for no key update`,
    [numbers, room],
  );
  return found.rows.map((row) => ({ ...row, issue: row.issue === null ? null : Number(row.issue) }));
}

/** Up to `limit` open incidents of a list from a severity up, the worst first, and how many there are. */
export async function holdWorst(
  tx: Sql,
  list: QuietList,
  from: Severity,
  limit: number,
): Promise<{ ids: string[]; total: number }> {
  const found = await tx.query<{ id: string; total: number }>(
    `with worst as (
       select i.id, i.severity, i.first_seen, count(*) over ()::int as total from incident i
       where i.room = $6 and i.status = 'open' and i.stands = $1 and i.severity = any($2::text[])
         and ($3::date is null or exists (select 1 from digest_entry d where d.day = $3 and d.incident_id = i.id))
       order by array_position($4::text[], i.severity) desc, i.first_seen, i.id limit $5)
     select w.id, w.total from worst w join incident i on i.id = w.id
     order by array_position($4::text[], w.severity) desc, w.first_seen, w.id for no key update of i`,
    [
      list.kind,
      severities.slice(severityId(from)),
      list.kind === 'digest' ? list.day : null,
      severities,
      limit,
      list.room,
    ],
  );
  return { ids: found.rows.map(({ id }) => id), total: found.rows[0]?.total ?? 0 };
}

/** Gives open incidents of a list's room an issue of their own and has them looked at; what they stood in shows it. */
export async function promote(
  tx: Sql,
  ids: readonly string[],
  { now, commit, list, by }: { now: Date; commit: string; list: QuietList; by: string },
): Promise<string[]> {
  const done = await tx.query<{ id: string }>(
    `update incident set stands = 'issue', held = false, investigate_at = coalesce(investigate_at, $2)
     where id = any($1::bigint[]) and stands <> 'issue' and status = 'open' returning id`,
    [ids, now],
  );
  const promoted = done.rows.map(({ id }) => id);
  if (promoted.length === 0) return [];
  await markDirty(tx, now, promoted, 'issue');
  await touchInventory(tx, now, list.room);
  const days = await tx.query<{ day: string }>(
    'select distinct day::text as day from digest_entry where incident_id = any($1::bigint[])',
    [promoted],
  );
  for (const { day } of days.rows) await touchDigest(tx, now, { day, room: list.room });
  await appendLedger(
    tx,
    now,
    commit,
    promoted.map((id) => ({ kind: 'incident.changed', incidentId: id, body: { stands: 'issue', by } })),
  );
  return promoted;
}
