import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { YaguraError } from '../../domain/error.ts';
import { fsyncPath } from './fsync-path.ts';
import type { Runner } from './runner.ts';

/** The database user, and the owner of everything in the embedded database. */
export const SUPERUSER = 'yagura';

/**
 * Makes the cluster `<home>/postgres` unless it is there, and checks that this PostgreSQL can read it.
 * It is made under another name and renamed, so a start that was killed leaves nothing that looks finished.
 */
export async function initCluster(
  runner: Runner,
  home: string,
  options: { sync: boolean; signal?: AbortSignal },
): Promise<string> {
  const cluster = join(home, 'postgres');
  if (existsSync(cluster)) {
    checkMajor(cluster, runner.binaries.major);
    return cluster;
  }
  const unfinished = `${cluster}.unfinished`;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { mode: 0o700 });
  chmodSync(unfinished, 0o700);
  if (runner.user.ids) chownSync(unfinished, runner.user.ids.uid, runner.user.ids.gid);
  const args = ['--pgdata', unfinished, '--username', SUPERUSER, '--auth', 'trust', '--encoding', 'UTF8'];
  args.push('--locale-provider', 'builtin', '--builtin-locale', 'C.UTF-8', '--locale', 'C');
  args.push('--data-checksums', '--no-instructions', ...(options.sync ? [] : ['--no-sync']));
  await runInitdb(runner.spawn('initdb', args, ['ignore', 'pipe', 'pipe']), options.signal);
  renameSync(unfinished, cluster);
  fsyncPath(home);
  return cluster;
}

async function runInitdb(child: ChildProcess, signal: AbortSignal | undefined): Promise<void> {
  const { stdout, stderr } = child;
  if (!stdout || !stderr) throw new YaguraError('internal', 'initdb was started without pipes.');
  const abort = () => killGroup(child);
  signal?.addEventListener('abort', abort, { once: true });
  if (signal?.aborted) abort();
  try {
    const [[code], , errors] = await Promise.all([once(child, 'exit'), text(stdout), text(stderr)]);
    signal?.throwIfAborted();
    if (code === 0) return;
    const reason =
      errors
        .trim()
        .split('\n')
        .find((line) => /error|fatal/i.test(line)) ?? errors.trim();
    throw new YaguraError(
      'database',
      `PostgreSQL could not make its data directory: ${reason || `initdb ended with ${code}`}`,
    );
  } finally {
    signal?.removeEventListener('abort', abort);
  }
}

/** initdb runs servers of its own; what it made is thrown away, so nothing needs to end gently. */
function killGroup(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // Ended meanwhile.
  }
}

function checkMajor(cluster: string, ours: number): void {
  let written: number;
  try {
    written = Number.parseInt(readFileSync(join(cluster, 'PG_VERSION'), 'utf8'), 10);
  } catch (cause) {
    throw new YaguraError('data-directory', `${cluster} is not a PostgreSQL data directory (no PG_VERSION in it).`, {
      hint: 'Set YAGURA_DATA_DIR to another directory.',
      cause,
    });
  }
  if (written === ours) return;
  throw new YaguraError(
    'data-directory',
    `${cluster} was written by PostgreSQL ${written}, this Yagura brings ${ours}.`,
    {
      hint: `Run yagura backup with the Yagura that wrote it, and yagura restore into a new directory with this one.`,
    },
  );
}
