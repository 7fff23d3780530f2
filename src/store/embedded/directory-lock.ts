import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { YaguraError } from '../../domain/error.ts';

/** Held by the one process that uses a data directory. */
export interface DirectoryLock {
  release(): void;
}

/**
 * Takes `<dataDir>/lock`, or throws one sentence that names the process which holds it.
 *
 * The lock is the kernel's (fcntl, taken through SQLite because Node has no call of its own), so it ends with the
 * process however that dies, holds across containers that share the directory, and cannot be left behind.
 * Nothing else may open the file: closing it anywhere in this process would drop the lock.
 */
export function lockDirectory(dataDir: string): DirectoryLock {
  const holder = join(dataDir, 'lock.pid');
  const database = new DatabaseSync(join(dataDir, 'lock'), { timeout: 0 });
  try {
    database.exec('BEGIN EXCLUSIVE');
  } catch (cause) {
    database.close();
    throw new YaguraError('data-directory', `Another Yagura${nameOf(holder)} is using ${dataDir}.`, {
      hint: 'Stop it first, or set YAGURA_DATA_DIR to another directory.',
      cause,
    });
  }
  writeFileSync(holder, `${process.pid}\n`);
  let held = true;
  return {
    release() {
      if (!held) return;
      held = false;
      rmSync(holder, { force: true });
      database.close();
    },
  };
}

/** Only for the sentence: the file says who took the lock last, the lock itself says whether it is held. */
function nameOf(holder: string): string {
  try {
    return ` (process ${readFileSync(holder, 'utf8').trim()})`;
  } catch {
    return '';
  }
}
