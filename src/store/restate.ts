import { comparedName } from '../domain/advisory.ts';
import type { Triaged } from '../domain/alert.ts';
import { ends } from '../domain/life.ts';
import { countsAs, severities } from '../domain/severity.ts';
import type { Sql } from '../ports/store.ts';

/** What is told of an alert, and the incident that has it. */
export interface ToldAlert {
  incident: string;
  triaged: Triaged;
}

/** An alert and the step of its life that says how it stands now. */
interface Step {
  id: string;
  last: ToldAlert;
}

/**
 * A step of a vulnerable place has the advisory as it is now: what it says of itself holds for every place of the incident
 * that has it, and what an advisory says of a package also for the alert by which Dependabot follows it there. A
 * closed incident stays as bad as it was: what is worse than that opens it again.
 */
export async function restate(tx: Sql, steps: readonly Step[]): Promise<void> {
  const said = steps.filter(({ last }) => restates(last));
  if (said.length === 0) return;
  await restatePlaces(tx, said);
  const advisories = new Map(said.map(({ last }) => [`${last.incident} ${last.triaged.alert.place?.ghsa}`, last]));
  await restateAdvisories(tx, [...advisories.values()]);
  await restateSeverity(tx, [...new Set(said.map(({ last }) => last.incident))]);
}

/** Open vulnerabilities are as bad as the worst that is told of them, unless a person said how bad they are. */
export async function restateSeverity(tx: Sql, incidents: readonly string[]): Promise<void> {
  await tx.query(
    `update incident i set severity = worst.severity from (
       select a.incident_id as id, ($2::text[])[max(array_position($2::text[], a.effective_severity))] as severity
       from alert a where a.incident_id = any($1::bigint[]) group by a.incident_id) as worst
     where i.id = worst.id and i.kind = 'vulnerability' and i.status = 'open' and i.severity_by is null
       and i.severity <> worst.severity`,
    [incidents, severities],
  );
}

function restates({ triaged: { alert } }: ToldAlert): boolean {
  // What GitHub sent before `dependabot_alert` says less of the advisory, and names no ecosystem.
  return alert.place?.ghsa !== undefined && alert.place.ecosystem !== undefined && !ends(alert.lifecycle);
}

/** The alert itself, and where an advisory tells of it Dependabot's of the same advisory, package and repository. */
async function restatePlaces(tx: Sql, said: readonly Step[]): Promise<void> {
  const rows = said.map(({ id, last: { incident, triaged } }) => {
    const { alert, effectiveSeverity, floorBecause } = triaged;
    const { by, repository, package: name = '', ecosystem = '', ghsa, range, fixed } = alert.place ?? {};
    return {
      ...{
        id,
        incident,
        by,
        kind: alert.kind,
        repository,
        key: comparedName(ecosystem, name),
        ghsa,
        severity: alert.severity,
        effective: effectiveSeverity,
      },
      ...{ floor: floorBecause ?? null, quoted: alert.quoted, ocsf: alert.ocsf, facts: { range, fixed } },
    };
  });
  await tx.query(
    `update alert a set severity = s.severity, effective_severity = s.effective, floor_because = s.floor,
       place = (a.place - array['range', 'fixed']) || s.facts,
       quoted = case when a.id = s.id then s.quoted else a.quoted end,
       ocsf = case when a.id = s.id then s.ocsf else a.ocsf end
     from jsonb_to_recordset($1::jsonb) as s(id bigint, incident bigint, by text, kind text, repository text, key text,
       ghsa text, severity text, effective text, floor text, quoted jsonb, ocsf jsonb, facts jsonb)
     where a.incident_id = s.incident and a.kind = s.kind and lower(a.place ->> 'repository') = lower(s.repository)
       and a.place ->> 'key' = s.key
       and (a.id = s.id or (s.by = 'advisory' and a.place ->> 'ghsa' = s.ghsa))`,
    [JSON.stringify(rows)],
  );
}

/** Every place of the advisory, also those that are over or that only Dependabot knows. A floor of policy stays. */
async function restateAdvisories(tx: Sql, said: readonly ToldAlert[]): Promise<void> {
  const rows = said.map(({ incident, triaged: { alert } }) => {
    const { kind, title, titles, severity } = alert;
    const { ghsa, cve, epss } = alert.place ?? {};
    return { incident, kind, title, titles, severity, counts: countsAs(severity), ghsa, facts: { cve, epss } };
  });
  await tx.query(
    `with said as (
       select * from jsonb_to_recordset($1::jsonb) as s(incident bigint, kind text, title text, titles jsonb, severity text,
         counts text, ghsa text, facts jsonb)),
     named as (
       update incident i set title = s.title from said s join alert a on a.incident_id = s.incident
         and a.kind = s.kind and a.place ->> 'ghsa' = s.ghsa
       where i.id = s.incident and i.title = a.title and i.title <> s.title)
     update alert a set title = s.title, titles = s.titles, severity = s.severity,
       effective_severity = case when a.floor_because is not null and array_position($2::text[], a.effective_severity)
         > array_position($2::text[], s.counts) then a.effective_severity else s.counts end,
       place = (a.place - array['cve', 'epss']) || s.facts
     from said s where a.incident_id = s.incident and a.kind = s.kind and a.place ->> 'ghsa' = s.ghsa
       and (a.title <> s.title or a.severity <> s.severity or (a.place - array['cve', 'epss']) || s.facts <> a.place)`,
    [JSON.stringify(rows), severities],
  );
}
