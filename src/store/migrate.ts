import type { Client, ClientBase, Pool, PoolClient } from 'pg';
import { YaguraError } from '../domain/error.ts';
import type { Migration } from './migration-files.ts';
import { readMigrations } from './migration-files.ts';

/** Held while the schema changes. Any constant, the same for every Yagura: "yagura" in the digits of a telephone. */
export const MIGRATION_LOCK = 924872;

/** What the database says of a migration it has. */
export interface AppliedMigration {
  number: number;
  name: string;
  hash: string;
}

/**
 * Brings the schema up to the newest file in `dir` and resolves to its number before and after.
 *
 * Each file runs in a transaction of its own together with its row in `schema_migration`. Starts at the same time
 * wait for one another. Refuses a database with a newer schema, and files that changed after they were applied.
 */
export async function migrate(database: Pool | Client, dir: string): Promise<{ from: number; to: number }> {
  const migrations = readMigrations(dir);
  const client = isPool(database) ? await database.connect() : database;
  try {
    await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
    try {
      await createMigrationTable(client);
      const applied = await appliedMigrations(client);
      checkApplied(migrations, applied);
      for (const migration of migrations.slice(applied.length)) await inTransaction(client, migration);
      return { from: applied.length, to: migrations.length };
    } finally {
      await client.query('select pg_advisory_unlock($1)', [MIGRATION_LOCK]);
    }
  } finally {
    if (isPool(database)) (client as PoolClient).release();
  }
}

/** Runs one file's statements and records it, in the transaction the caller has opened. */
export async function applyMigration(client: ClientBase, migration: Migration): Promise<void> {
  try {
    await client.query(migration.sql);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new YaguraError('schema', `Migration ${migration.file} failed: ${reason}.`, { cause });
  }
  const { number, name, hash } = migration;
  await client.query('insert into schema_migration (number, name, hash) values ($1, $2, $3)', [number, name, hash]);
}

/** Makes the table that remembers which files ran, where it is missing. */
export async function createMigrationTable(client: ClientBase): Promise<void> {
  await client.query(`create table if not exists schema_migration (
    number integer primary key,
    name text not null,
    hash text not null,
    at timestamptz not null default now()
  )`);
}

/** The migrations this database has, in order. */
export async function appliedMigrations(client: ClientBase): Promise<AppliedMigration[]> {
  const { rows } = await client.query<AppliedMigration>(
    'select number, name, hash from schema_migration order by number',
  );
  return rows;
}

/** Throws unless `applied` is a beginning of `migrations`, byte for byte. */
export function checkApplied(migrations: readonly Migration[], applied: readonly AppliedMigration[]): void {
  const newest = applied.at(-1);
  if (newest && newest.number > migrations.length) {
    throw new YaguraError(
      'schema',
      `This database was written by a newer Yagura (schema ${newest.number}, this one knows ${migrations.length}).`,
      { hint: 'Use that version, or restore a backup of before the change.' },
    );
  }
  for (const [index, row] of applied.entries()) {
    const file = migrations[index];
    if (file && file.number === row.number && file.hash === row.hash) continue;
    throw new YaguraError(
      'schema',
      `Migration ${row.number} (${row.name}) is not the one this database was made with.`,
      {
        hint: 'A released migration is never edited: put the file back and write a new one.',
      },
    );
  }
}

async function inTransaction(client: ClientBase, migration: Migration): Promise<void> {
  await client.query('begin');
  try {
    await applyMigration(client, migration);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw error;
  }
}

function isPool(database: Pool | Client): database is Pool {
  return 'totalCount' in database;
}
