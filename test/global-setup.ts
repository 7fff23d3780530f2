import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import type { EmbeddedConnection, EmbeddedPostgres } from '../src/store/embedded/start.ts';
import { startEmbeddedPostgres } from '../src/store/embedded/start.ts';
import { migrate } from '../src/store/migrate.ts';
import { MIGRATIONS } from '../src/store/migration-files.ts';
import { runFolder } from './run-folder.ts';
import { quietClient } from './store/quiet-client.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The run's PostgreSQL, and the migrated database that `testDatabase` copies. */
    postgres: { connection: EmbeddedConnection; template: string };
  }
}

const TEMPLATE = 'yagura_template';
const POSTGRES = 'postgres';

/** What may lie in the temporary directory at the end: the run's own, and what Node and Chromium keep for themselves. */
const expected = /^(?:postgres|node-compile-cache|\..*)$/;

let temporary: string;
let postgres: EmbeddedPostgres;

/**
 * One real PostgreSQL a run; only here is it allowed not to wait for the disk. And one temporary directory a run, for
 * tests and the processes they start, killed ones too: what is left in it was left by this run and by no other.
 */
export async function setup(project: TestProject): Promise<void> {
  temporary = mkdtempSync(join(runFolder(), 'yagura-'));
  process.env.TMPDIR = temporary;
  const dataDir = join(temporary, POSTGRES);
  mkdirSync(dataDir);
  // As root without user namespaces the server is another user, who must be able to pass.
  for (const dir of [temporary, dataDir]) chmodSync(dir, 0o711);
  postgres = await startEmbeddedPostgres({
    dataDir,
    settings: { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '200' },
  });
  await makeTemplate(postgres.connection);
  project.provide('postgres', { connection: postgres.connection, template: TEMPLATE });
}

/** Fails the run when a test left something behind. */
export async function teardown(): Promise<void> {
  await postgres.stop();
  const left = readdirSync(temporary).filter((name) => !expected.test(name));
  rmSync(temporary, { recursive: true, force: true });
  if (left.length > 0)
    throw new Error(`Tests left in the temporary directory: ${left.join(', ')}. See test/scratch.ts.`);
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
