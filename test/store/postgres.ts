import { randomBytes } from 'node:crypto';
import { Pool } from 'pg';
import { inject } from 'vitest';
import type { EmbeddedConnection } from '../../src/store/embedded/start.ts';
import { quietClient } from './quiet-client.ts';

/** A database of one test's own, on the run's PostgreSQL; `await using` removes it at the end of the block. */
export interface TestDatabase extends AsyncDisposable {
  connection: EmbeddedConnection;
  /** The same, as a DATABASE_URL. */
  url: string;
  pool: Pool;
}

/** Makes a new database with the current schema, or with `{ schema: 'none' }` an empty one. Takes some 20 ms. */
export async function testDatabase(options: { schema?: 'current' | 'none' } = {}): Promise<TestDatabase> {
  const { connection: server, template } = inject('postgres');
  const database = `test_${randomBytes(6).toString('hex')}`;
  const from = options.schema === 'none' ? 'template0' : template;
  // Whole files: by its log PostgreSQL copies page by page, three times as slowly.
  await asAdmin(server, `create database ${database} template ${from} strategy file_copy`);
  const connection = { ...server, database };
  const pool = new Pool({ ...connection, max: 10 });
  // A connection that is still saying goodbye when its database is dropped is told so, with nobody left to listen.
  pool.on('connect', (client) => client.on('error', () => undefined));
  pool.on('error', () => undefined);
  return {
    connection,
    url: `postgres://${server.user}@/${database}?host=${encodeURIComponent(server.host)}&port=${server.port}`,
    pool,
    async [Symbol.asyncDispose]() {
      if (!pool.ended) await pool.end();
      await asAdmin(server, `drop database ${database} with (force)`);
    },
  };
}

async function asAdmin(server: EmbeddedConnection, statement: string): Promise<void> {
  const client = quietClient({ ...server, database: 'postgres' });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
