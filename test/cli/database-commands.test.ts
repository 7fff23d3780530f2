import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import type { Pool } from 'pg';
import { beforeEach, describe, expect, it } from 'vitest';
import { main } from '../../src/cli/main.ts';
import { startEmbeddedPostgres } from '../../src/store/embedded/start.ts';
import { appendLedger } from '../../src/store/ledger.ts';
import { migrate } from '../../src/store/migrate.ts';
import { MIGRATIONS } from '../../src/store/migration-files.ts';
import { openPool } from '../../src/store/pool.ts';
import { scratch } from '../scratch.ts';
import { processesNaming } from '../store/embedded/processes-naming.ts';
import { testDatabase } from '../store/postgres.ts';

let dir: string;

beforeEach(() => {
  dir = scratch('cli');
  // As root without user namespaces the server is another user, who must be able to pass.
  chmodSync(dir, 0o711);
});

async function yagura(args: string[], env: Record<string, string> = {}) {
  const said = { stdout: '', stderr: '' };
  const into = (name: 'stdout' | 'stderr') =>
    new Writable({
      write(chunk, _, done) {
        said[name] += String(chunk);
        done();
      },
    });
  const io = { stdin: process.stdin, stdout: into('stdout'), stderr: into('stderr'), env, cwd: dir };
  const code = await main(args, io);
  return { code, ...said };
}

async function fillLedger(pool: Pool): Promise<void> {
  const entries = [1, 2, 3].map((n) => ({ kind: 'verdict' as const, incidentId: null, body: { n } }));
  const tx = await pool.connect();
  await tx.query('begin');
  await appendLedger(tx, new Date('2026-03-01T12:00:00Z'), 'abc', entries);
  await tx.query('commit');
  tx.release();
}

describe('backup, restore and ledger verify', () => {
  it('work on the embedded database, beside a running Yagura and without one', async () => {
    const postgres = await startEmbeddedPostgres({ dataDir: join(dir, '.yagura') });
    const pool = openPool(postgres.connection, () => undefined);
    await migrate(pool, MIGRATIONS);
    await fillLedger(pool);
    expect(await yagura(['backup', 'running'])).toMatchObject({ code: 0, stderr: '' });
    expect(await yagura(['ledger', 'verify'])).toMatchObject({ code: 0, stderr: '' });
    await pool.end();
    await postgres.stop();
    expect(await yagura(['backup', 'stopped'])).toMatchObject({ code: 0 });
    for (const file of ['running', 'stopped']) {
      const env = { YAGURA_DATA_DIR: `from-${file}` };
      const restored = await yagura(['restore', file], env);
      expect(restored).toMatchObject({ code: 0, stdout: expect.stringMatching(/^Restored \d+ rows of \d+ tables/) });
      const verified = await yagura(['ledger', 'verify'], env);
      expect(verified).toMatchObject({ code: 0, stdout: expect.stringMatching(/^The ledger is whole: 3 rows/) });
    }
    expect(processesNaming(dir)).toEqual([]);
  });

  it('work on DATABASE_URL, and verify names the row that was changed', async () => {
    await using database = await testDatabase();
    await fillLedger(database.pool);
    const env = { DATABASE_URL: database.url };
    expect(await yagura(['backup', 'saved'], env)).toMatchObject({ code: 0 });
    await using empty = await testDatabase({ schema: 'none' });
    expect(await yagura(['restore', 'saved'], { DATABASE_URL: empty.url })).toMatchObject({ code: 0 });
    await empty.pool.query("alter table ledger disable trigger user; update ledger set body = '{}' where seq = 2");
    expect(await yagura(['ledger', 'verify'], { DATABASE_URL: empty.url })).toEqual({
      code: 1,
      stdout: 'The ledger is not whole: row 2 was changed\n',
      stderr: '',
    });
    expect(existsSync(join(dir, '.yagura'))).toBe(false);
  });

  it('refuse wrong use in one line', async () => {
    for (const args of [['backup'], ['restore', 'a', 'b'], ['ledger'], ['ledger', 'mend']]) {
      const { code, stdout, stderr } = await yagura(args);
      expect({ code, stdout, lines: stderr.split('\n').length }).toEqual({ code: 2, stdout: '', lines: 2 });
    }
    expect(readdirSync(dir)).toEqual([]);
  });

  it('leave no server when interrupted', async () => {
    const path = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));
    const child = spawn(process.execPath, [path, 'restore', 'nothing'], {
      cwd: dir,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    await once(child.stderr, 'data');
    child.kill('SIGINT');
    await once(child, 'exit');
    expect(processesNaming(dir)).toEqual([]);
  });
});
