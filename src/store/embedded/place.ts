import { spawnSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import {
  accessSync,
  chmodSync,
  constants,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join, resolve } from 'node:path';
import { YaguraError } from '../../domain/error.ts';
import type { ServerUser } from './server-user.ts';

/** Directories that outlive a restart of the machine and that every user can enter. */
const SHARED_PARENTS = ['/var/lib', '/var/tmp'];

/** Makes the data directory where it is missing and returns its real path, or throws one sentence why it is no use. */
export function prepareDataDir(path: string): string {
  const dataDir = resolve(path);
  try {
    // As root the server may be another user, who must be able to pass (not list) this new directory of ours.
    mkdirSync(dataDir, { recursive: true, mode: process.getuid?.() === 0 ? 0o711 : 0o700 });
    accessSync(dataDir, constants.R_OK | constants.W_OK | constants.X_OK);
    if (statSync(dataDir).isDirectory()) return realpathSync(dataDir);
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code !== 'EEXIST' && code !== 'ENOTDIR') {
      throw new YaguraError('data-directory', `The data directory ${dataDir} cannot be written (${code}).`, {
        hint: 'Set YAGURA_DATA_DIR to a directory you may write.',
        cause,
      });
    }
  }
  throw new YaguraError('data-directory', `The data directory ${dataDir} is not a directory.`, {
    hint: 'Set YAGURA_DATA_DIR to a directory.',
  });
}

/** Where the database of this data directory lies: in it, or in the place an earlier start had to choose. */
export function recordedHome(dataDir: string): string {
  try {
    return readFileSync(recordOf(dataDir), 'utf8').trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return dataDir;
    throw error;
  }
}

/** The owner of the cluster in `home`, if there is one. */
export function clusterOwner(home: string): { uid: number; gid: number } | undefined {
  return statSync(join(home, 'postgres'), { throwIfNoEntry: false });
}

/**
 * The directory for a new cluster: the data directory where the server's user can enter it, else a new one
 * below /var/lib or /var/tmp, which the data directory then remembers. No existing mode is changed.
 */
export function chooseHome(dataDir: string, user: ServerUser, onProgress: (line: string) => void): string {
  if (user.mode !== 'unprivileged-user' || canEnter(user, dataDir)) return dataDir;
  const prefix = `yagura-${createHash('sha256').update(dataDir).digest('hex').slice(0, 12)}-`;
  for (const parent of SHARED_PARENTS) {
    const home = makeHome(parent, prefix);
    if (home === undefined || !canEnter(user, home)) continue;
    const earlier = readdirSync(parent).filter((name) => name.startsWith(prefix) && join(parent, name) !== home);
    for (const name of earlier) onProgress(`An earlier database of ${dataDir} is still in ${join(parent, name)}.`);
    writeFileSync(recordOf(dataDir), `${home}\n`, { mode: 0o600 });
    onProgress(`The database is kept in ${home}, because PostgreSQL cannot reach ${dataDir}.`);
    return home;
  }
  throw new YaguraError(
    'data-directory',
    `PostgreSQL's user cannot reach ${dataDir}, nor ${SHARED_PARENTS.join(' or ')}.`,
    {
      hint: 'Set YAGURA_DATA_DIR to a directory that every user can enter.',
    },
  );
}

/** True when the server's user can pass all directories down to `dir`. */
export function canEnter(user: ServerUser, dir: string): boolean {
  return spawnSync('/bin/sh', ['-c', 'cd "$1"', 'sh', dir], { cwd: '/', ...(user.ids ?? {}) }).status === 0;
}

function makeHome(parent: string, prefix: string): string | undefined {
  const home = join(parent, prefix + randomBytes(4).toString('hex'));
  try {
    mkdirSync(home, { mode: 0o711 });
    // The umask may have taken the right to pass.
    chmodSync(home, 0o711);
    return lstatSync(home).uid === 0 ? home : undefined;
  } catch {
    return undefined;
  }
}

function recordOf(dataDir: string): string {
  return join(dataDir, 'postgres.home');
}
