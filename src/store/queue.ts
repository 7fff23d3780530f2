import type { QueueEntry } from '../domain/queue-entry.ts';
import type { Report } from '../domain/report.ts';
import { severities } from '../domain/severity.ts';
import type { Sql } from '../ports/store.ts';

interface QueueRow {
  issue: string;
  kind: QueueEntry['kind'];
  severity: QueueEntry['severity'];
  severity_by: string | null;
  title: string;
  product: string;
  floored: boolean;
  owner: string | null;
  opened_at: Date;
  snoozed_until: Date | null;
  due_at: Date | null;
  pressing: boolean;
  waiting: number;
  report: Report | null;
}

/** Open incidents that have an issue in a room, the most severe first, those open longest before others; and how many there are. */
export async function loadQueue(
  sql: Sql,
  room: string,
  limit: number,
): Promise<{ entries: QueueEntry[]; total: number }> {
  const found = await sql.query<QueueRow & { total: number }>(
    `with open as (
       select i.*, count(*) over ()::int as total from incident i where i.status = 'open' and i.issue is not null and i.room = $3
       order by array_position($1::text[], i.severity) desc, i.opened_at, i.id limit $2)
     select o.issue, o.kind, o.severity, o.severity_by, coalesce(top.title, o.title) as title,
       coalesce(top.product, '') as product, coalesce(top.floor_because is not null, false) as floored, o.owner, o.opened_at,
       o.snoozed_until, o.due_at, o.pressing, o.report, o.total,
       (select count(*)::int from recommendation r where r.incident_id = o.id and r.status = 'open') as waiting
     from open o left join lateral (
       select a.title, a.product, a.floor_because from alert a where a.incident_id = o.id
       order by array_position($1::text[], a.effective_severity) desc, a.time, a.title limit 1) as top on true
     order by array_position($1::text[], o.severity) desc, o.opened_at, o.id`,
    [severities, limit, room],
  );
  return { entries: found.rows.map(entryOf), total: found.rows[0]?.total ?? 0 };
}

function entryOf(row: QueueRow): QueueEntry {
  return {
    issue: Number(row.issue),
    kind: row.kind,
    severity: row.severity,
    title: row.title,
    product: row.product,
    byPolicy: row.floored,
    openedAt: row.opened_at,
    waiting: row.waiting,
    ...(row.severity_by === null ? {} : { severityBy: row.severity_by }),
    ...(row.owner === null ? {} : { owner: row.owner }),
    ...(row.due_at === null ? {} : { dueAt: row.due_at }),
    ...(row.pressing ? { pressing: true } : {}),
    ...(row.snoozed_until === null ? {} : { snoozedUntil: row.snoozed_until }),
    ...(row.report === null ? {} : { report: row.report }),
  };
}

/** How many incidents that have an issue are open in each of the other rooms. */
export async function openElsewhere(sql: Sql, room: string): Promise<{ room: string; open: number }[]> {
  const found = await sql.query<{ room: string; open: number }>(
    `select room, count(*)::int as open from incident where status = 'open' and issue is not null and room <> $1
     group by room order by room`,
    [room],
  );
  return found.rows;
}

/**
 * Lets the queue of each room be rendered again; made the first time there is something in it. What comes out the same is
 * not sent.
 */
export async function touchQueue(sql: Sql, now: Date): Promise<void> {
  await sql.query(
    `insert into publication (key, kind, priority, created_at, room)
     select case when room = '' then 'queue' else 'queue:' || room end, 'queue', 0, $1, room from (
       select room from publication where kind = 'queue'
       union select room from incident where status = 'open' and issue is not null) as has
     on conflict (key) do update set dirty = true, touched = publication.touched + 1`,
    [now],
  );
}
