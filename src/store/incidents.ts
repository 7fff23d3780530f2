import type { AlertKind } from '../domain/alert.ts';
import type { Incident, IncidentStatus } from '../domain/incident.ts';
import type { Severity } from '../domain/severity.ts';
import type { Verdict } from '../domain/verdict.ts';
import type { Sql } from '../ports.ts';

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
  issue: string | null;
  merged_into: string | null;
  related_issue: string | null;
  opened_at: Date;
  first_seen: Date;
  last_seen: Date;
  closed_at: Date | null;
  closed_by: string | null;
  settled: 'fixed' | 'dismissed' | null;
  settled_why: string | null;
  alert_count: number;
  adopted: boolean;
}

/** An incident by its id; undefined when there is none. */
export async function loadIncident(sql: Sql, id: string): Promise<Incident | undefined> {
  const found = await sql.query<IncidentRow>('select * from incident where id = $1', [id]);
  return found.rows[0] ? toIncident(found.rows[0]) : undefined;
}

/** The incident an issue stands for; a merged one is given as it is. */
export async function incidentOfIssue(sql: Sql, issue: number): Promise<Incident | undefined> {
  const found = await sql.query<IncidentRow>('select * from incident where issue = $1', [issue]);
  return found.rows[0] ? toIncident(found.rows[0]) : undefined;
}

/**
 * As `incidentOfIssue`, and it stays as it is until the transaction ends: whoever else numbers its recommendations or
 * tasks waits.
 */
export async function holdIncidentOfIssue(tx: Sql, issue: number): Promise<Incident | undefined> {
  const found = await tx.query<IncidentRow>('select * from incident where issue = $1 for no key update', [issue]);
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
    ...(row.severity_by === null ? {} : { severityBy: row.severity_by }),
    ...(row.verdict_by === null ? {} : { verdictBy: row.verdict_by }),
    ...(row.verdict_why === null ? {} : { verdictWhy: row.verdict_why }),
    ...(row.owner === null ? {} : { owner: row.owner }),
    ...(row.asked.length === 0 ? {} : { asked: row.asked.at(-1) ?? '' }),
    ...(row.snoozed_until === null ? {} : { snoozedUntil: row.snoozed_until }),
    ...(row.issue === null ? {} : { issue: Number(row.issue) }),
    ...(row.merged_into === null ? {} : { mergedInto: row.merged_into }),
    ...(row.related_issue === null ? {} : { relatedIssue: Number(row.related_issue) }),
    ...(row.closed_at === null ? {} : { closedAt: row.closed_at }),
    ...(row.settled === null ? {} : { settled: settledOf(row.settled, row) }),
  };
}

function settledOf(how: 'fixed' | 'dismissed', row: IncidentRow): NonNullable<Incident['settled']> {
  return { how, product: row.closed_by ?? 'its source', ...(row.settled_why === null ? {} : { why: row.settled_why }) };
}

/** The issue's number of an incident; undefined while there is none. */
export async function incidentIssue(sql: Sql, id: string): Promise<number | undefined> {
  const found = await sql.query<{ issue: string | null }>('select issue from incident where id = $1', [id]);
  const issue = found.rows[0]?.issue;
  return issue === null || issue === undefined ? undefined : Number(issue);
}
