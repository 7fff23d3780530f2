import type { AlertKind } from '../domain/alert.ts';
import type { Titled } from '../domain/alert-title.ts';
import type { Incident, IncidentStatus } from '../domain/incident.ts';
import { defaultRoom, type IssueRef } from '../domain/room.ts';
import type { Severity } from '../domain/severity.ts';
import type { Verdict } from '../domain/verdict.ts';
import type { Sql } from '../ports/store.ts';
import { ownTitles } from './own-titles.ts';

interface IncidentRow {
  id: string;
  kind: AlertKind;
  status: IncidentStatus;
  title: string;
  severity: Severity;
  severity_by: string | null;
  verdict: Verdict;
  verdict_by: string | null;
  verdict_why: string | null;
  owner: string | null;
  asked: string[];
  snoozed_until: Date | null;
  room: string;
  issue: string | null;
  merged_into: string | null;
  related_issue: string | null;
  opened_at: Date;
  back_at: Date | null;
  first_seen: Date;
  last_seen: Date;
  closed_at: Date | null;
  closed_by: string | null;
  settled: 'fixed' | 'dismissed' | null;
  settled_why: string | null;
  due_at: Date | null;
  pressing: boolean;
  alert_count: number;
  adopted: boolean;
}

/** An incident by its id; undefined when there is none. */
export async function loadIncident(sql: Sql, id: string): Promise<Incident | undefined> {
  const found = await sql.query<IncidentRow>('select * from incident where id = $1', [id]);
  return found.rows[0] ? toIncident(found.rows[0]) : undefined;
}

/** The same, with its title in every language where Yagura gave it. */
export async function loadTitledIncident(sql: Sql, id: string): Promise<Incident | undefined> {
  const found = await sql.query<IncidentRow & Pick<Titled, 'titles'>>(
    `select i.*, ${ownTitles('i')} as titles from incident i where i.id = $1`,
    [id],
  );
  const [row] = found.rows;
  return row && { ...toIncident(row), titles: row.titles };
}

/** The incident that has the alerts of this one now: itself unless it is merged; and its issue. */
export async function wentOnAs(sql: Sql, id: string): Promise<{ id: string; issue: number | undefined }> {
  const found = await sql.query<{ id: string; issue: string | null }>(
    `with recursive story as (
       select id, merged_into, issue from incident where id = $1
       union all select i.id, i.merged_into, i.issue from incident i join story s on i.id = s.merged_into
     ) select id, issue from story where merged_into is null`,
    [id],
  );
  const { id: last = id, issue = null } = found.rows[0] ?? {};
  return { id: last, issue: issue === null ? undefined : Number(issue) };
}

/** The ids of every incident that is one story with this one: what it went on as, and all that was merged into that. */
export async function storyOf(sql: Sql, id: string): Promise<string[]> {
  const found = await sql.query<{ id: string }>(
    `with recursive story as (
       select id from incident where id = $1
       union all select i.id from incident i join story s on i.merged_into = s.id
     ) select id from story`,
    [(await wentOnAs(sql, id)).id],
  );
  return found.rows.map((row) => row.id);
}

/** The incident an issue stands for; a merged one is given as it is. */
export async function incidentOfIssue(sql: Sql, { room, issue }: IssueRef): Promise<Incident | undefined> {
  const found = await sql.query<IncidentRow>('select * from incident where room = $1 and issue = $2', [room, issue]);
  return found.rows[0] ? toIncident(found.rows[0]) : undefined;
}

/**
 * As `incidentOfIssue`, and it stays as it is until the transaction ends: whoever else numbers its recommendations or
 * tasks waits.
 */
export async function holdIncidentOfIssue(tx: Sql, { room, issue }: IssueRef): Promise<Incident | undefined> {
  const found = await tx.query<IncidentRow>('select * from incident where room = $1 and issue = $2 for no key update', [
    room,
    issue,
  ]);
  return found.rows[0] ? toIncident(found.rows[0]) : undefined;
}

/** Drops nulls, which the domain writes as absent. */
function toIncident(row: IncidentRow): Incident {
  return {
    id: row.id,
    kind: row.kind,
    status: row.status,
    title: row.title,
    severity: row.severity,
    verdict: row.verdict,
    openedAt: row.opened_at,
    firstSeen: row.first_seen,
    lastSeen: row.last_seen,
    alertCount: row.alert_count,
    adopted: row.adopted,
    ...(row.back_at === null ? {} : { backAt: row.back_at }),
    ...(row.severity_by === null ? {} : { severityBy: row.severity_by }),
    ...(row.verdict_by === null ? {} : { verdictBy: row.verdict_by }),
    ...(row.verdict_why === null ? {} : { verdictWhy: row.verdict_why }),
    ...(row.owner === null ? {} : { owner: row.owner }),
    ...(row.asked.length === 0 ? {} : { asked: row.asked.at(-1) ?? '' }),
    ...(row.snoozed_until === null ? {} : { snoozedUntil: row.snoozed_until }),
    ...(row.room === defaultRoom ? {} : { room: row.room }),
    ...(row.issue === null ? {} : { issue: Number(row.issue) }),
    ...(row.merged_into === null ? {} : { mergedInto: row.merged_into }),
    ...(row.related_issue === null ? {} : { relatedIssue: Number(row.related_issue) }),
    ...(row.due_at === null ? {} : { dueAt: row.due_at }),
    pressing: row.pressing,
    ...(row.closed_at === null ? {} : { closedAt: row.closed_at }),
    ...(row.settled === null ? {} : { settled: settledOf(row.settled, row) }),
  };
}

function settledOf(how: 'fixed' | 'dismissed', row: IncidentRow): NonNullable<Incident['settled']> {
  return {
    how,
    ...(row.closed_by === null ? {} : { product: row.closed_by }),
    ...(row.settled_why === null ? {} : { why: row.settled_why }),
  };
}

/** The room of an incident, and the number of its issue there; undefined while there is none. */
export async function incidentPlace(sql: Sql, id: string): Promise<{ room: string; issue: number | undefined }> {
  const found = await sql.query<{ room: string; issue: string | null }>(
    'select room, issue from incident where id = $1',
    [id],
  );
  const { room = defaultRoom, issue = null } = found.rows[0] ?? {};
  return { room, issue: issue === null ? undefined : Number(issue) };
}

/** People were told that it is exploited and exposed, since the last report. */
export async function notePressingTold(tx: Sql, id: string): Promise<void> {
  await tx.query(`update incident set report = report || '{"pressing": true}' where id = $1`, [id]);
}
