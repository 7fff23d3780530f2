import { resolve } from 'node:path';
import type { ClientConfig } from 'pg';
import { YaguraError } from '../domain/error.ts';
import { findRunning, hasDatabase } from '../store/embedded/find-running.ts';
import { startEmbeddedPostgres } from '../store/embedded/start.ts';
import type { CliIo } from './command.ts';

/**
 * Runs `work` on the database of the environment: `DATABASE_URL`, else the embedded one in `YAGURA_DATA_DIR`,
 * beside the Yagura that runs on it or, where none does, on a server started for this.
 * With `mustExist` a data directory without a database is refused instead of made.
 */
export async function withDatabase<T>(
  io: CliIo,
  options: { mustExist: boolean },
  work: (connection: ClientConfig) => Promise<T>,
): Promise<T> {
  const { DATABASE_URL: connectionString, YAGURA_DATA_DIR = '' } = io.env;
  if (connectionString) return work({ connectionString });
  const dataDir = resolve(io.cwd, YAGURA_DATA_DIR || '.yagura');
  if (options.mustExist && !hasDatabase(dataDir)) {
    throw new YaguraError('data-directory', `There is no database in ${dataDir}.`, {
      hint: 'Set YAGURA_DATA_DIR to the directory of a Yagura, or DATABASE_URL.',
    });
  }
  const running = findRunning(dataDir);
  return running ? work(running) : withOwnServer(dataDir, io, work);
}

async function withOwnServer<T>(
  dataDir: string,
  io: CliIo,
  work: (connection: ClientConfig) => Promise<T>,
): Promise<T> {
  const interrupted = new AbortController();
  const onProgress = (line: string) => void io.stderr.write(`${line}\n`);
  const interrupt = () => interrupted.abort(new YaguraError('database', 'Interrupted.'));
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, interrupt);
  try {
    const postgres = await startEmbeddedPostgres({ dataDir, onProgress, signal: interrupted.signal });
    // Stopping the server is what ends work that is under way.
    const stop = () => void postgres.stop();
    interrupted.signal.addEventListener('abort', stop);
    try {
      return await work(postgres.connection);
    } catch (error) {
      interrupted.signal.throwIfAborted();
      throw error;
    } finally {
      await postgres.stop();
    }
  } finally {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.off(signal, interrupt);
  }
}
