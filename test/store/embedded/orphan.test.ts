import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isServerOf, readPostmasterFile } from '../../../src/store/embedded/postmaster-file.ts';
import type { EmbeddedPostgres } from '../../../src/store/embedded/start.ts';
import { startEmbeddedPostgres } from '../../../src/store/embedded/start.ts';
import { scratch } from '../../scratch.ts';
import { quietClient } from '../quiet-client.ts';
import { processesNaming } from './processes-naming.ts';
import type { AppLine } from './run-app.ts';
import { endApps, runApp } from './run-app.ts';

let dir: string;
let dataDir: string;
let cluster: string;
const running: EmbeddedPostgres[] = [];
const others: ChildProcess[] = [];

beforeEach(() => {
  dir = scratch('orphan');
  // As root without user namespaces the server is another user, who must be able to pass.
  chmodSync(dir, 0o711);
  dataDir = join(dir, 'state');
  cluster = join(dataDir, 'postgres');
});

afterEach(async () => {
  await endApps();
  for (const postgres of running.splice(0)) await postgres.stop();
  for (const other of others.splice(0)) other.kill('SIGKILL');
  rmSync(dir, { recursive: true, force: true });
});

async function start(lines: string[] = []): Promise<EmbeddedPostgres> {
  const postgres = await startEmbeddedPostgres({ dataDir, onProgress: (line) => lines.push(line) });
  running.push(postgres);
  return postgres;
}

async function rows(postgres: EmbeddedPostgres): Promise<number[]> {
  const client = quietClient(postgres.connection);
  await client.connect();
  const result = await client.query<{ id: number }>('select id from row order by id');
  await client.end();
  return result.rows.map(({ id }) => id);
}

function acknowledged(lines: AppLine[]): number[] {
  return lines.flatMap((line) => line.acknowledged ?? []);
}

/** The servers on this directory; its children bear other titles. */
function servers(): string[] {
  return processesNaming(`-D ${cluster}`).filter((line) => /bin\/postgres /.test(line));
}

describe('after kill -9 of the application', () => {
  it('its server is stopped and replaced: one server, and no acknowledged row lost', async () => {
    const seen = new Set<number>();
    for (let round = 1; round <= 4; round++) {
      const app = runApp(dataDir, { work: 'insert' });
      await app.until(({ acknowledged: id }) => id !== undefined && !seen.has(id));
      await sleep(20 * round);
      await app.kill('SIGKILL');
      for (const id of acknowledged(app.lines)) seen.add(id);
      expect(servers()).toHaveLength(1);
    }
    const lines: string[] = [];
    const postgres = await start(lines);
    expect(lines).toContainEqual(expect.stringMatching(/^Stopping the PostgreSQL that an earlier Yagura left running/));
    expect(servers()).toHaveLength(1);
    expect(isServerOf(postgres.pid(), cluster)).toBe(true);
    const kept = new Set(await rows(postgres));
    expect(seen.size).toBeGreaterThan(4);
    expect([...seen].filter((id) => !kept.has(id))).toEqual([]);
  });

  it('and of its server, recovery loses no acknowledged row', async () => {
    const app = runApp(dataDir, { work: 'insert' });
    const { pid = 0 } = await app.until((line) => line.pid !== undefined);
    await app.until(({ acknowledged: id }) => id !== undefined && id > 50);
    process.kill(pid, 'SIGKILL');
    await app.kill('SIGKILL');
    const kept = new Set(await rows(await start()));
    expect(acknowledged(app.lines).filter((id) => !kept.has(id))).toEqual([]);
  });

  it('waits for a child of the dead server that is still at work', async () => {
    const app = runApp(dataDir);
    const { pid = 0, connection } = await app.until((line) => line.pid !== undefined);
    const client = quietClient(connection);
    await client.connect();
    const working = client.query('select count(*) from generate_series(1, 4000000) a').catch(() => undefined);
    await sleep(100);
    process.kill(pid, 'SIGKILL');
    await app.kill('SIGKILL');
    const postgres = await start();
    expect(servers()).toHaveLength(1);
    expect(isServerOf(postgres.pid(), cluster)).toBe(true);
    await working;
    await client.end();
  });

  it('the server is found when the directory is reached by another path', async () => {
    const app = runApp(dataDir);
    await app.until((line) => line.pid !== undefined);
    await app.kill('SIGKILL');
    symlinkSync(dataDir, join(dir, 'link'));
    dataDir = join(dir, 'link');
    await start();
    expect(servers()).toHaveLength(1);
  });
});

describe('the file of a dead server', () => {
  /** A directory whose server was killed, its file naming `pid`. */
  async function deadServerNamed(pid: number): Promise<void> {
    const app = runApp(dataDir, { work: 'insert' });
    const line = await app.until(({ pid }) => pid !== undefined);
    await app.until((said) => said.acknowledged === 3);
    process.kill(line.pid ?? 0, 'SIGKILL');
    await app.kill('SIGKILL');
    const path = join(cluster, 'postmaster.pid');
    const [, ...rest] = readFileSync(path, 'utf8').split('\n');
    writeFileSync(path, [String(pid), ...rest].join('\n'));
    expect(readPostmasterFile(cluster)?.pid).toBe(pid);
  }

  it('does not stop the start when another program has its number, and that program lives on', async () => {
    const other = spawn('sleep', ['600']);
    others.push(other);
    await deadServerNamed(other.pid ?? 0);
    expect((await rows(await start())).slice(0, 3)).toEqual([1, 2, 3]);
    expect(other.exitCode ?? other.signalCode).toBeNull();
  });

  it("does not stop the start when another directory's server has its number, and that server lives on", async () => {
    const neighbour = await startEmbeddedPostgres({ dataDir: join(dir, 'neighbour'), settings: { fsync: 'off' } });
    running.push(neighbour);
    let exits = 0;
    neighbour.onExit(() => exits++);
    await deadServerNamed(neighbour.pid());
    expect((await rows(await start())).slice(0, 3)).toEqual([1, 2, 3]);
    expect(exits).toBe(0);
  });

  it('does not stop the start when its number is a zombie that nobody reaps', async () => {
    // sh starts a program that ends at once and becomes another that never asks for its children.
    const parent = spawn('sh', ['-c', 'true & echo $!; exec sleep 600'], { stdio: ['ignore', 'pipe', 'ignore'] });
    others.push(parent);
    const [said] = await once(parent.stdout, 'data');
    await deadServerNamed(Number(String(said).trim()));
    expect((await rows(await start())).slice(0, 3)).toEqual([1, 2, 3]);
  });
});
