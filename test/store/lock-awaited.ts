import { setTimeout as sleep } from 'node:timers/promises';
import type { RunningPipeline } from '../running-pipeline.ts';

/** Resolves when a connection to the database waits for another's lock, or as many as told. */
export async function lockAwaited(pipe: Pick<RunningPipeline, 'rows'>, connections = 1): Promise<void> {
  for (let left = 1000; left > 0; left -= 1) {
    const [row] = await pipe.rows<{ n: number }>(
      `select count(*)::int as n from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
    );
    if (row && row.n >= connections) return;
    await sleep(5);
  }
  throw new Error('nobody waits');
}
