import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { findRunning } from '../../src/store/embedded/find-running.ts';
import { recordedHome } from '../../src/store/embedded/place.ts';
import { readPostmasterFile } from '../../src/store/embedded/postmaster-file.ts';
import { quietClient } from '../store/quiet-client.ts';
import { runYagura, type YaguraProcess } from './process.ts';
import { until } from './until.ts';

export const ingestToken = 'test-ingest-token';

/** What the app answers to records. */
export interface Accepted {
  accepted: number;
  duplicates: number;
  ids: string[];
}

/** The app in a process of its own that can be killed and started again on the same data. */
export interface AppProcess {
  url: string;
  dataDir: string;
  /** Lines of every run so far. */
  lines(): string[];
  running(): boolean;
  start(): void;
  /** Starts it and waits until it serves. */
  up(): Promise<void>;
  /** kill -9, of its PostgreSQL first when asked. */
  kill(options?: { database?: boolean }): Promise<void>;
  /** Process number of its PostgreSQL; undefined when none runs. */
  databasePid(): number | undefined;
  stop(): Promise<void>;
  /** One attempt to send records; throws when it is not acknowledged. */
  post(records: unknown[], headers?: Record<string, string>): Promise<Accepted>;
  ready(): Promise<{ ready: boolean; problems: { part: string; problem: string }[] }>;
  /** Rows of a query on its database, by a connection of our own. */
  rows<Row>(text: string, values?: unknown[]): Promise<Row[]>;
}

export function appProcess(port: number, dataDir: string, env: Record<string, string>): AppProcess {
  const url = `http://127.0.0.1:${port}`;
  const said: string[] = [];
  let current: YaguraProcess | undefined;
  const cluster = () => join(recordedHome(dataDir), 'postgres');
  const app: AppProcess = {
    url,
    dataDir,
    lines: () => [...said, ...(current?.lines ?? [])],
    running: () => current?.running() ?? false,
    start() {
      if (current) said.push(...current.lines, '--- killed ---');
      current = runYagura(['start'], {
        PORT: String(port),
        YAGURA_DATA_DIR: dataDir,
        YAGURA_INGEST_TOKEN: ingestToken,
        ...env,
      });
    },
    async up() {
      app.start();
      await until(
        () => `the app serves; it said:\n${app.lines().slice(-30).join('\n')}`,
        async () => {
          if (!app.running()) throw new Error(`the app ended:\n${app.lines().slice(-30).join('\n')}`);
          return (await fetch(`${url}/healthz`)).ok;
        },
        { withinMs: 60_000 },
      );
    },
    async kill({ database = false } = {}) {
      const pid = database ? app.databasePid() : undefined;
      if (pid !== undefined) process.kill(pid, 'SIGKILL');
      await current?.end('SIGKILL');
    },
    databasePid() {
      return findRunning(dataDir) ? readPostmasterFile(cluster())?.pid : undefined;
    },
    async stop() {
      await current?.end('SIGTERM');
    },
    async post(records, headers = {}) {
      const response = await fetch(`${url}/ingest/generic`, {
        method: 'POST',
        headers: { authorization: `Bearer ${ingestToken}`, 'content-type': 'application/json', ...headers },
        body: JSON.stringify(records),
        signal: AbortSignal.timeout(20_000),
      });
      const text = await response.text();
      if (response.status !== 202) throw new Error(`not acknowledged: ${response.status} ${text}`);
      return JSON.parse(text) as Accepted;
    },
    async ready() {
      return (await (await fetch(`${url}/readyz`)).json()) as Awaited<ReturnType<AppProcess['ready']>>;
    },
    async rows<Row>(text: string, values: unknown[] = []): Promise<Row[]> {
      const connection = findRunning(dataDir);
      if (!connection) throw new Error('its database does not run');
      const client = quietClient(connection);
      await client.connect();
      try {
        return (await client.query(text, values)).rows as Row[];
      } finally {
        await client.end();
      }
    },
  };
  return app;
}

/** Sends records until they are acknowledged, through any number of deaths of the app. */
export async function postUntilAcknowledged(
  app: AppProcess,
  records: unknown[],
  withinMs = 120_000,
): Promise<string[]> {
  const deadline = performance.now() + withinMs;
  for (;;) {
    try {
      return (await app.post(records)).ids;
    } catch (error) {
      if (performance.now() > deadline) {
        const state = app.running() ? 'runs' : 'does not run';
        throw new Error(
          `not acknowledged within ${withinMs} ms; the app ${state} and said:\n${app.lines().slice(-40).join('\n')}`,
          { cause: error },
        );
      }
      await sleep(100);
    }
  }
}
