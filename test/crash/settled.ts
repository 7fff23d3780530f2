import type { AppProcess } from './app-process.ts';
import { until } from './until.ts';

/** What still waits inside the app, by name; each is a count. */
const waiting = `select
  (select count(*) from raw_record where id > coalesce((select (value->>0)::bigint from setting where key = 'pipeline.cursor'), 0))::int as records,
  (select count(*) from publication where dirty)::int as publications,
  (select count(*) from delivery where outcome is null)::int as deliveries,
  (select count(*) from comment where state <> 'done')::int as comments,
  (select count(*) from command where state in ('pending', 'running', 'waiting'))::int as commands,
  (select count(*) from task where status in ('planned', 'applying', 'undoing'))::int as tasks,
  (select count(*) from incident where investigate_at is not null)::int as investigations`;

/** Waits until nothing waits any more; says what still does when that takes too long. */
export async function settled(app: AppProcess, withinMs: number): Promise<void> {
  let last: Record<string, number> = {};
  await until(
    async () => {
      const stuck = await app
        .rows(
          'select key, priority, attempts, error, not_before, attempted_at, incident_id from publication where dirty limit 10',
        )
        .catch(() => []);
      return `nothing waits: ${JSON.stringify(last)} ${JSON.stringify(stuck)}\n${app.lines().slice(-25).join('\n')}`;
    },
    async () => {
      [last = {}] = await app.rows<Record<string, number>>(waiting);
      return Object.values(last).every((n) => n === 0);
    },
    { withinMs, everyMs: 250 },
  );
}
