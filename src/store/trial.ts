import type { AlertKind } from '../domain/alert.ts';
import type { Standing } from '../domain/quiet.ts';
import { type Severity, severities } from '../domain/severity.ts';
import type { Verdict } from '../domain/verdict.ts';
import type { Sql } from '../ports/store.ts';

/** What of an incident is set beside what people decided. */
export interface TrialIncident {
  id: string;
  /** Key of the room its issue stands in. */
  room: string;
  issue: number | null;
  /** `digest` and `inventory` list it without an issue of its own. */
  stands: Standing;
  /** Of the policy in force when it became as severe as it is. */
  policyCommit: string | null;
  kind: AlertKind;
  /** Exploited and exposed. */
  pressing: boolean;
  title: string;
  /** What alerts and policy make of it, whatever people set. */
  severity: Severity;
  /** What the last report says. */
  verdict: Verdict;
  /** That verdict is the policy's, and says that nothing has to be done. */
  nothing: boolean;
  /** Set by a person with `/severity` or a label. */
  peopleSeverity: Severity | null;
  /** Given by a person with `/close` or `/verdict`, and who that was. */
  peopleVerdict: Verdict | null;
  peopleWho: string | null;
  /** What Yagura proposed, as `block 203.0.113.7 on edge`. */
  proposed: string[];
  /** Commands that act which people typed and had accepted. */
  acted: string[];
}

/** Whether the alert `a` came in or was seen again since `$1`: a repeat is folded into the alert of its first time. */
const seenSince = '(a.created_at >= $1 or a.last_seen >= $1)';

/** Incidents with an alert that was seen since a moment, oldest first; those merged into another are part of it. */
export async function trialIncidents(
  sql: Sql,
  { since, quiet }: { since: Date; quiet: readonly Verdict[] },
): Promise<TrialIncident[]> {
  const found = await sql.query<Omit<TrialIncident, 'severity'> & { rank: number }>(
    `select i.id, i.room, i.issue::int as issue, i.stands, i.kind, i.pressing, i.title,
       (select max(array_position($2::text[], a.effective_severity)) from alert a where a.incident_id = i.id) as rank,
       (select l.policy_commit from ledger l, lateral (select a.created_at as at from alert a where a.incident_id = i.id
           order by array_position($2::text[], a.effective_severity) desc, a.id limit 1) as worst
         where l.incident_id = i.id
         order by l.at < worst.at, abs(extract(epoch from l.at - worst.at)), l.seq limit 1) as "policyCommit",
       coalesce(i.report->>'verdict', 'not-assessed') as verdict,
       coalesce(i.report->>'verdictBy' is not null and i.report->>'verdict' = any($3), false) as nothing,
       case when i.severity_by is not null then i.severity end as "peopleSeverity",
       case when i.verdict_by is not null then i.verdict end as "peopleVerdict",
       coalesce(i.verdict_by, i.severity_by) as "peopleWho",
       array(select distinct r.action || ' ' || r.target_value || ' on ' || array_to_string(r.resources, ', ')
         from recommendation r where r.incident_id = i.id and r.requested_by = 'yagura' and r.status <> 'replaced'
           and (r.status <> 'withdrawn' or i.status <> 'open') order by 1) as proposed,
       array(select distinct '/' || c.name from command c where c.incident_id = i.id and c.name in ('approve', 'block')
         and c.state in ('done', 'waiting', 'failed') order by 1) as acted
     from incident i
     where i.status <> 'merged' and exists (select 1 from alert a where a.incident_id = i.id and ${seenSince})
     order by i.id`,
    [since, severities, quiet],
  );
  return found.rows.map(({ rank, ...row }) => ({ ...row, severity: severities[rank - 1] ?? 'unknown' }));
}

/** An alert as far as a row of another process may mean it. */
export interface TrialAlert {
  id: string;
  incidentId: string;
  title: string;
  firstSeen: Date;
  lastSeen: Date;
  link: string | null;
  ocsf: unknown;
}

/** Alerts that were seen since a moment, or those that were not, in order of id, `limit` a page: so that no trial holds them all. */
export async function trialAlerts(
  sql: Sql,
  seen: { since: Date } | { before: Date },
  after: string,
  limit: number,
): Promise<TrialAlert[]> {
  const [moment, which] = 'since' in seen ? [seen.since, seenSince] : [seen.before, `not ${seenSince}`];
  const found = await sql.query<TrialAlert>(
    `select a.id, a.incident_id as "incidentId", a.title, a.first_seen as "firstSeen", a.last_seen as "lastSeen", a.link, a.ocsf
     from alert a where a.id > $2::bigint and ${which} order by a.id limit $3`,
    [moment, after, limit],
  );
  return found.rows;
}

/**
 * The incident of records that were told apart by the product's own event id, by the record's identity; and whether its
 * alert was seen since a moment.
 */
export async function incidentsOfRecords(
  sql: Sql,
  identities: readonly string[],
  since: Date,
): Promise<ReadonlyMap<string, { incident: string; during: boolean }>> {
  const found = await sql.query<{ identity: string; incident: string; during: boolean }>(
    `select w.identity, a.incident_id as incident, ${seenSince} as during from raw_record w
     join alert_raw x on x.raw_id = w.id join alert a on a.id = x.alert_id
     where w.identity = any($2::text[])`,
    [since, identities],
  );
  return new Map(found.rows.map(({ identity, ...row }) => [identity, row]));
}

/** Sources that ever had alerts. */
export async function trialSources(sql: Sql): Promise<string[]> {
  const found = await sql.query<{ source: string }>('select distinct source from alert');
  return found.rows.map(({ source }) => source);
}
