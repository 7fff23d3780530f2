import type pg from 'pg';
import type { Store } from '../ports.ts';

/**
 * The store over a `pg` pool. `bigint` columns come back as text, since ids are opaque to everyone above.
 */
export function createStore(pool: pg.Pool): Store {
  return {
    query: (text, values) => run(pool, text, values),
    async transaction(work) {
      const client = await pool.connect();
      let broken: Error | undefined;
      // A connection that dies between two statements is an event; whoever uses it hears of it by the next statement.
      const onLost = (error: Error) => {
        broken = error;
      };
      client.on('error', onLost);
      try {
        await client.query('begin');
        const result = await work({ query: (text, values) => run(client, text, values) });
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
    },
    close: () => pool.end(),
  };
}

async function run<Row>(
  on: pg.Pool | pg.PoolClient,
  text: string,
  values: unknown[] | undefined,
): Promise<{ rows: Row[]; rowCount: number }> {
  const result = await on.query(text, values);
  return { rows: result.rows as Row[], rowCount: result.rowCount ?? 0 };
}
