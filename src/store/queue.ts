import type { Titled } from '../domain/alert-title.ts';
import type { Queue, QueueEntry } from '../domain/queue-entry.ts';
import type { Report } from '../domain/report.ts';
import { severities } from '../domain/severity.ts';
import type { Sql } from '../ports/store.ts';

interface QueueRow extends Titled {
  issue: string;
  kind: QueueEntry['kind'];
  severity: QueueEntry['severity'];
  severity_by: string | null;
  product: string;
  floored: boolean;
  rated: boolean;
  owner: string | null;
  asked: string | null;
  opened_at: Date;
  snoozed_until: Date | null;
  due_at: Date | null;
  pressing: boolean;
  waiting: number;
  report: Report | null;
}

/** By turn; what is to be mended by when that is due, all by severity and then by how long it has been open. */
const inTurn = (of: string): string =>
  `${of}turn, case when ${of}turn = 2 then ${of}due_at end nulls last, array_position($1::text[], ${of}severity) desc, ${of}opened_at, ${of}id`;

/**
 * Open incidents that have an issue in a room, at most `limit` in the order in which somebody should look: what needs
 * somebody now, what else does, what is to be mended, what was put off; in each the most severe first, then those open
 * longest, but to be mended what is due first. All that is open is counted.
 */
export async function loadQueue(sql: Sql, room: string, now: Date, limit: number): Promise<Queue> {
  const found = await sql.query<QueueRow & Omit<Queue, 'entries'>>(
    `with open as (
       select i.*, case when snoozed_until > $4 then 3 when not (kind in ('threat', 'leaked-secret') or pressing) then 2
         when severity in ('high', 'critical') then 0 else 1 end as turn
       from incident i where i.status = 'open' and i.issue is not null and i.room = $3
     ), listed as (
       select *, count(*) over ()::int as total, count(*) filter (where turn = 0) over ()::int as urgent,
         count(*) filter (where turn = 0 and owner is null) over ()::int as alone
       from open order by ${inTurn('')} limit $2)
     select o.issue, o.kind, o.severity, o.severity_by, coalesce(top.title, o.title) as title, top.titles,
       coalesce(top.product, '') as product, coalesce(top.floor_because is not null, false) as floored, coalesce(top.severity <> 'unknown', true) as rated, o.owner,
       o.asked[cardinality(o.asked)] as asked, o.opened_at,
       o.snoozed_until, o.due_at, o.pressing, o.report, o.total, o.urgent, o.alone,
       (select count(*)::int from recommendation r where r.incident_id = o.id and r.status = 'open') as waiting
     from listed o left join lateral (
       select a.title, a.titles, a.product, a.severity, a.floor_because from alert a where a.incident_id = o.id
       order by array_position($1::text[], a.effective_severity) desc, a.time, a.title limit 1) as top on true
     order by ${inTurn('o.')}`,
    [severities, limit, room, now],
  );
  const { total = 0, urgent = 0, alone = 0 } = found.rows[0] ?? {};
  return { entries: found.rows.map(entryOf), total, urgent, alone };
}

function entryOf(row: QueueRow): QueueEntry {
  return {
    issue: Number(row.issue),
    kind: row.kind,
    severity: row.severity,
    title: row.title,
    titles: row.titles,
    product: row.product,
    byPolicy: row.floored,
    rated: row.rated,
    openedAt: row.opened_at,
    waiting: row.waiting,
    ...(row.severity_by === null ? {} : { severityBy: row.severity_by }),
    ...(row.owner === null ? {} : { owner: row.owner }),
    ...(row.owner !== null || row.asked === null ? {} : { asked: row.asked }),
    ...(row.due_at === null ? {} : { dueAt: row.due_at }),
    pressing: row.pressing,
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

/** The key of a room's queue, as `touchQueue` makes it. */
export const keyOfQueue = (room: string): string => (room === '' ? 'queue' : `queue:${room}`);

/** Queues that GitHub refused to pin, and what it said. */
export async function unpinnedQueues(sql: Sql): Promise<{ room: string; issue: number; refused: string }[]> {
  const found = await sql.query<{ room: string; issue: string; refused: string }>(
    `select room, remote_id as issue, sent->'pin'->>'refused' as refused from publication
     where kind = 'queue' and remote_id is not null and sent->'pin'->>'refused' is not null order by room`,
  );
  return found.rows.map((row) => ({ ...row, issue: Number(row.issue) }));
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
