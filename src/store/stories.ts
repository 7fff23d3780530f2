import type { ParsedAlert } from '../domain/alert.ts';
import type { AlertEntity } from '../domain/entity.ts';
import type { Span } from '../domain/incident.ts';
import type { Scope } from '../domain/scope.ts';
import { type Severity, severities } from '../domain/severity.ts';
import type { Sql } from '../ports/store.ts';

/**
 * Spans of open incidents that lie within a time range (milliseconds) of these keys. The incidents stay locked, so that
 * somebody's close of one either waits for the transaction or is seen by it. Spans come before incidents, by arrays and
 * not by joins: with the statistics of a new database PostgreSQL would go through the keys again for each open incident.
 */
export async function loadSpans(sql: Sql, keys: { key: string; from: number; to: number }[]): Promise<Span[]> {
  const found = await sql.query<{ story: string; key: string; first: Date; last: Date }>(
    `with near as materialized (
       select s.incident_id, s.key, s.first_at, s.last_at
       from unnest($1::text[], $2::timestamptz[], $3::timestamptz[]) as k(key, lo, hi)
       join incident_span s on s.key = k.key and s.last_at >= k.lo and s.first_at <= k.hi),
     held as materialized (
       select i.id from incident i
       where i.status = 'open' and i.id = any(array(select distinct incident_id from near))
       order by i.id for no key update of i)
     select incident_id as story, key, first_at as first, last_at as last
     from near where incident_id = any(array(select id from held))`,
    [keys.map((k) => k.key), keys.map((k) => new Date(k.from)), keys.map((k) => new Date(k.to))],
  );
  const spans = found.rows.map((r) => ({ ...r, first: r.first.getTime(), last: r.last.getTime() }));
  return [...new Map(spans.map((s) => [`${s.story}|${s.key}|${s.first}`, s])).values()];
}

/** An alert that was told in an incident closed since, with the latest step of its life. */
export interface ClosedRepeat {
  incident: string;
  lifecycle: ParsedAlert['lifecycle'] | null;
  stepAt: Date;
}

/** An alert by its fingerprint, in the room it belongs in. */
export interface RoomFingerprint {
  room: string;
  fingerprint: string;
}

/** An alert that only open incidents of other rooms tell of, as it was when it came. */
interface HeldElsewhere extends RoomFingerprint {
  /** The room it stands in. */
  stands: string;
  scope: Scope;
  entities: Pick<AlertEntity, 'type' | 'value' | 'from'>[];
}

/**
 * Where else each of these stands, open incidents first, then the latest; nothing of one its own room has in an open
 * incident. Of an alert with a life (`lives`: this is a step of it) also where it stands in an incident closed after
 * `since`, unless its own room has such a one.
 */
export async function loadHeldElsewhere(
  sql: Sql,
  asked: readonly (RoomFingerprint & { lives: boolean })[],
  since: Date,
): Promise<HeldElsewhere[]> {
  const distinct = [...Map.groupBy(asked, (one) => `${one.room}|${one.fingerprint}`).values()].flatMap((same) => {
    const [first] = same;
    return first ? [{ ...first, lives: same.some(({ lives }) => lives) }] : [];
  });
  const found = await sql.query<HeldElsewhere>(
    `select k.fingerprint, k.room, i.room as stands, coalesce(a.scope, '{}') as scope,
       coalesce((select jsonb_agg(jsonb_build_object('type', e.type, 'value', e.value, 'from', e.found_in))
         from alert_entity e where e.alert_id = a.id), '[]') as entities
     from unnest($1::text[], $2::text[], $3::boolean[]) as k(fingerprint, room, lives)
     join alert a on a.fingerprint = k.fingerprint join incident i on i.id = a.incident_id
     where i.room <> k.room and (i.status = 'open' or ((k.lives or a.lifecycle is not null) and ${cameToAnEnd('i', '$4')}))
       and not exists (
         select from alert b join incident o on o.id = b.incident_id
         where b.fingerprint = k.fingerprint and o.room = k.room
           and (o.status = 'open' or (i.status = 'closed' and ${cameToAnEnd('o', '$4')})))
     order by i.status = 'open' desc, i.closed_at desc, i.id desc`,
    [
      distinct.map(({ fingerprint }) => fingerprint),
      distinct.map(({ room }) => room),
      distinct.map(({ lives }) => lives),
      since,
    ],
  );
  return found.rows;
}

/** Closed after a time, and one that may come back, as the issue is there still. */
const cameToAnEnd = (incident: 'i' | 'o', since: '$2' | '$4'): string =>
  `${incident}.status = 'closed' and ${incident}.closed_at > ${since} and not ${incident}.people ? 'gone'`;

/** The latest closed incident each of these was told in in its room; one whose issue is gone cannot come back. */
export async function loadClosedRepeats(
  sql: Sql,
  asked: readonly RoomFingerprint[],
  since: Date,
): Promise<(alert: RoomFingerprint) => ClosedRepeat | undefined> {
  const found = await sql.query<ClosedRepeat & RoomFingerprint>(
    `select distinct on (i.room, a.fingerprint) i.room, a.fingerprint, i.id as incident, a.lifecycle,
       coalesce(a.step_at, a.time) as "stepAt"
     from alert a join incident i on i.id = a.incident_id
     where a.fingerprint = any($1) and i.room = any($3) and ${cameToAnEnd('i', '$2')}
     order by i.room, a.fingerprint, i.closed_at desc`,
    [asked.map(({ fingerprint }) => fingerprint), since, [...new Set(asked.map(({ room }) => room))]],
  );
  const keyOf = ({ room, fingerprint }: RoomFingerprint) => `${room}|${fingerprint}`;
  const known = new Map(found.rows.map((row) => [keyOf(row), row]));
  return (alert) => known.get(keyOf(alert));
}

/** Replaces spans; every one of `spans` belongs to an incident of `incidents` or a new one. */
export async function saveSpans(sql: Sql, old: Span[], spans: Span[]): Promise<void> {
  if (old.length > 0)
    await sql.query(
      `delete from incident_span s using unnest($1::bigint[], $2::text[], $3::timestamptz[]) as o(incident_id, key, first_at)
       where s.incident_id = o.incident_id and s.key = o.key and s.first_at = o.first_at`,
      [old.map((s) => s.story), old.map((s) => s.key), old.map((s) => new Date(s.first))],
    );
  await sql.query(
    `insert into incident_span (incident_id, key, first_at, last_at)
     select * from unnest($1::bigint[], $2::text[], $3::timestamptz[], $4::timestamptz[])`,
    [
      spans.map((s) => s.story),
      spans.map((s) => s.key),
      spans.map((s) => new Date(s.first)),
      spans.map((s) => new Date(s.last)),
    ],
  );
}

/**
 * Moves everything of one incident into another and leaves a pointer; both stay in the ledger. Returns the severity the
 * other has now when it went up by that.
 */
export async function mergeIncident(sql: Sql, from: string, into: string, at: Date): Promise<Severity | undefined> {
  await sql.query('update alert set incident_id = $2 where incident_id = $1', [from, into]);
  await sql.query('update incident_span set incident_id = $2 where incident_id = $1', [from, into]);
  await sql.query(`update recommendation set status = 'withdrawn' where incident_id = $1 and status = 'open'`, [from]);
  const grown = await sql.query<{ severity: Severity; raised: boolean }>(
    `update incident i set alert_count = i.alert_count + f.alert_count,
       first_seen = least(i.first_seen, f.first_seen), last_seen = greatest(i.last_seen, f.last_seen),
       severity = case when array_position($3::text[], f.severity) > array_position($3::text[], i.severity)
         then f.severity else i.severity end,
       severity_by = case when array_position($3::text[], f.severity) > array_position($3::text[], i.severity)
         then f.severity_by else i.severity_by end,
       owner = coalesce(i.owner, f.owner)
     from incident f, incident o where i.id = $2 and f.id = $1 and o.id = i.id
     returning i.severity, i.severity <> o.severity as raised`,
    [from, into, severities],
  );
  await sql.query(
    `update incident set status = 'merged', merged_into = $2, closed_at = $3, investigate_at = null, alert_count = 0
     where id = $1`,
    [from, into, at],
  );
  const [row] = grown.rows;
  return row?.raised ? row.severity : undefined;
}

/** Points new incidents to the latest closed one that saw one of their keys within `windowMs`: it may be its sequel. */
export async function linkEarlier(sql: Sql, opened: string[], windowMs: number): Promise<void> {
  if (opened.length === 0) return;
  await sql.query(
    `update incident i set related_issue = earlier.issue from (
       select distinct on (mine.incident_id) mine.incident_id, c.issue
       from incident_span mine
       join incident_span theirs on theirs.key = mine.key and theirs.incident_id <> mine.incident_id
         and theirs.last_at >= mine.first_at - $2::bigint * interval '1 millisecond'
         and theirs.first_at <= mine.last_at + $2::bigint * interval '1 millisecond'
       join incident c on c.id = theirs.incident_id and c.status = 'closed' and c.issue is not null
       where mine.incident_id = any($1::bigint[])
       order by mine.incident_id, c.closed_at desc) as earlier
     where i.id = earlier.incident_id`,
    [opened, windowMs],
  );
}
