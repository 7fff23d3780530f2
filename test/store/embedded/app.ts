// A small application of its own process, for tests that kill it. Prints one JSON value a line.
import { Client } from 'pg';
import { sentenceOf } from '../../../src/domain/error.ts';
import type { RootMode } from '../../../src/store/embedded/server-user.ts';
import { startEmbeddedPostgres } from '../../../src/store/embedded/start.ts';

function say(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value)}\n`);
}

const [dataDir = '', work = 'idle', mode] = process.argv.slice(2);
const rootMode: { rootMode?: RootMode } =
  mode === 'user-namespace' || mode === 'unprivileged-user' ? { rootMode: mode } : {};
try {
  const postgres = await startEmbeddedPostgres({
    dataDir,
    onProgress: (progress) => say({ progress }),
    // Only what is about acknowledged rows must wait for the disk.
    settings: work === 'insert' ? {} : { fsync: 'off' },
    ...rootMode,
  });
  process.once('SIGTERM', () => void postgres.stop().then(() => process.exit(0)));
  say({ pid: postgres.pid(), connection: postgres.connection });
  if (work === 'count') await count(postgres.connection);
  if (work === 'insert') await insertForEver(postgres.connection);
} catch (error) {
  say({ error: sentenceOf(error) });
  process.exitCode = 2;
}

/** Says how often this database has been asked. */
async function count(connection: object): Promise<void> {
  const client = new Client(connection);
  await client.connect();
  await client.query('create table if not exists visit (at timestamptz)');
  await client.query('insert into visit values (now())');
  const { rows } = await client.query<{ visits: number }>('select count(*)::int as visits from visit');
  await client.end();
  say(rows[0]);
}

/** Says a number only after the database has acknowledged it. */
async function insertForEver(connection: object): Promise<never> {
  const client = new Client(connection);
  // Tests kill the server first; the next insert fails then.
  client.on('error', () => undefined);
  await client.connect();
  await client.query('create table if not exists row (id int primary key, filler text)');
  const { rows } = await client.query<{ next: number }>('select coalesce(max(id), 0) + 1 as next from row');
  for (let id = rows[0]?.next ?? 1; ; id++) {
    await client.query("insert into row values ($1, repeat('x', 500))", [id]);
    say({ acknowledged: id });
  }
}
