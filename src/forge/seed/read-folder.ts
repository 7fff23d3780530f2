import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { YaguraError } from '../../domain/error.ts';
import type { FileChange } from '../operations/commits.ts';

/** All files of a folder with their paths below it, `/`-separated and sorted. */
export function readFolder(folder: string): FileChange[] {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .sort()
      .map((file) => ({ path: relative(folder, file).split(sep).join('/'), content: readFileSync(file) }));
  } catch (cause) {
    throw new YaguraError('forge', `The folder ${folder} for acme/soc-config cannot be read.`, { cause });
  }
}
