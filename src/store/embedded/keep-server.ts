import { YaguraError } from '../../domain/error.ts';
import type { ServerExit, ServerProcess } from './server-process.ts';

/** A server that can be stopped, started again, and watched. */
export interface KeptServer {
  /** The server's process, our child. */
  pid(): number;
  /** Stops the server and frees its directory; may be called any number of times, also during a restart. */
  stop(): Promise<void>;
  /** Starts the server again after it ended by itself; the connection stays the same. */
  restart(): Promise<void>;
  /** Calls back each time the server ends without having been stopped or restarted. */
  onExit(callback: (exit: ServerExit) => void): void;
}

/** Starts a server and keeps it under one handle; `release` runs once, after the last server has stopped. */
export async function keepServer(start: () => Promise<ServerProcess>, release: () => void): Promise<KeptServer> {
  const callbacks: ((exit: ServerExit) => void)[] = [];
  let server = await start();
  let restarting: Promise<void> = Promise.resolve();
  let stopping: Promise<void> | undefined;
  const watch = (watched: ServerProcess) => {
    void watched.exited.then((exit) => {
      if (stopping === undefined && !watched.stopRequested()) for (const callback of callbacks) callback(exit);
    });
  };
  const startAgain = async () => {
    if (stopping !== undefined) throw new YaguraError('internal', 'A stopped PostgreSQL cannot be restarted.');
    await server.stop();
    server = await start();
    watch(server);
  };
  const stopForGood = async () => {
    await restarting.catch(() => undefined);
    await server.stop();
    release();
  };
  watch(server);
  return {
    pid: () => server.pid,
    restart() {
      restarting = restarting.catch(() => undefined).then(startAgain);
      return restarting;
    },
    stop() {
      stopping ??= stopForGood();
      return stopping;
    },
    onExit(callback) {
      callbacks.push(callback);
    },
  };
}
