import { randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { YaguraError } from './domain/error.ts';

/** A token nobody set: made once, kept in the data directory, readable by its owner only. */
export interface KeptToken {
  token: string;
  /** True the first time, when it is to be shown once. */
  made: boolean;
}

/** The token kept in `<dataDir>/<name>`, made at random (256 bits) and stored 0600 when there is none. */
export function keepToken(dataDir: string, name: string): KeptToken {
  const path = join(dataDir, name);
  try {
    mkdirSync(dataDir, { recursive: true });
    const kept = readKept(path);
    if (kept) return { token: kept, made: false };
    const token = randomBytes(32).toString('base64url');
    const file = openSync(path, 'w', 0o600);
    try {
      writeSync(file, `${token}\n`);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    return { token, made: true };
  } catch (cause) {
    throw new YaguraError('data-directory', `The token file ${path} cannot be read or written.`, { cause });
  }
}

/** Undefined when missing, or empty after a crash between making and writing it. */
function readKept(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8').trim() || undefined;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
