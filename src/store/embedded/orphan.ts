import { setTimeout as sleep } from 'node:timers/promises';
import { YaguraError } from '../../domain/error.ts';
import { disownPostmasterFile, isServerOf, readPostmasterFile } from './postmaster-file.ts';
import { removeSocketDir } from './socket-dir.ts';

const FAST_STOP_MS = 10_000;
const IMMEDIATE_STOP_MS = 5_000;

/**
 * Deals with what a killed Yagura left on the cluster: a server that still runs is stopped (so that there is one,
 * and it is our child), and the file of a dead one cannot block the next. To be called under the directory's lock.
 * Its temporary socket directory is removed unless it is `keep`.
 */
export async function endOrphan(cluster: string, onProgress: (line: string) => void, keep?: string): Promise<void> {
  const file = readPostmasterFile(cluster);
  if (!file) return;
  if (isServerOf(file.pid, cluster)) {
    onProgress(`Stopping the PostgreSQL that an earlier Yagura left running (process ${file.pid}).`);
    await stopServer(file.pid, cluster);
  } else if (exists(file.pid)) {
    disownPostmasterFile(cluster);
  }
  if (file.socketDir !== keep) removeSocketDir(file.socketDir);
}

/** Fast shutdown, then immediate (its next start recovers from the log); never SIGKILL, which can leave children. */
async function stopServer(pid: number, cluster: string): Promise<void> {
  signalIfAlive(pid, 'SIGINT');
  if (await endedWithin(FAST_STOP_MS, pid, cluster)) return;
  signalIfAlive(pid, 'SIGQUIT');
  if (await endedWithin(IMMEDIATE_STOP_MS, pid, cluster)) return;
  throw new YaguraError('database', `A PostgreSQL left by an earlier Yagura (process ${pid}) does not stop.`, {
    hint: 'End that process, then start again.',
  });
}

async function endedWithin(milliseconds: number, pid: number, cluster: string): Promise<boolean> {
  const deadline = performance.now() + milliseconds;
  while (isServerOf(pid, cluster)) {
    if (performance.now() > deadline) return false;
    await sleep(20);
  }
  return true;
}

function signalIfAlive(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return;
    throw new YaguraError('database', `PostgreSQL (process ${pid}) belongs to another user and cannot be stopped.`, {
      hint: 'Run Yagura as the user who started it.',
      cause: error,
    });
  }
}

/** Also true for a zombie, which is what keeps PostgreSQL from believing that the server is dead. */
function exists(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
