import { demand, WRITE } from '../access.ts';
import { type Actor, accountOf } from '../actor.ts';
import type { ForgeState } from '../forge-state.ts';
import { mergeTrees } from '../git/merge-trees.ts';
import { commitObject } from '../git/objects.ts';
import { ancestors, refNamed } from '../git/refs.ts';
import { changeTree, gitObject, keepObject } from '../git/trees.ts';
import { accountById, findIssue } from '../lookups.ts';
import { invalidField, notFound, Refusal } from '../refusal.ts';
import type { Commit, Issue, PullPart, Repository } from '../state/entities.ts';
import { emitIssue } from '../webhooks/emit-issue.ts';
import { personOf } from './commits.ts';
import { placeIssue } from './issues.ts';
import { moveRef } from './refs.ts';

export interface PullInput {
  title: string;
  body?: string | null | undefined;
  /** A branch of the same repository, plain or as `owner:branch`. */
  head: string;
  base: string;
}

export interface MergeInput {
  sha?: string | undefined;
  commit_title?: string | undefined;
  commit_message?: string | undefined;
  merge_method?: 'merge' | 'squash' | undefined;
}

/** Opens a pull request between two branches of the repository. */
export function createPull(forge: ForgeState, actor: Actor, repo: Repository, input: PullInput): Issue {
  demand(forge, actor, repo, WRITE('pull_requests', 'read'));
  const owner = accountById(forge, repo.ownerId).login;
  const head = input.head.startsWith(`${owner}:`) ? input.head.slice(owner.length + 1) : input.head;
  const headSha = branchSha(forge, repo, 'head', head);
  const baseSha = branchSha(forge, repo, 'base', input.base);
  const open = forge.store.group('issue', repo.id).find(({ state, pull }) => {
    return state === 'open' && pull?.head === head && pull.base === input.base;
  });
  if (open) throw refused(`A pull request already exists for ${owner}:${head}.`);
  if (ancestors(forge, repo, baseSha).has(headSha)) throw refused(`No commits between ${input.base} and ${head}`);
  const part = { head, base: input.base, headSha, baseSha, mergedAt: null, mergedById: null, mergeSha: null };
  const pull = placeIssue(forge, actor, repo, { title: input.title, body: input.body }, part);
  emitIssue(forge, actor, repo, pull, 'opened');
  return pull;
}

function refused(message: string): Refusal {
  const errors = [{ resource: 'PullRequest', field: 'base', code: 'custom' as const, message }];
  return new Refusal(422, 'Validation Failed', { errors });
}

function branchSha(forge: ForgeState, repo: Repository, field: 'head' | 'base', branch: string): string {
  const ref = refNamed(forge, repo, `refs/heads/${branch}`);
  if (!ref) throw invalidField('PullRequest', field, 'invalid');
  return ref.sha;
}

/** A pull request by number; 404 for plain issues. */
export function findPull(forge: ForgeState, repo: Repository, number: number): Issue & { pull: PullPart } {
  const issue = findIssue(forge, repo, number);
  if (!issue.pull) throw notFound();
  return { ...issue, pull: issue.pull };
}

/** Merges file by file; 405 when not open, 409 when the head moved or both sides changed a file. */
export function mergePull(
  forge: ForgeState,
  actor: Actor,
  repo: Repository,
  issue: Issue & { pull: PullPart },
  input: MergeInput,
): string {
  demand(forge, actor, repo, WRITE('contents', 'write'));
  const { pull } = issue;
  const target = refNamed(forge, repo, `refs/heads/${pull.base}`);
  if (issue.state !== 'open' || !target) throw new Refusal(405, 'Pull Request is not mergeable');
  if (input.sha !== undefined && input.sha !== pull.headSha) {
    throw new Refusal(409, 'Head branch was modified. Review and try the merge again.');
  }
  const base = gitObject(forge, repo, 'commit', target.sha);
  const head = gitObject(forge, repo, 'commit', pull.headSha);
  const merged = mergeTrees(forge, repo, base, head);
  if (!merged.ok) throw new Refusal(409, `Merge conflict in ${merged.conflicts.join(', ')}`);
  const commit = mergeCommit(
    forge,
    actor,
    repo,
    issue,
    { base, head, tree: changeTree(forge, repo, base.tree, merged.changes).sha },
    input,
  );
  moveRef(forge, actor, repo, target.name, commit.sha);
  closeMerged(forge, actor, repo, { ...issue, pull }, commit.sha);
  return commit.sha;
}

function mergeCommit(
  forge: ForgeState,
  actor: Actor,
  repo: Repository,
  issue: Issue & { pull: PullPart },
  sides: { base: Commit; head: Commit; tree: string },
  input: MergeInput,
): Commit {
  const squash = input.merge_method === 'squash';
  const owner = accountById(forge, repo.ownerId).login;
  const usual = `Merge pull request #${issue.number} from ${owner}/${issue.pull.head}`;
  const title = input.commit_title ?? (squash ? `${issue.title} (#${issue.number})` : usual);
  const message = `${title}\n\n${input.commit_message ?? (squash ? '' : issue.title)}`.trim();
  const parents = squash ? [sides.base.sha] : [sides.base.sha, sides.head.sha];
  const author = personOf(forge, accountOf(forge, actor));
  return keepObject(forge, commitObject(repo.id, { tree: sides.tree, parents, author, committer: author, message }));
}

function closeMerged(
  forge: ForgeState,
  actor: Actor,
  repo: Repository,
  issue: Issue & { pull: PullPart },
  mergeSha: string,
): void {
  const now = forge.clock.stamp();
  const userId = accountOf(forge, actor).id;
  const next = forge.store.put('issue', {
    ...issue,
    state: 'closed',
    closedAt: now,
    closedById: userId,
    updatedAt: now,
    pull: { ...issue.pull, mergedAt: now, mergedById: userId, mergeSha },
  });
  emitIssue(forge, actor, repo, next, 'closed');
}
