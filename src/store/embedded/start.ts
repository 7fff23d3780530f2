import { join } from 'node:path';
import { Client } from 'pg';
import { arrange } from './arrange.ts';
import { lockDirectory } from './directory-lock.ts';
import { initCluster, SUPERUSER } from './init-cluster.ts';
import type { KeptServer } from './keep-server.ts';
import { keepServer } from './keep-server.ts';
import { endOrphan } from './orphan.ts';
import { prepareDataDir } from './place.ts';
import { startServer } from './server-process.ts';
import type { RootMode } from './server-user.ts';
import { makeSocketDir, removeSocketDir, SOCKET_PORT } from './socket-dir.ts';

/** How to connect, in the words of `pg`; `host` is the directory of the Unix socket. */
export interface EmbeddedConnection {
  host: string;
  port: number;
  user: string;
  database: string;
}

export interface EmbeddedPostgres extends KeptServer {
  connection: EmbeddedConnection;
}

export interface EmbeddedOptions {
  /** Made when missing. The cluster is `<dataDir>/postgres`, the log `<dataDir>/postgres.log`. */
  dataDir: string;
  onProgress?: (line: string) => void;
  /** Aborts the start at any point; the promise rejects with the signal's reason and no process is left. */
  signal?: AbortSignal;
  /** Only when root: forces one of the two ways. Default: a user namespace where allowed. */
  rootMode?: RootMode;
  /** Settings of the server that replace ours, for tests: `{ fsync: 'off' }` also makes initdb faster. */
  settings?: Readonly<Record<string, string>>;
}

/**
 * Starts a real PostgreSQL as a child process on `dataDir`, on a Unix socket only, with a database `yagura`.
 *
 * One process at a time uses a directory; what a killed one left behind is cleared away first.
 * Throws `YaguraError` with one sentence for whatever a person must put right.
 */
export async function startEmbeddedPostgres(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const { signal, settings = {}, onProgress = () => undefined } = options;
  signal?.throwIfAborted();
  const dataDir = prepareDataDir(options.dataDir);
  const lock = lockDirectory(dataDir);
  let socketDir: string | undefined;
  const release = () => {
    if (socketDir !== undefined) removeSocketDir(socketDir);
    lock.release();
  };
  try {
    const { runner, home } = arrange(dataDir, options.rootMode, onProgress);
    const abort = signal ? { signal } : {};
    const cluster = await initCluster(runner, home, { sync: settings.fsync !== 'off', ...abort });
    await endOrphan(cluster, onProgress);
    const socket = makeSocketDir(home, runner.user);
    socketDir = socket;
    const connection = { host: socket, port: SOCKET_PORT, user: SUPERUSER, database: 'yagura' };
    const logFile = join(home, 'postgres.log');
    const server = await keepServer(async () => {
      await endOrphan(cluster, onProgress, socket);
      return startServer({ runner, cluster, socketDir: socket, logFile, settings, onProgress, ...abort });
    }, release);
    await createDatabase(connection, signal).catch(async (error: unknown) => {
      await server.stop();
      throw error;
    });
    return Object.assign(server, { connection });
  } catch (error) {
    release();
    throw error;
  }
}

async function createDatabase(connection: EmbeddedConnection, signal: AbortSignal | undefined): Promise<void> {
  const client = new Client({ ...connection, database: 'postgres' });
  client.on('error', () => undefined);
  await client.connect();
  try {
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [connection.database]);
    if (rowCount === 0) await client.query(`create database ${connection.database}`);
  } finally {
    await client.end();
  }
  signal?.throwIfAborted();
}
