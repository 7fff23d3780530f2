import { type RunningPipeline, runningPipeline } from './running-pipeline.ts';

export const start = Date.parse('2026-03-01T12:00:00Z');
export const minute = 60_000;
export const hour = 60 * minute;

/** Runs `work` on a pipeline of its own. */
export async function within(work: (pipe: RunningPipeline) => Promise<void>): Promise<void> {
  await using pipe = await runningPipeline();
  await work(pipe);
}

/** A generic alert that happened so many minutes after the start. */
export function alert(title: string, after: number, fields: object = {}): object {
  return { title, time: new Date(start + after * minute).toISOString(), ...fields };
}

export const incidents = (pipe: RunningPipeline) =>
  pipe.rows<{ id: string; status: string; into: string | null; severity: string; n: number; related: string | null }>(
    `select id, status, merged_into as into, severity, alert_count as n, related_issue as related from incident order by id`,
  );

/** Titles of each incident that has alerts: who is together with whom. */
export async function together(pipe: RunningPipeline): Promise<string[]> {
  const found = await pipe.rows<{ titles: string }>(
    `select string_agg(title, ', ' order by title) as titles from alert group by incident_id order by 1`,
  );
  return found.map((row) => row.titles);
}

export async function ledger(pipe: RunningPipeline, kind: string) {
  const rows = await pipe.rows<{ incident: string; commit: string; body: string }>(
    'select incident_id as incident, policy_commit as commit, body from ledger where kind = $1 order by seq',
    [kind],
  );
  return rows.map((row) => ({ ...row, body: JSON.parse(row.body) as Record<string, unknown> }));
}

/** An entity as a generic alert lists it. */
export function host(value: string) {
  return { type: 'host', value };
}
