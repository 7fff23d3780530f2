import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, Pool } from 'pg';
import { startEmbeddedPostgres } from '../../src/store/embedded/start.ts';
import { migrate } from '../../src/store/migrate.ts';
import { MIGRATIONS } from '../../src/store/migration-files.ts';
import type { FreshDatabase } from './evaluate.ts';

/** A real PostgreSQL of the evaluation's own, gone with everything in it when disposed of. */
export async function evalPostgres(): Promise<{ fresh: FreshDatabase } & AsyncDisposable> {
  const dataDir = mkdtempSync(join(tmpdir(), 'yagura-eval-'));
  // As root without user namespaces the server is another user, who must be able to pass.
  chmodSync(dataDir, 0o711);
  const server = await startEmbeddedPostgres({ dataDir, settings: { fsync: 'off', synchronous_commit: 'off' } });
  const admin = new Client(server.connection);
  await admin.connect();
  await admin.query('create database eval_template');
  const template = new Client({ ...server.connection, database: 'eval_template' });
  await template.connect();
  await migrate(template, MIGRATIONS);
  await template.end();
  let made = 0;
  return {
    async fresh() {
      made += 1;
      const database = `eval_${made}`;
      await admin.query(`create database ${database} template eval_template`);
      const pool = new Pool({ ...server.connection, database, max: 4 });
      return {
        pool,
        async [Symbol.asyncDispose]() {
          await pool.end();
          await admin.query(`drop database ${database}`);
        },
      };
    },
    async [Symbol.asyncDispose]() {
      await admin.end();
      await server.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
