import type { ForgeState } from '../forge-state.ts';
import type { Commit, Repository, TreeEntry } from '../state/entities.ts';
import { mergeBase } from './refs.ts';
import { flatten, type TreeChange } from './trees.ts';

/** What to change in the base's tree, or the paths both sides changed differently. */
export type MergeResult = { ok: true; changes: TreeChange[] } | { ok: false; conflicts: string[] };

/** Three-way merge file by file: where only one side changed a file, that side's file is taken whole. */
export function mergeTrees(forge: ForgeState, repo: Repository, base: Commit, head: Commit): MergeResult {
  const ancestor = mergeBase(forge, repo, base.sha, head.sha);
  const before = ancestor ? flatten(forge, repo, ancestor.tree) : new Map<string, TreeEntry>();
  const ours = flatten(forge, repo, base.tree);
  const theirs = flatten(forge, repo, head.tree);
  const changes: TreeChange[] = [];
  const conflicts: string[] = [];
  for (const path of new Set([...before.keys(), ...ours.keys(), ...theirs.keys()])) {
    const [was, our, their] = [before, ours, theirs].map((side) => entryKey(side.get(path)));
    if (our === their || their === was) continue;
    if (our !== was) conflicts.push(path);
    const entry = theirs.get(path);
    changes.push({ path, mode: entry?.mode ?? '100644', type: 'blob', sha: entry?.sha ?? null });
  }
  return conflicts.length > 0 ? { ok: false, conflicts } : { ok: true, changes };
}

function entryKey(entry: TreeEntry | undefined): string {
  return entry ? `${entry.mode} ${entry.sha}` : '';
}
