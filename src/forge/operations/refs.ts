import { demand, WRITE } from '../access.ts';
import type { Actor } from '../actor.ts';
import type { ForgeState } from '../forge-state.ts';
import { ancestors, refNamed } from '../git/refs.ts';
import { repositoryById } from '../lookups.ts';
import { Refusal } from '../refusal.ts';
import type { Ref, Repository } from '../state/entities.ts';
import { emitIssue } from '../webhooks/emit-issue.ts';
import { emitPush } from '../webhooks/emit-push.ts';

/** Creates a ref by its complete name; 422 when it exists, is misnamed or the commit does not. */
export function createRef(forge: ForgeState, actor: Actor, repo: Repository, name: string, sha: string): Ref {
  demand(forge, actor, repo, WRITE('contents', 'write'));
  if (!/^refs\/[^/\s]+\/[^\s~^:?*[\\]+$/.test(name) || name.includes('..') || name.endsWith('/')) {
    throw new Refusal(422, "Reference name must start with 'refs/' and have a valid form");
  }
  if (refNamed(forge, repo, name)) throw new Refusal(422, 'Reference already exists');
  return moveRef(forge, actor, repo, name, sha);
}

/** Moves a ref; without `force` only to a descendant of where it is. */
export function updateRef(
  forge: ForgeState,
  actor: Actor,
  repo: Repository,
  name: string,
  to: { sha: string; force: boolean },
): Ref {
  demand(forge, actor, repo, WRITE('contents', 'write'));
  const old = refNamed(forge, repo, name);
  if (!old) throw new Refusal(422, 'Reference does not exist');
  if (!hasCommit(forge, repo, to.sha)) throw new Refusal(422, 'Object does not exist');
  const forward = ancestors(forge, repo, to.sha).has(old.sha);
  if (!forward && !to.force) throw new Refusal(422, 'Update is not a fast forward');
  return moveRef(forge, actor, repo, name, to.sha, !forward);
}

/** Deletes a ref; never the default branch. */
export function deleteRef(forge: ForgeState, actor: Actor, repo: Repository, name: string): void {
  demand(forge, actor, repo, WRITE('contents', 'write'));
  const old = refNamed(forge, repo, name);
  if (!old) throw new Refusal(422, 'Reference does not exist');
  if (name === `refs/heads/${repo.defaultBranch}`) throw new Refusal(422, 'Cannot delete the default branch');
  forge.store.remove('ref', `${repo.id}:${name}`);
  emitPush(forge, actor, repo, { name, before: old.sha, after: null, forced: false });
}

/** Points a ref at a commit, whoever checked that it may; tells hooks and open pull requests. */
export function moveRef(
  forge: ForgeState,
  actor: Actor,
  repo: Repository,
  name: string,
  sha: string,
  forced = false,
): Ref {
  if (!hasCommit(forge, repo, sha)) throw new Refusal(422, 'Object does not exist');
  const before = refNamed(forge, repo, name)?.sha ?? null;
  const ref = forge.store.put('ref', { repoId: repo.id, name, sha });
  if (before === sha) return ref;
  const now = forge.clock.stamp();
  forge.store.put('repository', { ...repositoryById(forge, repo.id), pushedAt: now, updatedAt: now });
  emitPush(forge, actor, repo, { name, before, after: sha, forced });
  synchronizePulls(forge, actor, repo, name.replace(/^refs\/heads\//, ''), sha);
  return ref;
}

function synchronizePulls(forge: ForgeState, actor: Actor, repo: Repository, branch: string, sha: string): void {
  for (const issue of forge.store.group('issue', repo.id)) {
    if (issue.state !== 'open' || issue.pull?.head !== branch) continue;
    const before = issue.pull.headSha;
    const baseSha = refNamed(forge, repo, `refs/heads/${issue.pull.base}`)?.sha ?? issue.pull.baseSha;
    const pull = { ...issue.pull, headSha: sha, baseSha };
    const next = forge.store.put('issue', { ...issue, pull, updatedAt: forge.clock.stamp() });
    emitIssue(forge, actor, repo, next, 'synchronize', { before, after: sha });
  }
}

function hasCommit(forge: ForgeState, repo: Repository, sha: string): boolean {
  return forge.store.get('object', `${repo.id}:${sha}`)?.type === 'commit';
}

/** Refuses git database requests to a repository without a commit, as GitHub does. */
export function demandCommits(forge: ForgeState, repo: Repository): void {
  if (forge.store.groupSize('ref', repo.id) === 0) throw new Refusal(409, 'Git Repository is empty.');
}
