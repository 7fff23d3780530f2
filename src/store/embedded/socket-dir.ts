import { chmodSync, chownSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { ServerUser } from './server-user.ts';

/** The number in the socket's name; nothing listens on a network port. */
export const SOCKET_PORT = 5432;
/** A socket's path may have 107 bytes on Linux and 103 on macOS, its name included. */
const MAX_SOCKET_PATH = 100;
const TEMPORARY = 'yagura-socket-';

/**
 * An empty private directory (0700, of the server's user) for the server's socket: `<home>/run`, or a temporary one
 * where that path is too long. Call it only when no server works for `home`: what lies in it is removed.
 */
export function makeSocketDir(home: string, user: ServerUser): string {
  const run = join(home, 'run');
  const dir = fits(run) ? renew(run) : mkdtempSync(join(temporaryParent(user), TEMPORARY));
  chmodSync(dir, 0o700);
  if (user.ids) chownSync(dir, user.ids.uid, user.ids.gid);
  return dir;
}

/** Removes a temporary socket directory; leaves any other. */
export function removeSocketDir(dir: string): void {
  if (basename(dir).startsWith(TEMPORARY)) rmSync(dir, { recursive: true, force: true });
}

function renew(dir: string): string {
  rmSync(dir, { recursive: true, force: true });
  mkdirSync(dir, { mode: 0o700 });
  return dir;
}

function temporaryParent(user: ServerUser): string {
  const own = tmpdir();
  // Another user may be unable to enter a TMPDIR of root's.
  return user.ids === undefined && fits(join(own, `${TEMPORARY}XXXXXX`)) ? own : '/tmp';
}

function fits(dir: string): boolean {
  return Buffer.byteLength(join(dir, `.s.PGSQL.${SOCKET_PORT}`)) <= MAX_SOCKET_PATH;
}
