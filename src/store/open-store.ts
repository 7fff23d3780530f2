import pg from 'pg';
import { YaguraError } from '../domain/error.ts';
import type { Store } from '../ports.ts';
import { startEmbeddedPostgres } from './embedded/start.ts';
import { migrate } from './migrate.ts';
import { createStore } from './store.ts';

/** Connections of the pool: one for each worker and some for requests. */
const poolSize = 16;

/** The lock by which one Yagura works on a database at a time; any number that nothing else uses. */
const leaderLock = 794_201;

/**
 * Opens the store: `DATABASE_URL`, or an embedded PostgreSQL in the data directory. Migrated, and held by this process
 * alone: a second one waits in line outside, since two would both publish.
 */
export async function openStore(
  settings: { databaseUrl: string | undefined; dataDir: string },
  io: { signal: AbortSignal; say(line: string): void; onGone(line: string): void },
): Promise<{ store: Store; close(): Promise<void> }> {
  const server =
    settings.databaseUrl === undefined
      ? await startEmbeddedPostgres({ dataDir: settings.dataDir, onProgress: io.say, signal: io.signal })
      : undefined;
  const pool = new pg.Pool({
    ...(server ? server.connection : { connectionString: settings.databaseUrl }),
    max: poolSize,
  });
  // A connection that dies while idle is replaced; whoever needed it gets the error.
  pool.on('error', (error) => io.onGone(`database connection: ${error.message}`));
  const close = async () => {
    await pool.end();
    await server?.stop();
  };
  try {
    await migrate(pool, new URL('./migrations/', import.meta.url).pathname);
    const leader = await pool.connect();
    const held = await leader.query<{ held: boolean }>('select pg_try_advisory_lock($1) as held', [leaderLock]);
    if (!held.rows[0]?.held)
      throw new YaguraError('database', 'Another Yagura works on this database.', { hint: 'Stop it first.' });
    return {
      store: createStore(pool),
      async close() {
        leader.release();
        await close();
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
}
