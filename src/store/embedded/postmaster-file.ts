import { spawnSync } from 'node:child_process';
import { chownSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';

/** What a running server wrote into `postmaster.pid`. */
export interface PostmasterFile {
  pid: number;
  port: number;
  socketDir: string;
  /** The last line, `ready` once it takes connections. */
  status: string;
}

/** Reads `<cluster>/postmaster.pid`; undefined when there is none, as after a clean stop. */
export function readPostmasterFile(cluster: string): PostmasterFile | undefined {
  let lines: string[];
  try {
    lines = readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  return {
    // A standalone backend writes a negative number.
    pid: Math.abs(Number(lines[0])),
    port: Number(lines[3]),
    socketDir: lines[4]?.trim() ?? '',
    status: lines[7]?.trim() ?? '',
  };
}

/**
 * True when `pid` is a live PostgreSQL process working on this cluster: not a zombie that nobody reaps,
 * and not another program that got the number of a dead server.
 */
export function isServerOf(pid: number, cluster: string): boolean {
  if (!Number.isInteger(pid) || pid <= 1) return false;
  return process.platform === 'linux' ? isServerOnLinux(pid, cluster) : isServerByPs(pid, cluster);
}

/**
 * Lets a new server pass the file of a dead one whose number another process has now (or whose zombie stays):
 * PostgreSQL ignores the number of its own parent, so that is written there. The file is kept, not deleted,
 * because its other lines let PostgreSQL find survivors of the dead server by their shared memory.
 */
export function disownPostmasterFile(cluster: string): void {
  const path = join(cluster, 'postmaster.pid');
  const lines = readFileSync(path, 'utf8').split('\n');
  const { uid, gid } = statSync(path);
  const next = `${path}.yagura`;
  writeFileSync(next, [String(process.pid), ...lines.slice(1)].join('\n'), { mode: 0o600 });
  if (process.getuid?.() === 0 && uid !== 0) chownSync(next, uid, gid);
  renameSync(next, path);
}

function isServerOnLinux(pid: number, cluster: string): boolean {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const name = stat.slice(stat.indexOf('(') + 1, stat.lastIndexOf(')'));
    const state = stat.slice(stat.lastIndexOf(')') + 2)[0];
    if (name !== 'postgres' || state === 'Z' || state === 'X') return false;
    return worksIn(pid, cluster);
  } catch {
    return false;
  }
}

function worksIn(pid: number, cluster: string): boolean {
  const ours = statSync(cluster);
  try {
    // Compared by inode, so a renamed or linked directory is the same directory.
    const theirs = statSync(`/proc/${pid}/cwd`);
    return theirs.ino === ours.ino && theirs.dev === ours.dev;
  } catch {
    // Root in a container may not look into another user's process, only at its command line.
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').includes(cluster);
  }
}

function isServerByPs(pid: number, cluster: string): boolean {
  const result = spawnSync('ps', ['-ww', '-o', 'stat=,command=', '-p', String(pid)], { encoding: 'utf8' });
  const [state = '', command = '', ...args] = result.stdout.trim().split(/\s+/);
  return !state.startsWith('Z') && basename(command) === 'postgres' && args.join(' ').includes(cluster);
}
