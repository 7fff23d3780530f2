import { createReadStream } from 'node:fs';
import { createZstdDecompress } from 'node:zlib';
import type { ClientBase, ClientConfig } from 'pg';
import { Client, DatabaseError, escapeIdentifier } from 'pg';
import { YaguraError } from '../../domain/error.ts';
import { applyMigration, checkApplied, createMigrationTable, MIGRATION_LOCK } from '../migrate.ts';
import { MIGRATIONS, readMigrations } from '../migration-files.ts';
import type { BackupSummary } from './backup.ts';
import { fixTextForms, listTables, qualified, suspendRules } from './catalog.ts';
import { copyIn } from './copy-stream.ts';
import type { BackupHeader, Frame, SequenceState, TableHead } from './frames.ts';
import { damaged, decodeFrames } from './frames.ts';

/**
 * Fills an empty database from a backup, all of it or nothing: the schema the backup had, its rows, its sequences.
 *
 * The file is read through once before the database is touched. Refuses one that is damaged or of a newer schema,
 * and a database that has any table. A later `migrate` brings an older schema up to date.
 */
export async function restore(
  connection: ClientConfig,
  file: string,
  migrationsDir = MIGRATIONS,
): Promise<BackupSummary> {
  const header = await checkBackup(file);
  const migrations = readMigrations(migrationsDir);
  if (header.schema > migrations.length) {
    const numbers = `schema ${header.schema}, this one knows ${migrations.length}`;
    throw new YaguraError('schema', `${file} was written by a newer Yagura (${numbers}).`, {
      hint: 'Use that version.',
    });
  }
  checkApplied(migrations, header.migrations);
  const client = new Client(connection);
  client.on('error', () => undefined);
  await client.connect();
  try {
    await client.query('begin');
    await client.query('select pg_advisory_xact_lock($1)', [MIGRATION_LOCK]);
    await refuseTables(client);
    await createMigrationTable(client);
    for (const migration of migrations.slice(0, header.schema)) await applyMigration(client, migration);
    await fixTextForms(client);
    const resume = await suspendRules(client);
    const summary = await load(client, file);
    for (const statement of resume) await client.query(statement);
    await client.query('commit');
    await client.query('analyze');
    return { ...summary, schema: header.schema };
  } catch (error) {
    if (!(error instanceof DatabaseError)) throw error;
    throw new YaguraError('database', `${file} cannot be restored: ${error.message}.`, { cause: error });
  } finally {
    // Before the commit this rolls everything back.
    await client.end();
  }
}

/** Reads the whole file and returns its header; throws when any byte of it is not as it was written. */
export async function checkBackup(file: string): Promise<BackupHeader> {
  let header: BackupHeader | undefined;
  for await (const frame of framesOf(file)) {
    if (frame.type === 'header') header = frame.value;
  }
  if (header?.format !== 'yagura-backup') throw damaged(file, 'it has no header');
  if (header.version !== 1) throw damaged(file, `its form ${header.version} is unknown to this version`);
  return header;
}

async function* framesOf(file: string): AsyncGenerator<Frame> {
  const source = createReadStream(file);
  const bytes = createZstdDecompress();
  source.on('error', (error) => bytes.destroy(error));
  source.pipe(bytes);
  try {
    yield* decodeFrames(bytes, file);
  } catch (error) {
    throw asReadError(error, file);
  } finally {
    source.destroy();
    bytes.destroy();
  }
}

async function refuseTables(client: ClientBase): Promise<void> {
  const [table] = await listTables(client);
  if (!table) return;
  throw new YaguraError('database', `The database is not empty: it has the table ${table.name}.`, {
    hint: 'Restore into a new database, or a new YAGURA_DATA_DIR.',
  });
}

async function load(client: ClientBase, file: string): Promise<BackupSummary> {
  // What migrations put into their tables is in the backup too.
  const tables = await listTables(client);
  if (tables.length > 0) await client.query(`truncate ${tables.map(qualified).join(', ')}`);
  const summary: BackupSummary = { schema: 0, tables: 0, rows: 0 };
  const frames = framesOf(file);
  for await (const frame of { [Symbol.asyncIterator]: () => frames }) {
    if (frame.type === 'table') {
      summary.rows += await loadTable(client, frame.value, frames, file);
      summary.tables += 1;
    }
    if (frame.type === 'sequences') await setSequences(client, frame.value);
  }
  return summary;
}

/** Takes the frames of one table from the stream, up to and including its number of rows. */
async function loadTable(
  client: ClientBase,
  table: TableHead,
  frames: AsyncGenerator<Frame>,
  file: string,
): Promise<number> {
  let expected: number | undefined;
  async function* data(): AsyncGenerator<Buffer> {
    for (;;) {
      const { value: frame, done } = await frames.next();
      if (done || frame.type === 'table') throw damaged(file, `the table ${table.name} has no end`);
      if (frame.type === 'rows') {
        expected = frame.value;
        return;
      }
      if (frame.type === 'data') yield frame.value;
    }
  }
  const columns = table.columns.map(escapeIdentifier).join(', ');
  const rows = await copyIn(client, `copy ${qualified(table)} (${columns}) from stdin`, data());
  if (rows !== expected) throw damaged(file, `the table ${table.name} has ${rows} rows instead of ${expected}`);
  return rows;
}

async function setSequences(client: ClientBase, states: SequenceState[]): Promise<void> {
  for (const state of states) {
    await client.query('select setval($1::regclass, $2::bigint, $3)', [qualified(state), state.value, state.called]);
  }
}

function asReadError(error: unknown, file: string): unknown {
  if (error instanceof YaguraError) return error;
  const { code, syscall } = error as NodeJS.ErrnoException;
  if (syscall !== undefined) return new YaguraError('input', `${file} cannot be read (${code}).`, { cause: error });
  if (code?.startsWith('ZSTD') || code?.startsWith('Z_') || code === 'ERR_BUFFER_TOO_LARGE') {
    return damaged(file, 'it cannot be decompressed', error);
  }
  return error;
}
