import type { Digest } from '../domain/quiet-lists.ts';
import { type Severity, severities } from '../domain/severity.ts';
import type { Sql } from '../ports/store.ts';
import { aboutIt, type ListedRow, listedColumns, listedOf } from './inventory.ts';

/** One day's digest of one room; the day is by that room's clock. */
export interface DigestOf {
  room: string;
  day: string;
}

/** The key of its publication, days in order. */
export const keyOfDigest = ({ day, room }: DigestOf): string => `digest:${day}:${room}`;

/** The digest a publication's key means. */
export function digestOfKey(key: string): DigestOf {
  const [, day = '', room = ''] = /^digest:([\d-]{10}):(.*)$/.exec(key) ?? [];
  return { day, room };
}

/** Notes that incidents stand in their room's digest of a day. */
export async function addToDigest(tx: Sql, day: string, incidents: readonly string[]): Promise<void> {
  if (incidents.length === 0) return;
  await tx.query(
    `insert into digest_entry (day, incident_id) select $1::date, * from unnest($2::bigint[]) on conflict do nothing`,
    [day, incidents],
  );
}

/** Lets a digest be rendered again; made with its first entry. What comes out the same is not sent. */
export async function touchDigest(sql: Sql, now: Date, of: DigestOf): Promise<void> {
  await sql.query(
    `insert into publication (key, kind, room, priority, created_at)
     select $4, 'digest', $3, 1, $1
     where exists (select 1 from digest_entry d join incident i on i.id = d.incident_id where d.day = $2::date and i.room = $3)
     on conflict (key) do update set dirty = true, touched = publication.touched + 1`,
    [now, of.day, of.room, keyOfDigest(of)],
  );
}

/** Lets a room's digests of days before this one be rendered, so that they close; one that is closed is left alone. */
export async function endDigests(sql: Sql, { day, room }: DigestOf): Promise<boolean> {
  const done = await sql.query(
    `update publication set dirty = true, touched = touched + 1
     where key >= 'digest:' and kind = 'digest' and not dirty and key < 'digest:' || $1::text and sent->>'state' = 'open'
       and room = $2`,
    [day, room],
  );
  return done.rowCount > 0;
}

const ofDay = `from digest_entry d join incident i on i.id = d.incident_id where d.day = $1::date and i.room = $2`;

/** What stood in a digest, as it stands now. */
export async function loadDigest(
  sql: Sql,
  of: DigestOf,
  limits: { held: number; groups: number; numbers: number; opened: number },
): Promise<Digest> {
  const counts = await sql.query<{ severity: Severity; count: number }>(
    `select i.severity, count(*)::int as count ${ofDay} and i.stands = 'digest' and i.held and i.status = 'open' group by 1`,
    [of.day, of.room],
  );
  const held = await sql.query<ListedRow>(
    `with worst as (select i.* ${ofDay} and i.stands = 'digest' and i.held and i.status = 'open'
       order by array_position($4::text[], i.severity) desc, i.first_seen, i.id limit $3)
     select ${listedColumns} from worst i ${aboutIt} order by array_position($4::text[], i.severity) desc, i.first_seen, i.id`,
    [of.day, of.room, limits.held, severities],
  );
  const settled = await sql.query<{ n: number }>(
    `select count(*)::int as n ${ofDay} and i.stands = 'digest' and i.status = 'closed'`,
    [of.day, of.room],
  );
  return {
    held: held.rows.map(listedOf),
    heldCounts: counts.rows,
    settled: settled.rows[0]?.n ?? 0,
    ...(await loadGroups(sql, of, limits)),
    ...(await loadOpened(sql, of, limits.opened)),
  };
}

type Groups = Pick<Digest, 'groups' | 'groupsTotal' | 'lowTotal'>;

async function loadGroups(sql: Sql, of: DigestOf, limits: { groups: number; numbers: number }): Promise<Groups> {
  const found = await sql.query<Groups['groups'][number] & { total: number; low: number }>(
    `with low as (
       select i.id, i.severity, i.alert_count, a.title, a.titles, a.product, a.source, a.rule ${ofDay.replace(
         ' where',
         ` join lateral (
         select a.title, a.titles, a.product, a.source, a.rule from alert a where a.incident_id = i.id order by a.id limit 1) as a on true where`,
       )}
         and i.stands = 'digest' and not i.held and i.status = 'open')
     select (array_agg(title order by id))[1] as title, (array_agg(titles order by id))[1] as titles,
       (array_agg(product order by id))[1] as product,
       (array_agg(severity order by array_position($5::text[], severity) desc))[1] as severity,
       count(*)::int as incidents, sum(alert_count)::int as alerts, (array_agg(id::text order by id))[1:$4] as numbers,
       count(*) over ()::int as total, (sum(count(*)) over ())::int as low
     from low group by source, rule
     order by max(array_position($5::text[], severity)) desc, count(*) desc, min(id) limit $3`,
    [of.day, of.room, limits.groups, limits.numbers, severities],
  );
  return {
    groups: found.rows.map(({ total, low, ...group }) => group),
    groupsTotal: found.rows[0]?.total ?? 0,
    lowTotal: found.rows[0]?.low ?? 0,
  };
}

async function loadOpened(sql: Sql, of: DigestOf, limit: number): Promise<Pick<Digest, 'opened' | 'openedTotal'>> {
  const found = await sql.query<{ number: string; issue: string | null; total: number }>(
    `select i.id as number, i.issue, count(*) over ()::int as total ${ofDay} and i.stands = 'issue' order by i.id limit $3`,
    [of.day, of.room, limit],
  );
  return {
    opened: found.rows.map(({ number, issue }) => ({ number, issue: issue === null ? undefined : Number(issue) })),
    openedTotal: found.rows[0]?.total ?? 0,
  };
}
