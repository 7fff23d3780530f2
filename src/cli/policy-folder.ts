import { readdirSync, readFileSync, readlinkSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { YaguraError } from '../domain/error.ts';
import { fileLimits, isPolicyPath } from '../policy/file-kind.ts';
import type { PolicyFile } from '../policy/load-policy.ts';

/**
 * The policy files of a checkout of the config repository, as a commit of it would have them: a symbolic link is the
 * text of where it points. Throws `YaguraError` when the folder cannot be read.
 */
export function readPolicyFolder(folder: string): PolicyFile[] {
  try {
    return filesBelow(folder, folder);
  } catch (cause) {
    throw new YaguraError('input', `${folder} cannot be read: ${cause instanceof Error ? cause.message : cause}.`, {
      cause,
    });
  }
}

function filesBelow(root: string, folder: string): PolicyFile[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry): PolicyFile[] => {
    const full = join(folder, entry.name);
    const path = relative(root, full).split(sep).join('/');
    if (entry.isDirectory())
      return entry.name.startsWith('.') || !isPolicyPath(`${path}/x`) ? [] : filesBelow(root, full);
    if (!isPolicyPath(path)) return [];
    if (entry.isSymbolicLink()) return [{ path, content: Buffer.from(readlinkSync(full)) }];
    // What is too large is not read; its size alone is what the loader refuses.
    const tooLarge = statSync(full).size > fileLimits.bytes;
    return [{ path, content: tooLarge ? new Uint8Array(fileLimits.bytes + 1) : readFileSync(full) }];
  });
}
