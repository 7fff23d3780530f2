import type { ChildProcess, StdioOptions } from 'node:child_process';
import { spawn, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import type { PostgresBinaries } from './binaries.ts';
import type { ServerUser } from './server-user.ts';

/** How to start one of PostgreSQL's programs as the user it accepts. */
export interface Runner {
  user: ServerUser;
  binaries: PostgresBinaries;
  spawn(program: 'initdb' | 'postgres', args: string[], stdio: StdioOptions): ChildProcess;
}

/** PostgreSQL's programs, run as `user`: directly, in a user namespace, or with another uid. */
export function runnerFor(user: ServerUser, binaries: PostgresBinaries): Runner {
  return {
    user,
    binaries,
    spawn(program, args, stdio) {
      const path = join(binaries.native, 'bin', program);
      const [command, ...rest] = [...user.prefix, path, ...args];
      return spawn(command ?? path, rest, {
        stdio,
        cwd: '/',
        env: { ...childEnvironment(), ...binaries.env },
        // A group of its own: Ctrl-C in the terminal must reach the application first, not its database.
        detached: true,
        ...(user.ids ?? {}),
      });
    },
  };
}

/** True when `postgres` really starts as this user: reachable, executable and with its libraries. */
export function canRun(user: ServerUser, binaries: PostgresBinaries): boolean {
  const path = join(binaries.native, 'bin', 'postgres');
  const [command, ...rest] = [...user.prefix, path, '--version'];
  const result = spawnSync(command ?? path, rest, {
    cwd: '/',
    env: { ...childEnvironment(), ...binaries.env },
    ...(user.ids ?? {}),
  });
  return result.status === 0;
}

/** Nothing of ours: PGDATA, PGPORT and the like would change what the programs do. */
function childEnvironment(): Record<string, string> {
  return { PATH: '/usr/local/bin:/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' };
}
