import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { YaguraError } from '../../domain/error.ts';

/** How PostgreSQL, which refuses to run as root, is run when Yagura is root. */
export type RootMode = 'user-namespace' | 'unprivileged-user';

/** As whom PostgreSQL's programs run. */
export interface ServerUser {
  /** `own` when Yagura is not root. */
  mode: 'own' | RootMode;
  /** Words before the program's own command line. */
  prefix: string[];
  /** Given to spawn, where the process changes its user; then files must belong to these ids. */
  ids?: { uid: number; gid: number };
  /** For the progress line. */
  description: string;
}

interface Account {
  name: string;
  uid: number;
  gid: number;
}

/**
 * Chooses as whom PostgreSQL runs.
 *
 * Root gets a user namespace in which root's own id bears another number: the server then sees itself as unprivileged,
 * and still owns and reaches all that root owns, below 0700 directories too. Where the kernel refuses that,
 * an unprivileged account is used. An existing cluster that belongs to somebody else is run as its owner.
 */
export function chooseServerUser(
  wanted: RootMode | undefined,
  clusterOwner: { uid: number; gid: number } | undefined,
): ServerUser {
  if (process.getuid?.() !== 0) return { mode: 'own', prefix: [], description: '' };
  if (clusterOwner && clusterOwner.uid !== 0) {
    return asUser({ name: `its owner, user ${clusterOwner.uid}`, ...clusterOwner });
  }
  const account = unprivilegedAccount();
  if (wanted !== 'unprivileged-user') {
    const prefix = ['unshare', '--user', `--map-user=${account.uid}`, `--map-group=${account.gid}`, '--'];
    if (spawnSync(prefix[0] ?? '', [...prefix.slice(1), 'true']).status === 0) {
      return { mode: 'user-namespace', prefix, description: 'in a user namespace, because it refuses to run as root' };
    }
    if (wanted === 'user-namespace') throw new YaguraError('database', 'This machine does not allow user namespaces.');
  }
  return asUser(account);
}

function asUser({ name, uid, gid }: Account): ServerUser {
  return {
    mode: 'unprivileged-user',
    prefix: [],
    ids: { uid, gid },
    description: `as ${name}, because it refuses to run as root`,
  };
}

/** An account that is in the password file, because initdb looks its own name up there; `nobody` where there is one. */
function unprivilegedAccount(): Account {
  const accounts = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
    .map(([name, , uid, gid]) => ({ name: name ?? '', uid: Number(uid), gid: Number(gid) }))
    .filter(({ uid, gid }) => uid > 0 && gid > 0);
  const account = accounts.find(({ name }) => name === 'nobody') ?? accounts[0];
  if (account) return account;
  throw new YaguraError('database', 'PostgreSQL refuses to run as root and /etc/passwd names no other user.', {
    hint: 'Run Yagura as an ordinary user, or set DATABASE_URL.',
  });
}
