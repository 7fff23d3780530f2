import { type ClientBase, Pool } from 'pg';
import type { Sql } from '../../ports/store.ts';
import type { CliIo } from '../command.ts';
import { withDatabase } from '../with-database.ts';
import { once } from './once.ts';

/** Connections for reading only, opened by the first who asks and kept until `close`. */
export interface OpenDatabase extends Sql {
  /** One connection for as long as `work` takes. */
  using<T>(work: (client: ClientBase) => Promise<T>): Promise<T>;
}

/** Milliseconds until a server that does not answer is given up, and a question with it. */
const patienceMs = { connect: 8_000, question: 45_000 } as const;

/**
 * The database of the environment: beside a Yagura that runs on it, or on a server of its own that ends with `close`.
 * `read` throws what cannot be reached, and `YaguraError('data-directory')` where none was made yet.
 */
export function openDatabase(io: CliIo): { read: () => Promise<OpenDatabase>; close(): Promise<void> } {
  const closing = Promise.withResolvers<void>();
  let work: Promise<void> = Promise.resolve();
  const read = once(() => {
    const opened = Promise.withResolvers<OpenDatabase>();
    work = withDatabase(io, { mustExist: true }, async (connection) => {
      const pool = new Pool({
        ...connection,
        max: 3,
        connectionTimeoutMillis: patienceMs.connect,
        options: `-c default_transaction_read_only=on -c statement_timeout=${patienceMs.question}`,
      });
      pool.on('error', () => undefined);
      try {
        await pool.query('select 1');
        opened.resolve(readerOf(pool));
        await closing.promise;
      } finally {
        await pool.end();
      }
    }).catch(opened.reject);
    return opened.promise;
  });
  return {
    read,
    async close() {
      closing.resolve();
      await work;
    },
  };
}

function readerOf(pool: Pool): OpenDatabase {
  return {
    async query(text, values) {
      const { rows, rowCount } = await pool.query(text, values);
      return { rows, rowCount: rowCount ?? 0 };
    },
    async using(work) {
      const client = await pool.connect();
      try {
        return await work(client);
      } finally {
        client.release();
      }
    },
  };
}
