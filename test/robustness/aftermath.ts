import type { IncidentView } from '../../src/domain/incident-view.ts';
import type { Policy } from '../../src/domain/policy.ts';
import type { Report } from '../../src/domain/report.ts';
import { renderIssue } from '../../src/publish/render-issue.ts';
import { loadIncidentView } from '../../src/store/incident-view.ts';
import type { RunningPipeline } from '../running-pipeline.ts';

/** Everything of one incident that a turned model could have changed, or that leaves because of it. */
export interface Aftermath {
  view: IncidentView;
  report: Report;
  /** Columns that say what was decided. */
  decided: Record<string, unknown>;
  /** Recommendations, tasks, alerts' severities, commands: as rows. */
  rows: Record<string, unknown>[];
  labels: string[];
  title: string;
  /** Body and comments as they would go to GitHub. */
  texts: string[];
  /** Everything the runs' journal and the ledger hold. */
  journal: string;
  ledger: string;
}

/** Reads what there is of all incidents of a database, by id. */
export async function seeIncidents(pipeline: RunningPipeline, policy: Policy): Promise<Map<string, Aftermath>> {
  const decided = await byIncident(
    pipeline,
    `select id as incident, status, severity, severity_by, verdict, verdict_by, verdict_why, owner, snoozed_until, merged_into,
       closed_at, closed_by, title, issue, alert_count from incident`,
  );
  const rows = await byIncident(
    pipeline,
    `select incident_id as incident, 'recommendation' as what, to_jsonb(r) - 'incident_id' as row from recommendation r
     union all select incident_id, 'task', to_jsonb(t) from task t
     union all select incident_id, 'command', to_jsonb(c) from command c
     union all select incident_id, 'alert', jsonb_build_object('id', id, 'severity', severity, 'effective', effective_severity) from alert
     order by 1, 2, 3`,
  );
  const comments = await byIncident(
    pipeline,
    `select incident_id as incident, text from publication where text is not null order by id`,
  );
  const journal = await byIncident(
    pipeline,
    `select incident_id as incident, coalesce(i.brief::text, '') || coalesce(i.outcome::text, '') ||
       coalesce((select string_agg(s.reply::text, E'\\n') from investigation_step s where s.investigation_id = i.id), '') as text
     from investigation i`,
  );
  const ledger = await byIncident(
    pipeline,
    `select incident_id as incident, body as text from ledger where incident_id is not null`,
  );
  const seen = new Map<string, Aftermath>();
  for (const [id, [row]] of decided) {
    const view = await loadIncidentView(pipeline.store, id, {
      policy: { current: () => policy, banner: () => undefined },
      now: pipeline.now,
    });
    if (!view?.report || !row) throw new Error(`incident ${id} has no report`);
    const issue = renderIssue(view);
    seen.set(id, {
      view,
      report: view.report,
      decided: row,
      rows: rows.get(id) ?? [],
      labels: issue.labels.map((label) => label.name).sort(),
      title: issue.title,
      texts: [issue.body, ...textsOf(comments, id)],
      journal: textsOf(journal, id).join('\n'),
      ledger: textsOf(ledger, id).join('\n'),
    });
  }
  return seen;
}

type Rows = Map<string, Record<string, unknown>[]>;

async function byIncident(pipeline: RunningPipeline, sql: string): Promise<Rows> {
  const found = await pipeline.rows<Record<string, unknown>>(sql);
  return Map.groupBy(found, (row) => String(row.incident));
}

function textsOf(rows: Rows, id: string): string[] {
  return (rows.get(id) ?? []).map((row) => String(row.text));
}
