import type { ChildProcess } from 'node:child_process';
import { closeSync, openSync, readFileSync, renameSync, statSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { YaguraError } from '../../domain/error.ts';
import { SUPERUSER } from './init-cluster.ts';
import type { Runner } from './runner.ts';
import { serverSettings } from './server-settings.ts';
import { SOCKET_PORT } from './socket-dir.ts';

/** How the server ended. */
export interface ServerExit {
  code: number | null;
  signal: NodeJS.Signals | null;
}

/** A running server that is our child. */
export interface ServerProcess {
  pid: number;
  exited: Promise<ServerExit>;
  /** True from the first call of `stop` on. */
  stopRequested(): boolean;
  /** Fast shutdown, immediate after 10 s, kill after 5 more; resolves when the process is gone. */
  stop(): Promise<void>;
}

export interface ServerOptions {
  runner: Runner;
  cluster: string;
  socketDir: string;
  logFile: string;
  settings: Readonly<Record<string, string>>;
  onProgress: (line: string) => void;
  signal?: AbortSignal;
}

const MAX_LOG_BYTES = 10 * 1024 * 1024;
/** Children of a killed server end by themselves within moments; until then PostgreSQL refuses to start. */
const SURVIVOR_WAIT_MS = 15_000;

/** A server killed while it takes a connection may leave it open and silent. */
const ANSWER_WAIT_MS = 5_000;

/** Starts the server and resolves when a query works; a failed or aborted start leaves no process behind. */
export async function startServer(options: ServerOptions): Promise<ServerProcess> {
  const deadline = performance.now() + SURVIVOR_WAIT_MS;
  for (;;) {
    const outcome = await tryStart(options);
    if ('server' in outcome) return outcome.server;
    options.signal?.throwIfAborted();
    if (/pre-existing shared memory block/.test(outcome.log) && performance.now() < deadline) {
      await sleep(200, undefined, options.signal ? { signal: options.signal } : {});
      continue;
    }
    const reason = /(?:FATAL|PANIC|could not|error while).*/.exec(outcome.log)?.[0] ?? outcome.reason;
    throw new YaguraError('database', `PostgreSQL did not start: ${reason}.`, {
      hint: `Its log is ${options.logFile}.`,
    });
  }
}

async function tryStart(options: ServerOptions): Promise<{ server: ServerProcess } | { log: string; reason: string }> {
  const log = openLog(options.logFile);
  let server: ServerProcess;
  try {
    const args = ['-D', options.cluster, ...serverSettings(options.socketDir, options.settings)];
    server = supervise(options.runner.spawn('postgres', args, ['ignore', log.file, log.file]));
  } finally {
    closeSync(log.file);
  }
  const end = await untilReady(server, options);
  if (end === undefined) return { server };
  const written = readFileSync(options.logFile).subarray(log.size).toString();
  return { log: written, reason: `it ended with ${end.signal ?? `code ${end.code}`}` };
}

/** Resolves to undefined once a query works, or to how the server ended; stops the server when the start is aborted. */
async function untilReady(
  server: ServerProcess,
  { socketDir, signal, onProgress }: ServerOptions,
): Promise<ServerExit | undefined> {
  let end: ServerExit | undefined;
  void server.exited.then((exit) => {
    end = exit;
  });
  const slow = setTimeout(
    () => onProgress('PostgreSQL is recovering from an unclean end, this can take a while.'),
    5_000,
  );
  try {
    while (end === undefined) {
      signal?.throwIfAborted();
      if (await answers(socketDir)) return undefined;
      await sleep(20);
    }
    return end;
  } catch (error) {
    await server.stop();
    throw error;
  } finally {
    clearTimeout(slow);
  }
}

async function answers(socketDir: string): Promise<boolean> {
  const client = new Client({
    host: socketDir,
    port: SOCKET_PORT,
    user: SUPERUSER,
    database: 'postgres',
    connectionTimeoutMillis: ANSWER_WAIT_MS,
  });
  // A server that ends while it is asked shows as a failed attempt, not as an error event.
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('select 1');
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

function supervise(child: ChildProcess): ServerProcess {
  const exited = new Promise<ServerExit>((resolve) => {
    child.once('exit', (code, signal) => resolve({ code, signal }));
    child.once('error', () => resolve({ code: null, signal: null }));
  });
  // Where this process ends without stop(), the server gets at least the request; kill -9 is the next start's work.
  const onProcessExit = () => child.kill('SIGINT');
  process.once('exit', onProcessExit);
  void exited.then(() => process.off('exit', onProcessExit));
  let stopping: Promise<void> | undefined;
  return {
    pid: child.pid ?? 0,
    exited,
    stopRequested: () => stopping !== undefined,
    stop: () => {
      stopping ??= escalate(child, exited);
      return stopping;
    },
  };
}

async function escalate(child: ChildProcess, exited: Promise<ServerExit>): Promise<void> {
  const steps = [
    { signal: 'SIGINT', after: 0 },
    { signal: 'SIGQUIT', after: 10_000 },
    { signal: 'SIGKILL', after: 15_000 },
  ] as const;
  const timers = steps.map(({ signal, after }) => setTimeout(() => child.kill(signal), after));
  await exited;
  for (const timer of timers) clearTimeout(timer);
}

function openLog(path: string): { file: number; size: number } {
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  if (size <= MAX_LOG_BYTES) return { file: openSync(path, 'a', 0o600), size };
  renameSync(path, `${path}.1`);
  return { file: openSync(path, 'a', 0o600), size: 0 };
}
