import { closeSync, fsyncSync, openSync } from 'node:fs';

/** Makes a file's contents, or a directory's list of names, survive a power cut. */
export function fsyncPath(path: string): void {
  const file = openSync(path, 'r');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
