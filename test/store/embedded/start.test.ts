import { chmodSync, chownSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isServerOf } from '../../../src/store/embedded/postmaster-file.ts';
import type { EmbeddedPostgres } from '../../../src/store/embedded/start.ts';
import { startEmbeddedPostgres } from '../../../src/store/embedded/start.ts';
import { scratch } from '../../scratch.ts';
import { quietClient } from '../quiet-client.ts';
import { processesNaming } from './processes-naming.ts';
import type { AppLine } from './run-app.ts';
import { asOrdinaryUser, canBeOrdinaryUser, endApps, runApp } from './run-app.ts';

let dir: string;
let dataDir: string;
const running: EmbeddedPostgres[] = [];

beforeEach(() => {
  dir = scratch('start');
  // As root without user namespaces the server is another user, who must be able to pass.
  chmodSync(dir, 0o711);
  dataDir = join(dir, 'state');
});

afterEach(async () => {
  await endApps();
  for (const postgres of running.splice(0)) await postgres.stop();
  rmSync(dir, { recursive: true, force: true });
});

async function start(options: Partial<Parameters<typeof startEmbeddedPostgres>[0]> = {}): Promise<EmbeddedPostgres> {
  const postgres = await startEmbeddedPostgres({ dataDir, settings: { fsync: 'off' }, ...options });
  running.push(postgres);
  return postgres;
}

async function query(postgres: EmbeddedPostgres, sql: string): Promise<Record<string, unknown>[]> {
  const client = quietClient(postgres.connection);
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

describe('startEmbeddedPostgres', () => {
  it('starts a durable UTF-8 server with checksums, on a socket only', async () => {
    const postgres = await start({ settings: {} });
    const wanted = {
      fsync: 'on',
      synchronous_commit: 'on',
      full_page_writes: 'on',
      listen_addresses: '',
      data_checksums: 'on',
    };
    const names = Object.keys(wanted).map((name) => `current_setting('${name}') as ${name}`);
    expect(await query(postgres, `select ${names.join(', ')}`)).toEqual([wanted]);
    expect(
      await query(
        postgres,
        "select datlocprovider as p, datlocale as l, pg_encoding_to_char(encoding) as e from pg_database where datname = 'yagura'",
      ),
    ).toEqual([{ p: 'b', l: 'C.UTF-8', e: 'UTF8' }]);
    expect(await query(postgres, 'select inet_server_addr() as address')).toEqual([{ address: null }]);
  });

  it('keeps the data over a stop, may be stopped twice, and leaves no process', async () => {
    const first = await start();
    await query(first, 'create table kept as select 7 as value');
    const pid = first.pid();
    expect(processesNaming(dataDir)).not.toEqual([]);
    await Promise.all([first.stop(), first.stop()]);
    await first.stop();
    expect(isServerOf(pid, join(dataDir, 'postgres'))).toBe(false);
    expect(processesNaming(dataDir)).toEqual([]);
    expect(existsSync(join(dataDir, 'postgres', 'postmaster.pid'))).toBe(false);
    const lines: string[] = [];
    const second = await start({ onProgress: (line) => lines.push(line) });
    expect(await query(second, 'select value from kept')).toEqual([{ value: 7 }]);
    expect(lines).toEqual([expect.stringMatching(/^Starting PostgreSQL/)]);
  });

  it('calls back when the server dies, and starts it again on the same connection', async () => {
    const postgres = await start();
    await query(postgres, 'create table kept as select 7 as value');
    const died = new Promise((resolve) => postgres.onExit(resolve));
    process.kill(postgres.pid(), 'SIGKILL');
    expect(await died).toEqual({ code: null, signal: 'SIGKILL' });
    await postgres.restart();
    expect(await query(postgres, 'select value from kept')).toEqual([{ value: 7 }]);
  });

  it('does not call back for a stop, and refuses a restart after it', async () => {
    const postgres = await start();
    let calls = 0;
    postgres.onExit(() => calls++);
    await postgres.restart();
    await postgres.stop();
    expect(calls).toBe(0);
    await expect(postgres.restart()).rejects.toThrow('A stopped PostgreSQL cannot be restarted.');
  });

  it('puts the socket elsewhere when the path of the data directory is too long for one', async () => {
    dataDir = join(dir, 'a'.repeat(60), 'b'.repeat(60));
    const postgres = await start();
    const { host } = postgres.connection;
    expect(Buffer.byteLength(host)).toBeLessThan(100);
    expect(await query(postgres, 'select 1 as one')).toEqual([{ one: 1 }]);
    await postgres.restart();
    expect(await query(postgres, 'select 1 as one')).toEqual([{ one: 1 }]);
    await postgres.stop();
    expect(existsSync(host)).toBe(false);
  });

  it('ignores PostgreSQL variables of the environment', async () => {
    process.env.PGDATA = '/nowhere';
    process.env.PGPORT = '1';
    try {
      expect(await query(await start(), 'select 1 as one')).toEqual([{ one: 1 }]);
    } finally {
      delete process.env.PGDATA;
      delete process.env.PGPORT;
    }
  });
});

describe('startEmbeddedPostgres, when aborted', () => {
  it.each([0, 30, 150, 400, 700])(
    'after %i ms leaves no process and a directory that starts next time',
    async (delay) => {
      const stop = new AbortController();
      const starting = startEmbeddedPostgres({ dataDir, signal: stop.signal });
      const timer = setTimeout(() => stop.abort(), delay);
      // The machine may be fast enough to be done before the abort: then there is a server to stop.
      await starting.then(
        (postgres) => running.push(postgres),
        (error: unknown) => expect(String(error)).toMatch(/abort/i),
      );
      clearTimeout(timer);
      for (const postgres of running.splice(0)) await postgres.stop();
      expect(processesNaming(dir)).toEqual([]);
      expect(await query(await start(), 'select 1 as one')).toEqual([{ one: 1 }]);
    },
  );

  it('before it begins makes nothing', async () => {
    await expect(start({ signal: AbortSignal.abort() })).rejects.toThrow(/abort/i);
    expect(existsSync(dataDir)).toBe(false);
  });
});

describe('startEmbeddedPostgres refuses with one sentence', () => {
  it('a second start on the directory, from this process or another', async () => {
    await start();
    const sentence = `Another Yagura (process ${process.pid}) is using ${dataDir}.`;
    await expect(startEmbeddedPostgres({ dataDir })).rejects.toThrow(sentence);
    const app = runApp(dataDir);
    expect((await app.until(({ error }) => error !== undefined)).error).toContain(sentence);
  });

  it('all but one of several starts at once', async () => {
    const apps = [1, 2, 3].map(() => runApp(dataDir));
    const answers = await Promise.all(apps.map((app) => app.until(isAnswer)));
    await Promise.all(apps.map((app) => app.kill('SIGTERM')));
    expect(answers.filter(({ pid }) => pid !== undefined)).toHaveLength(1);
    expect(answers.filter(({ error }) => error?.includes('Another Yagura'))).toHaveLength(2);
  });

  it('a path that is a file, or below one', async () => {
    writeFileSync(dataDir, '');
    await expect(start()).rejects.toThrow(`The data directory ${dataDir} is not a directory.`);
    dataDir = join(dataDir, 'below');
    await expect(start()).rejects.toThrow(`The data directory ${dataDir} is not a directory.`);
  });

  it('a cluster of another PostgreSQL', async () => {
    mkdirSync(join(dataDir, 'postgres'), { recursive: true });
    // Root's own cluster would be refused before where there are no user namespaces.
    if (process.getuid?.() === 0) chownSync(join(dataDir, 'postgres'), 65534, 65534);
    await expect(start()).rejects.toThrow(/is not a PostgreSQL data directory/);
    writeFileSync(join(dataDir, 'postgres', 'PG_VERSION'), '19\n');
    await expect(start()).rejects.toThrow(/was written by PostgreSQL 19, this Yagura brings 18\./);
    expect(readFileSync(join(dataDir, 'postgres', 'PG_VERSION'), 'utf8')).toBe('19\n');
  });

  it('settings the server does not take, with its own words and where its log is', async () => {
    const error = await start({ settings: { shared_buffers: 'much' } }).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ message: expect.stringMatching(/^PostgreSQL did not start: .*shared_buffers/) });
    expect(error).toMatchObject({ hint: `Its log is ${join(dataDir, 'postgres.log')}.` });
    expect(await query(await start(), 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  it.skipIf(!canBeOrdinaryUser)('a directory it may not write (needs user namespaces when root)', async () => {
    mkdirSync(dataDir);
    chmodSync(dataDir, 0o555);
    const app = runApp(dataDir, { prefix: asOrdinaryUser });
    expect((await app.until(isAnswer)).error).toContain(`The data directory ${dataDir} cannot be written (EACCES).`);
  });
});

function isAnswer({ pid, error }: AppLine): boolean {
  return pid !== undefined || error !== undefined;
}
