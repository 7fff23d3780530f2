import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import type { EmbeddedConnection, EmbeddedPostgres } from '../src/store/embedded/start.ts';
import { startEmbeddedPostgres } from '../src/store/embedded/start.ts';
import { migrate } from '../src/store/migrate.ts';
import { MIGRATIONS } from '../src/store/migration-files.ts';
import { quietClient } from './store/quiet-client.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The run's PostgreSQL, and the migrated database that `testDatabase` copies. */
    postgres: { connection: EmbeddedConnection; template: string };
  }
}

const TEMPLATE = 'yagura_template';

let dataDir: string;
let postgres: EmbeddedPostgres;

/** One real PostgreSQL a run. Only here is it allowed not to wait for the disk. */
export async function setup(project: TestProject): Promise<void> {
  dataDir = mkdtempSync(join(tmpdir(), 'yagura-test-'));
  // As root without user namespaces the server is another user, who must be able to pass.
  chmodSync(dataDir, 0o711);
  postgres = await startEmbeddedPostgres({
    dataDir,
    settings: { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '200' },
  });
  await makeTemplate(postgres.connection);
  project.provide('postgres', { connection: postgres.connection, template: TEMPLATE });
}

export async function teardown(): Promise<void> {
  await postgres.stop();
  rmSync(dataDir, { recursive: true, force: true });
}

async function makeTemplate(connection: EmbeddedConnection): Promise<void> {
  const admin = quietClient(connection);
  await admin.connect();
  await admin.query(`create database ${TEMPLATE}`);
  await admin.end();
  const client = quietClient({ ...connection, database: TEMPLATE });
  await client.connect();
  await migrate(client, MIGRATIONS);
  await client.end();
}
