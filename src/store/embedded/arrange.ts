import { join } from 'node:path';
import { YaguraError } from '../../domain/error.ts';
import type { PostgresBinaries } from './binaries.ts';
import { copyBinaries, locateBinaries, withLibraryLinks } from './binaries.ts';
import { canEnter, chooseHome, clusterOwner, recordedHome } from './place.ts';
import type { Runner } from './runner.ts';
import { canRun, runnerFor } from './runner.ts';
import type { RootMode, ServerUser } from './server-user.ts';
import { chooseServerUser } from './server-user.ts';

/** Decides as whom the server runs, where its cluster lies, and from where its programs are started. */
export function arrange(
  dataDir: string,
  rootMode: RootMode | undefined,
  onProgress: (line: string) => void,
): { runner: Runner; home: string } {
  const recorded = recordedHome(dataDir);
  const owner = clusterOwner(recorded);
  const user = chooseServerUser(rootMode, owner);
  if (owner) checkOwner(recorded, owner, user);
  onProgress(`Starting PostgreSQL${user.description ? ` ${user.description}` : ''}.`);
  const home = owner ? recorded : chooseHome(dataDir, user, onProgress);
  return { runner: runnerFor(user, usableBinaries(user, home, onProgress)), home };
}

function usableBinaries(user: ServerUser, home: string, onProgress: (line: string) => void): PostgresBinaries {
  const installed = withLibraryLinks(locateBinaries(), home);
  if (canRun(user, installed)) return installed;
  if (user.mode !== 'unprivileged-user') {
    throw new YaguraError('database', `PostgreSQL's programs in ${installed.native} do not run on this machine.`, {
      hint: 'Set DATABASE_URL to a PostgreSQL server.',
    });
  }
  onProgress(`Copying PostgreSQL's programs to ${home}, because its user cannot reach ${installed.native}.`);
  const copy = withLibraryLinks(copyBinaries(installed, home), home);
  if (canRun(user, copy)) return copy;
  throw new YaguraError('database', `PostgreSQL's programs cannot be run from ${installed.native}, nor from ${home}.`, {
    hint: 'Run Yagura as an ordinary user, or set DATABASE_URL.',
  });
}

/** An existing cluster says as whom it can be run. */
function checkOwner(home: string, owner: { uid: number; gid: number }, user: ServerUser): void {
  const cluster = join(home, 'postgres');
  if (user.mode === 'own' && owner.uid !== process.getuid?.()) {
    throw new YaguraError('data-directory', `The database in ${cluster} belongs to user ${owner.uid}.`, {
      hint: 'Run Yagura as that user, or set YAGURA_DATA_DIR to another directory.',
    });
  }
  if (user.mode === 'unprivileged-user' && owner.uid === 0) {
    throw new YaguraError(
      'data-directory',
      `The database in ${cluster} belongs to root, and no user namespace can be had.`,
      {
        hint: `Run chown -R ${user.ids?.uid}:${user.ids?.gid} ${cluster}, where every user can enter ${home}.`,
      },
    );
  }
  if (user.mode === 'unprivileged-user' && !canEnter(user, home)) {
    throw new YaguraError(
      'data-directory',
      `User ${owner.uid}, who owns the database in ${cluster}, cannot reach it.`,
      {
        hint: `Run Yagura as that user, or move the directory to where every user can enter.`,
      },
    );
  }
}
