import { createWriteStream, renameSync, rmSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { constants, createZstdCompress } from 'node:zlib';
import type { ClientBase, ClientConfig } from 'pg';
import { Client, escapeIdentifier } from 'pg';
import { YaguraError } from '../../domain/error.ts';
import { fsyncPath } from '../embedded/fsync-path.ts';
import { appliedMigrations, MIGRATION_LOCK } from '../migrate.ts';
import { fixTextForms, listSequences, listTables, qualified } from './catalog.ts';
import { copyOut } from './copy-stream.ts';
import type { Frame, TableHead } from './frames.ts';
import { encodeFrames } from './frames.ts';

/** What was saved. */
export interface BackupSummary {
  schema: number;
  tables: number;
  rows: number;
}

/**
 * Writes every row of the database to `file` (zstd, checksummed, mode 0600) as of one moment, while others go on
 * writing. The file appears only when it is whole and on the disk; one that was there is replaced.
 */
export async function backup(connection: ClientConfig, file: string): Promise<BackupSummary> {
  const path = resolve(file);
  const unfinished = `${path}.${process.pid}.unfinished`;
  const client = new Client(connection);
  // A lost connection also fails the query that waits for it, which is where it is reported.
  client.on('error', () => undefined);
  await client.connect();
  const summary: BackupSummary = { schema: 0, tables: 0, rows: 0 };
  try {
    // No migration may change tables under the snapshot; the lock ends with the connection.
    await client.query('select pg_advisory_lock_shared($1)', [MIGRATION_LOCK]);
    await client.query('begin transaction isolation level repeatable read, read only');
    await fixTextForms(client);
    await pipeline(
      Readable.from(encodeFrames(frames(client, summary)), { objectMode: false }),
      createZstdCompress({ params: { [constants.ZSTD_c_checksumFlag]: 1 } }),
      createWriteStream(unfinished, { flags: 'wx', mode: 0o600 }),
    );
    fsyncPath(unfinished);
    renameSync(unfinished, path);
    fsyncPath(dirname(path));
    return summary;
  } catch (error) {
    rmSync(unfinished, { force: true });
    throw asWriteError(error, path);
  } finally {
    await client.end();
  }
}

async function* frames(client: ClientBase, summary: BackupSummary): AsyncGenerator<Frame> {
  const migrations = await appliedMigrations(client);
  summary.schema = migrations.length;
  const value = { format: 'yagura-backup', version: 1, schema: summary.schema, migrations } as const;
  yield { type: 'header', value: { ...value, at: new Date().toISOString() } };
  for (const table of await listTables(client)) {
    const rows = await countRows(client, table);
    yield { type: 'table', value: table };
    for await (const block of copyOut(client, copyStatement(table))) yield { type: 'data', value: block };
    yield { type: 'rows', value: rows };
    summary.tables += 1;
    summary.rows += rows;
  }
  // After the tables: a sequence is outside the snapshot, and must not stand before a number that is in it.
  yield { type: 'sequences', value: await listSequences(client) };
}

async function countRows(client: ClientBase, table: TableHead): Promise<number> {
  const { rows } = await client.query<{ count: string }>(`select count(*) from ${qualified(table)}`);
  return Number(rows[0]?.count);
}

function copyStatement(table: TableHead): string {
  const columns = table.columns.map(escapeIdentifier).join(', ');
  // As a query, so that a partitioned table gives the rows of its partitions.
  return `copy (select ${columns} from ${qualified(table)}) to stdout`;
}

function asWriteError(error: unknown, path: string): unknown {
  const { code, syscall } = error as NodeJS.ErrnoException;
  if (syscall === undefined) return error;
  return new YaguraError('input', `The backup ${path} cannot be written (${code}).`, { cause: error });
}
