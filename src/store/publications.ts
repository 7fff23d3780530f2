import { defaultRoom, type IssueRef } from '../domain/room.ts';
import type { Sql } from '../ports/store.ts';
import type { Mentions, SettledMentions } from './mentions.ts';

export type PublicationKind =
  | 'issue'
  | 'comment'
  | 'receipt'
  | 'refusal'
  | 'view'
  | 'data'
  | 'notice'
  | 'queue'
  | 'digest'
  | 'inventory';

/** One remote object that mirrors something of ours. */
export interface Publication {
  id: string;
  key: string;
  kind: PublicationKind;
  incidentId: string | null;
  issue: number | null;
  remoteId: number | null;
  text: string | null;
  priority: number;
  attemptedAt: Date | null;
  sentHash: string | null;
  sentAt: Date | null;
  edits: number;
  attempts: number;
  createdAt: Date;
}

/**
 * Says that the issue (or other single view) of these incidents no longer shows what we know. Makes the
 * publication when there is none yet; what stands elsewhere gets none.
 */
export async function markDirty(tx: Sql, at: Date, incidents: string[], kind: 'issue'): Promise<void> {
  if (incidents.length === 0) return;
  await tx.query(
    `insert into publication (key, kind, incident_id, priority, created_at)
     select $2 || ':' || i.id, $2, i.id, case when i.severity in ('high', 'critical') then 2 else 1 end, $3
     from incident i where i.id = any($1::bigint[]) and i.stands = 'issue'
     on conflict (key) do update set dirty = true, touched = publication.touched + 1, priority = greatest(publication.priority, excluded.priority)`,
    [incidents, kind, at],
  );
}

/** Every open incident's issue, and every list that is open, is rendered again; what comes out the same is not sent. */
export async function touchOpen(sql: Sql): Promise<void> {
  await sql.query(
    `update publication p set dirty = true, touched = touched + 1 from incident i
     where i.id = p.incident_id and p.kind = 'issue' and i.status = 'open'`,
  );
  await sql.query(
    `update publication set dirty = true, touched = touched + 1
     where kind in ('inventory', 'digest') and sent->>'state' = 'open'`,
  );
}

/**
 * Lets the issue of an incident show what is new before anything else goes out, whatever was edited a moment ago: a
 * receipt is about to name what can be approved only once it was shown.
 */
export async function showAtOnce(tx: Sql, incident: string): Promise<void> {
  await tx.query(
    `update publication set dirty = true, touched = touched + 1, priority = 3, not_before = null
     where key = 'issue:' || $1 and remote_id is not null`,
    [incident],
  );
}

/** A text that is fixed but for whom it mentions. */
interface Said {
  key: string;
  text: string;
  priority: number;
  mentions?: Mentions;
}

function asked({ mentions }: Said): Mentions | null {
  return mentions !== undefined && mentions.who.length > 0 ? mentions : null;
}

/** A comment with fixed text; the same key is never said twice. False when it was said before. */
export async function say(tx: Sql, at: Date, comment: Said & { incidentId: string }): Promise<boolean> {
  const said = await tx.query(
    `insert into publication (key, kind, incident_id, text, priority, created_at, mentions) values ($1, 'comment', $2, $3, $4, $5, $6)
     on conflict (key) do nothing`,
    [comment.key, comment.incidentId, comment.text, comment.priority, at, asked(comment)],
  );
  return said.rowCount > 0;
}

/** A comment with fixed text on an issue that is no incident's; the same key is never said twice. False when it was said before. */
export async function sayOnIssue(tx: Sql, at: Date, comment: Said & { on: IssueRef }): Promise<boolean> {
  const said = await tx.query(
    `insert into publication (key, kind, room, issue, text, priority, created_at, mentions) values ($1, 'comment', $6, $2, $3, $4, $5, $7)
     on conflict (key) do nothing`,
    [comment.key, comment.on.issue, comment.text, comment.priority, at, comment.on.room, asked(comment)],
  );
  return said.rowCount > 0;
}

/** An issue of its own with fixed text, its title on the first line; the same key is never said twice. */
export async function announce(tx: Sql, at: Date, notice: Said & { room?: string }): Promise<void> {
  await tx.query(
    `insert into publication (key, kind, text, priority, created_at, room, mentions) values ($1, 'notice', $2, $3, $4, $5, $6)
     on conflict (key) do nothing`,
    [notice.key, notice.text, notice.priority, at, notice.room ?? defaultRoom, asked(notice)],
  );
}

/** A publication that could be sent now, with the issue it belongs on. */
export type DuePublication = Publication & {
  touched: number;
  sent: SentState | null;
  /** The incident's issue, or the one it stands on; null when that does not exist yet, or never will: it was merged. */
  onIssue: number | null;
  /** Key of the room it stands in. */
  room: string;
  adopted: boolean;
  mentions: Mentions | SettledMentions | null;
};

/** Title, state and managed labels of an issue as last sent. */
export interface SentState {
  title: string;
  labels: string[];
  /** Absent: whoever closed it, it is to stand as it is rendered. */
  state?: 'open' | 'closed';
  /** Whom we assigned last. */
  assigned?: string;
  /** Of the queue: when GitHub said whether it pins it, and why not; absent while it did not say. */
  pin?: { at: string; refused?: string };
  /** What an edit that may not have been answered was to make of it. */
  tried?: { title: string; labels: string[]; state: 'open' | 'closed' };
}

/**
 * Dirty publications of these rooms that may go now, most urgent first. Creations on one issue keep their order: an earlier one
 * takes over the priority of a later one that waits behind it. At most `limit` creations and as many edits, so that
 * creations that wait for the budget never stand in the way of edits, which need none.
 */
export async function duePublications(sql: Sql, now: Date, rooms: string[], limit: number): Promise<DuePublication[]> {
  const found = await sql.query<Record<string, unknown>>(
    `with waiting as (
       select p.*, coalesce(i.issue, p.issue) as on_issue, coalesce(i.room, p.room) as stands_in, coalesce(i.adopted, false) as adopted,
         coalesce(i.status = 'merged', false) as merged,
         max(case when p.remote_id is null then p.priority end) over (
           partition by coalesce(p.incident_id, -p.id) order by p.id rows between current row and unbounded following
         ) as urgency,
         row_number() over (partition by coalesce(p.incident_id, -p.id), p.remote_id is null order by p.id) as place
       from publication p left join incident i on i.id = p.incident_id
       where p.dirty and coalesce(i.room, p.room) = any($3)
     ), ranked as (
       select *, greatest(priority, coalesce(urgency, 0)) as rank,
         row_number() over (partition by remote_id is null order by greatest(priority, coalesce(urgency, 0)) desc, id) as n
       from waiting
       where (not_before is null or not_before <= $1)
         and (remote_id is not null or place = 1)
         and (on_issue is not null or merged or kind in ('issue', 'notice', 'data', 'queue', 'digest', 'inventory'))
     )
     select id, key, kind, incident_id as "incidentId", remote_id as "remoteId", text, attempted_at as "attemptedAt",
       sent_hash as "sentHash", sent, mentions, sent_at as "sentAt", edits, attempts, touched, adopted, on_issue as "onIssue",
       stands_in as room, created_at as "createdAt", rank as priority
     from ranked where n <= $2 order by rank desc, id`,
    [now, limit, rooms],
  );
  return found.rows.map((row) => {
    const { remoteId, onIssue, ...rest } = row as unknown as DuePublication;
    return {
      ...rest,
      remoteId: remoteId === null ? null : Number(remoteId),
      onIssue: onIssue === null ? null : Number(onIssue),
    };
  });
}

/** When the next dirty publication may go; undefined when none waits for a time. */
export async function nextDue(sql: Sql): Promise<Date | undefined> {
  const found = await sql.query<{ at: Date | null }>('select min(not_before) as at from publication where dirty');
  return found.rows[0]?.at ?? undefined;
}

/** Says that the full text of an incident on the data branch is no longer what we know; made when there is none. */
export async function touchWhole(sql: Sql, incident: string, now: Date): Promise<void> {
  await sql.query(
    `insert into publication (key, kind, incident_id, priority, created_at) values ('data:' || $1, 'data', $1::bigint, 0, $2)
     on conflict (key) do update set dirty = true, touched = publication.touched + 1`,
    [incident, now],
  );
}

/** Opens a list again that people closed, since something came to it that they have not seen; it is to be touched as well. */
export async function openAgain(sql: Sql, key: string): Promise<void> {
  await sql.query(
    `update publication set sent = sent - 'state', sent_hash = null where key = $1 and sent is not null`,
    [key],
  );
}

/** Marks any publication by its key, and says how many there are; the ways they are made stand in `say` and `markDirty`. */
export async function touch(sql: Sql, keys: string[]): Promise<number> {
  const done = await sql.query('update publication set dirty = true, touched = touched + 1 where key = any($1)', [
    keys,
  ]);
  return done.rowCount;
}
