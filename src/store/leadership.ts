import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { YaguraError } from '../domain/error.ts';

/** The lock by which one Yagura works on a database at a time; any number that nothing else uses. */
const leaderLock = 794_201;

/** The server notices that a killed Yagura is gone only when it next writes to it: until then the lock is not free. */
const predecessorMs = 10_000;

/** This process's hold on the database. It ends with the connection it was taken on. */
export interface Leadership {
  /** Throws `YaguraError('database')` while the database is not ours alone. */
  assert(): void;
  /** Takes it again after the connection was lost; resolves when it is ours, throws when it is another's. */
  take(): Promise<void>;
  release(): void;
}

/** Two on one database would both publish, so whoever has lost the lock does nothing until it is taken again. */
export function createLeadership(pool: pg.Pool, onLost: () => void, patienceMs = predecessorMs): Leadership {
  let holder: pg.PoolClient | undefined;

  function lose(client: pg.PoolClient, error: Error): void {
    if (holder !== client) return;
    holder = undefined;
    client.release(error);
    onLost();
  }

  async function attempt(): Promise<boolean> {
    const client = await pool.connect();
    let ended: Error | undefined;
    client.on('error', (error) => {
      ended = error;
      lose(client, error);
    });
    const asked = await client
      .query<{ held: boolean }>('select pg_try_advisory_lock($1) as held', [leaderLock])
      .catch((error: Error) => {
        client.release(error);
        throw error;
      });
    if (ended) {
      // It ended right behind its answer: the lock is gone with it.
      client.release(ended);
      throw ended;
    }
    if (asked.rows[0]?.held) holder = client;
    else client.release(true);
    return holder === client;
  }

  return {
    assert() {
      if (!holder) throw new YaguraError('database', 'The database is not ours to use at the moment.');
    },
    async take() {
      const deadline = performance.now() + patienceMs;
      while (holder === undefined && !(await attempt())) {
        if (performance.now() > deadline)
          throw new YaguraError('database', 'Another Yagura works on this database.', { hint: 'Stop it first.' });
        await sleep(100);
      }
    },
    release() {
      const client = holder;
      holder = undefined;
      client?.release(true);
    },
  };
}
