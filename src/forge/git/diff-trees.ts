import type { ForgeState } from '../forge-state.ts';
import type { Repository } from '../state/entities.ts';
import { type LineDiff, lineDiff } from './line-diff.ts';
import { flatten, gitObject } from './trees.ts';

/** One file that differs between two trees. */
export interface FileDiff extends LineDiff {
  path: string;
  status: 'added' | 'removed' | 'modified';
  /** SHA of the blob after, or before when it was removed. */
  sha: string;
  binary: boolean;
}

/** What changed from one tree to another, sorted by path; `null` is the empty tree. Renames show as two files. */
export function diffTrees(forge: ForgeState, repo: Repository, before: string | null, after: string): FileDiff[] {
  const old = before === null ? new Map() : flatten(forge, repo, before);
  const now = flatten(forge, repo, after);
  const paths = [...new Set([...old.keys(), ...now.keys()])].sort();
  return paths.flatMap((path) => {
    const was: string | undefined = old.get(path)?.sha;
    const is = now.get(path)?.sha;
    return was === is ? [] : [diffFile(forge, repo, path, was, is)];
  });
}

function diffFile(
  forge: ForgeState,
  repo: Repository,
  path: string,
  was: string | undefined,
  is: string | undefined,
): FileDiff {
  const before = textOf(forge, repo, was);
  const after = textOf(forge, repo, is);
  const binary = before === null || after === null;
  const lines = binary ? { additions: 0, deletions: 0, patch: '' } : lineDiff(before, after);
  const status = was === undefined ? 'added' : is === undefined ? 'removed' : 'modified';
  return { path, status, sha: is ?? was ?? '', binary, ...lines };
}

/** A blob as text, or null when a NUL byte says it is not (git's own test). */
function textOf(forge: ForgeState, repo: Repository, sha: string | undefined): string | null {
  if (sha === undefined) return '';
  const bytes = Buffer.from(gitObject(forge, repo, 'blob', sha).content, 'base64');
  return bytes.includes(0) ? null : bytes.toString('utf8');
}
