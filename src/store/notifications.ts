import type { AlertKind } from '../domain/alert.ts';
import type { IncidentStatus } from '../domain/incident.ts';
import type { NotificationEvent, NotificationState, Told } from '../domain/notification.ts';
import type { Severity } from '../domain/severity.ts';
import type { Verdict } from '../domain/verdict.ts';
import type { Sql } from '../ports/store.ts';

/** An incident somebody changed, as it is now. */
export interface ChangedIncident {
  id: string;
  kind: AlertKind;
  pressing: boolean;
  room: string;
  status: IncidentStatus;
  severity: Severity;
  taken: boolean;
}

/**
 * Takes up to `limit` changes off the list and answers how many, and the incidents as they are now; what changes them meanwhile has rows
 * of its own. For use in the transaction that writes what follows from it.
 */
export async function takeChanges(tx: Sql, limit: number): Promise<{ taken: number; incidents: ChangedIncident[] }> {
  const taken = await tx.query<{ incident: string }>(
    `delete from incident_change where id in (select id from incident_change order by id limit $1)
     returning incident_id as incident`,
    [limit],
  );
  if (taken.rows.length === 0) return { taken: 0, incidents: [] };
  const found = await tx.query<ChangedIncident>(
    `select id, kind, pressing, room, status, severity, owner is not null as taken from incident
     where id = any($1::bigint[]) and stands = 'issue' order by id`,
    [taken.rows.map(({ incident }) => incident)],
  );
  return { taken: taken.rows.length, incidents: found.rows };
}

/** What one channel was or is to be told of each of these incidents, oldest first, by incident. */
export async function toldOf(sql: Sql, channel: string, incidents: string[]): Promise<Map<string, Told[]>> {
  const found = await sql.query<Told & { incident: string }>(
    `select id, incident_id as incident, event, severity, pressing, state, attempts > 0 or attempted_at is not null as touched
     from notification where channel = $1 and incident_id = any($2::bigint[]) order by id`,
    [channel, incidents],
  );
  const told = new Map<string, Told[]>();
  for (const { incident, ...row } of found.rows) told.set(incident, [...(told.get(incident) ?? []), row]);
  return told;
}

export interface NewNotification {
  channel: string;
  incident: string;
  event: NotificationEvent;
  severity: Severity;
  pressing: boolean;
  /** `skipped`: the channel is not told such things, but what it was told before is over. */
  state: 'due' | 'skipped';
  dueAt: Date;
}

export async function addNotifications(tx: Sql, now: Date, rows: NewNotification[]): Promise<void> {
  if (rows.length === 0) return;
  await tx.query(
    `insert into notification (channel, incident_id, event, severity, state, due_at, pressing, created_at, ended_at)
     select *, $7::timestamptz, case when state = 'due' then null else $7::timestamptz end
     from unnest($1::text[], $2::bigint[], $3::text[], $4::text[], $5::text[], $6::timestamptz[],
       $8::boolean[]) as given(channel, incident, event, severity, state, due_at, pressing)`,
    [
      rows.map((row) => row.channel),
      rows.map((row) => row.incident),
      rows.map((row) => row.event),
      rows.map((row) => row.severity),
      rows.map((row) => row.state),
      rows.map((row) => row.dueAt),
      now,
      rows.map((row) => row.pressing),
    ],
  );
}

/** It got worse before it was told. */
export async function worsen(
  tx: Sql,
  id: string,
  { severity, pressing }: Pick<ChangedIncident, 'severity' | 'pressing'>,
  dueAt: Date,
): Promise<void> {
  await tx.query(
    'update notification set severity = $2, pressing = pressing or $4, due_at = least(due_at, $3) where id = $1',
    [id, severity, dueAt, pressing],
  );
}

/** A row that could be sent now. */
export interface DueNotification {
  id: string;
  incident: string;
  event: NotificationEvent;
  severity: Severity;
  kind: AlertKind;
  pressing: boolean;
  room: string;
  attempts: number;
  /** The severity the channel was told last before, when it is one that went up. */
  was: Severity | null;
  /** Whether its incident has an issue to link, and was looked at. */
  complete: boolean;
  /** Whether its incident is open still. */
  open: boolean;
  /** Whether the policy or a person says that nobody has to do anything. */
  quiet: boolean;
  /** The other rows that an earlier try told with it in one line; none: it was told alone, or not tried. */
  folded: { id: string; severity: Severity; event: NotificationEvent }[];
  createdAt: Date;
}

/**
 * What a channel could be told now, most severe first. Of each incident only the earliest row, so that nobody hears of an
 * end before the beginning; rows folded into another wait with it.
 */
export async function dueNotifications(
  sql: Sql,
  channel: string,
  { now, limit, quiet }: { now: Date; limit: number; quiet: readonly Verdict[] },
): Promise<DueNotification[]> {
  const found = await sql.query<DueNotification>(
    `with first as (
       select distinct on (incident_id) * from notification
       where channel = $1 and state = 'due' and folded_into is null order by incident_id, id
     )
     select n.id, n.incident_id as incident, n.event, n.severity, i.kind, i.pressing, i.room, n.attempts, n.created_at as "createdAt",
       i.issue is not null and i.investigated_at is not null as complete, i.status = 'open' as open,
       coalesce((i.verdict_by is not null and i.verdict = any($4))
         or (i.report->>'verdictBy' is not null and i.report->>'verdict' = any($4)), false) as quiet,
       (select p.severity from notification p where p.channel = $1 and p.incident_id = n.incident_id and p.id < n.id
        and p.event in ('opened', 'raised') and p.state <> 'skipped' order by p.id desc limit 1) as was,
       coalesce((select jsonb_agg(jsonb_build_object('id', f.id::text, 'severity', f.severity, 'event', f.event) order by f.id)
        from notification f where f.folded_into = n.id), '[]') as folded
     from first n join incident i on i.id = n.incident_id
     where n.due_at <= $2
       and not exists (select 1 from notification h where h.channel = $1 and h.hold_until > $2)
     order by array_position(array['critical', 'high', 'medium', 'low', 'informational', 'unknown'], n.severity), n.id
     limit $3`,
    [channel, now, limit, quiet],
  );
  return found.rows;
}

/** When one of the channels can be told something next; undefined when nothing waits. */
export async function nextNotification(sql: Sql, channels: string[], now: Date): Promise<Date | undefined> {
  const found = await sql.query<{ at: Date | null }>(
    `select min(greatest(first.due_at, held.until)) as at from (
       select distinct on (channel, incident_id) channel, due_at from notification
       where state = 'due' and folded_into is null and channel = any($1) order by channel, incident_id, id
     ) first left join (
       select channel, max(hold_until) as until from notification where hold_until > $2 group by channel
     ) held on held.channel = first.channel`,
    [channels, now],
  );
  return found.rows[0]?.at ?? undefined;
}

/** Messages that could wake people which a channel was sent since, oldest first. */
export async function wakingSince(sql: Sql, channel: string, since: Date): Promise<Date[]> {
  const found = await sql.query<{ at: Date }>(
    `select ended_at as at from notification
     where channel = $1 and ended_at > $2 and state in ('sent', 'unknown') and folded_into is null
       and event in ('opened', 'raised') order by ended_at`,
    [channel, since],
  );
  return found.rows.map(({ at }) => at);
}

/** Moves rows to another time. */
export async function postpone(sql: Sql, ids: string[], until: Date): Promise<void> {
  await sql.query('update notification set due_at = $2 where id = any($1::bigint[])', [ids, until]);
}

/** Nothing goes to the channel of this row until then: it said that it is asked too often. */
export async function holdChannel(sql: Sql, id: string, until: Date): Promise<void> {
  await sql.query('update notification set hold_until = $2 where id = $1', [id, until]);
}

/** A request is about to go out; the rows behind the first are told with it. */
export async function beginAttempt(sql: Sql, now: Date, ids: string[]): Promise<void> {
  await sql.query(
    `update notification set attempted_at = $2, attempts = attempts + 1,
       folded_into = case when id = $3 then null else $3::bigint end
     where id = any($1::bigint[])`,
    [ids, now, ids[0]],
  );
}

/** It did not arrive; tried again then. */
export async function tryAgain(sql: Sql, ids: string[], at: Date, detail: string): Promise<void> {
  await sql.query(
    'update notification set attempted_at = null, due_at = $2, detail = $3 where id = any($1::bigint[])',
    [ids, at, detail],
  );
}

/** What became of rows in the end. */
export async function endNotifications(
  tx: Sql,
  now: Date,
  ids: string[],
  state: Exclude<NotificationState, 'due'>,
  detail: string,
): Promise<void> {
  await tx.query(
    `update notification set state = $2, detail = $3, ended_at = $4, attempted_at = null where id = any($1::bigint[])`,
    [ids, state, detail, now],
  );
}

/** Rows whose request was on its way when the process ended, by the message they were part of. */
export async function interrupted(sql: Sql, channel: string): Promise<{ ids: string[]; incidents: string[] }[]> {
  const found = await sql.query<{ ids: string[]; incidents: string[] }>(
    `select array_agg(id::text order by id) as ids, array_agg(incident_id::text order by id) as incidents
     from notification where channel = $1 and state = 'due' and attempted_at is not null
     group by coalesce(folded_into, id)`,
    [channel],
  );
  return found.rows;
}

/** What waits for channels that are not there (any more). */
export async function orphaned(
  sql: Sql,
  channels: string[],
): Promise<{ id: string; incident: string; channel: string }[]> {
  const found = await sql.query<{ id: string; incident: string; channel: string }>(
    `select id, incident_id as incident, channel from notification where state = 'due' and not channel = any($1) order by id
     limit 500`,
    [channels],
  );
  return found.rows;
}

/** By channel, how many messages did not arrive since, and why the last did not. */
export async function undelivered(sql: Sql, since: Date): Promise<{ channel: string; n: number; detail: string }[]> {
  const found = await sql.query<{ channel: string; n: number; detail: string }>(
    `select channel, count(*)::int as n, (array_agg(detail order by ended_at desc, id desc))[1] as detail
     from notification where state in ('gave-up', 'unknown') and ended_at > $1 group by channel order by channel`,
    [since],
  );
  return found.rows;
}
