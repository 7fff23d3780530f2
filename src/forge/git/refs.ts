import type { ForgeState } from '../forge-state.ts';
import { notFound } from '../refusal.ts';
import type { Commit, Ref, Repository } from '../state/entities.ts';
import { gitObject } from './trees.ts';

/** A ref by its complete name (`refs/heads/main`). */
export function refNamed(forge: ForgeState, repo: Repository, name: string): Ref | undefined {
  return forge.store.get('ref', `${repo.id}:${name}`);
}

/** The commit a branch, tag, complete ref or SHA names; GitHub's 404 when there is none. */
export function resolveCommit(forge: ForgeState, repo: Repository, name: string): Commit {
  for (const full of [name, `refs/${name}`, `refs/heads/${name}`, `refs/tags/${name}`]) {
    const ref = refNamed(forge, repo, full);
    if (ref) return gitObject(forge, repo, 'commit', ref.sha);
  }
  if (/^[0-9a-f]{40}$/.test(name)) return gitObject(forge, repo, 'commit', name);
  throw notFound();
}

/** All commits reachable from `sha`, nearest first (breadth first over parents). */
export function ancestors(forge: ForgeState, repo: Repository, sha: string): Map<string, Commit> {
  const found = new Map<string, Commit>();
  const queue = [sha];
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    if (found.has(next)) continue;
    const commit = gitObject(forge, repo, 'commit', next);
    found.set(next, commit);
    queue.push(...commit.parents);
  }
  return found;
}

/** The nearest commit both sides share, or null when their histories are unrelated. */
export function mergeBase(forge: ForgeState, repo: Repository, one: string, other: string): Commit | null {
  const left = ancestors(forge, repo, one);
  for (const [sha, commit] of ancestors(forge, repo, other)) if (left.has(sha)) return commit;
  return null;
}
