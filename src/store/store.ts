import type pg from 'pg';
import type { Sql, Store } from '../ports/store.ts';
import { copyQuery } from './copy-query.ts';

/**
 * The store over a `pg` pool. `bigint` columns come back as text, since ids are opaque to everyone above.
 */
export function createStore(pool: pg.Pool): Store {
  return {
    query: (text, values, name) => run(pool, text, values, name),
    transaction: (work) => againAfterDeadlock(() => once(pool, work)),
    copy: (statements, data) => copy(pool, statements, data),
    close: () => pool.end(),
  };
}

/** Times one transaction is run again when PostgreSQL gave it up for another's sake (40P01, 40001): nothing of it stands. */
const attempts = 4;

async function againAfterDeadlock<T>(run: () => Promise<T>): Promise<T> {
  for (let left = attempts; ; left -= 1) {
    try {
      return await run();
    } catch (error) {
      const code = (error as { code?: unknown }).code;
      if (left <= 1 || (code !== '40P01' && code !== '40001')) throw error;
    }
  }
}

async function once<T>(pool: pg.Pool, work: (tx: Sql) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  // A connection that dies between two statements is an event; whoever uses it hears of it by the next statement.
  const onLost = (error: Error) => {
    broken = error;
  };
  client.on('error', onLost);
  try {
    await client.query('begin');
    const result = await work({ query: (text, values, name) => run(client, text, values, name) });
    const { command } = await client.query('commit');
    // PostgreSQL answers so, without an error, when a statement of it failed and `work` went on all the same.
    if (command !== 'COMMIT') throw new Error('The transaction was rolled back: one of its statements had failed.');
    return result;
  } catch (error) {
    await client.query('rollback').catch((cause: Error) => {
      broken = cause;
    });
    throw error;
  } finally {
    client.off('error', onLost);
    client.release(broken);
  }
}

async function copy<Row>(pool: pg.Pool, statements: string, data: Buffer): Promise<{ rows: Row[] }[]> {
  const client = await pool.connect();
  try {
    return await copyQuery(client, statements, data);
  } finally {
    client.release();
  }
}

async function run<Row>(
  on: pg.Pool | pg.PoolClient,
  text: string,
  values: unknown[] | undefined,
  name: string | undefined,
): Promise<{ rows: Row[]; rowCount: number }> {
  const result = await on.query({ text, ...(values && { values }), ...(name && { name }) });
  return { rows: result.rows as Row[], rowCount: result.rowCount ?? 0 };
}
