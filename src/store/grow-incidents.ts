import type { Triaged } from '../domain/alert.ts';
import { atLeast, maxSeverity, type Severity, severities } from '../domain/severity.ts';
import type { Sql } from '../ports/store.ts';
import type { PlacedAlert } from './alerts.ts';

/** An incident that people know, which an alert made high or critical. */
export interface Raised {
  incident: string;
  from: Severity;
  to: Severity;
  /** The alert that did it. */
  by: Triaged;
  /** Whether its issue stands. */
  shown: boolean;
}

interface Grown {
  n: number;
  first: number;
  last: number;
  top: Triaged;
  /** Something happened: not everything only says anew what was known. */
  wakes: boolean;
}

interface Updated {
  id: string;
  from: Severity;
  /** What an alert had to be worse than. */
  bar: Severity;
  worse: boolean;
  told: boolean;
  shown: boolean;
}

/**
 * Counts, times and severity of incidents that got alerts; each is due for the investigator. Returns their ids, those
 * whose severity people know another of, and of those that got worse what an alert had to be worse than. What a person said of the severity stands until an alert is worse than all that
 * were there; so call it before those are.
 */
export async function growIncidents(
  tx: Sql,
  now: Date,
  placed: PlacedAlert[],
): Promise<{ ids: string[]; raised: Raised[]; worseThan: Map<string, Severity> }> {
  const grown = new Map<string, Grown>();
  for (const { incident, triaged } of placed) {
    const time = triaged.alert.time.getTime();
    const one = grown.get(incident) ?? { n: 0, first: time, last: time, top: triaged, wakes: false };
    grown.set(incident, {
      n: one.n + 1,
      wakes: one.wakes || triaged.alert.update !== true,
      first: Math.min(one.first, time),
      last: Math.max(one.last, time),
      top:
        maxSeverity(one.top.effectiveSeverity, triaged.effectiveSeverity) === one.top.effectiveSeverity
          ? one.top
          : triaged,
    });
  }
  const rows = [...grown];
  const updated = await tx.query<Updated>(
    `update incident i set alert_count = i.alert_count + g.n,
       first_seen = least(i.first_seen, g.lo), last_seen = greatest(i.last_seen, g.hi),
       severity = case when g.worse then g.severity else i.severity end,
       severity_by = case when g.worse then null else i.severity_by end,
       investigate_at = case when i.status = 'open' then coalesce(i.investigate_at, $7) end,
       snoozed_until = case when g.wakes or g.worse then null else i.snoozed_until end
     from (
       select g.*, o.severity as before,
         ($6::text[])[bar.at] as bar, array_position($6::text[], g.severity) > bar.at as worse
       from unnest($1::bigint[], $2::int[], $3::timestamptz[], $4::timestamptz[], $5::text[], $8::boolean[])
         as g(id, n, lo, hi, severity, wakes)
       join incident o on o.id = g.id
       cross join lateral (select greatest(array_position($6::text[], o.severity), case when o.severity_by is not null then (
         select max(array_position($6::text[], a.effective_severity)) from alert a where a.incident_id = o.id) end) as at) as bar
     ) as g where i.id = g.id
     returning i.id, g.before as "from", g.bar, g.worse, i.report is not null as told, i.issue is not null as shown`,
    [
      rows.map(([id]) => id),
      rows.map(([, g]) => g.n),
      rows.map(([, g]) => new Date(g.first)),
      rows.map(([, g]) => new Date(g.last)),
      rows.map(([, g]) => g.top.effectiveSeverity),
      severities,
      now,
      rows.map(([, g]) => g.wakes),
    ],
  );
  // One that was not investigated yet says it with its first report.
  const raised = updated.rows.flatMap(({ id, from, worse, told, shown }): Raised[] => {
    const by = grown.get(id)?.top;
    if (!by || !worse || !told || !atLeast(by.effectiveSeverity, 'high')) return [];
    return [{ incident: id, from, to: by.effectiveSeverity, by, shown }];
  });
  const worse = updated.rows.filter((row) => row.worse);
  return { ids: rows.map(([id]) => id), raised, worseThan: new Map(worse.map(({ id, bar }) => [id, bar])) };
}
