import { type Actor, accountOf } from '../actor.ts';
import type { ForgeState } from '../forge-state.ts';
import { diffTrees } from '../git/diff-trees.ts';
import { ancestors } from '../git/refs.ts';
import { gitObject } from '../git/trees.ts';
import { fullName } from '../lookups.ts';
import type { Commit, Repository } from '../state/entities.ts';
import { emit } from './emit.ts';

/** What git calls "no commit": a created or deleted branch has it on one side. */
const NOTHING = '0'.repeat(40);
/** A push payload lists at most this many commits (docs.github.com, "Webhook events and payloads", push). */
const MOST_COMMITS = 2_048;

/** A ref that moved; `null` is a ref that was not there before, or is not after. */
export interface Push {
  name: string;
  before: string | null;
  after: string | null;
  forced: boolean;
}

/** Tells the hooks about a push. */
export function emitPush(forge: ForgeState, actor: Actor, repo: Repository, push: Push): void {
  const sender = accountOf(forge, actor);
  const page = `${forge.url}/${fullName(forge, repo)}`;
  const before = push.before ?? NOTHING;
  const after = push.after ?? NOTHING;
  const commits = push.after === null ? [] : newCommits(forge, repo, push.before, push.after);
  const views = commits.map((commit) => pushedCommit(forge, repo, page, commit));
  const payload = {
    ref: push.name,
    before,
    after,
    created: push.before === null,
    deleted: push.after === null,
    forced: push.forced,
    base_ref: null,
    compare: `${page}/compare/${before.slice(0, 12)}...${after.slice(0, 12)}`,
    commits: views,
    head_commit: views.at(-1) ?? null,
    pusher: { name: sender.login, email: `${sender.login}@users.noreply.github.com` },
  };
  emit(forge, { event: 'push', action: null, repo, sender, payload });
}

function newCommits(forge: ForgeState, repo: Repository, before: string | null, after: string): Commit[] {
  const known = before === null ? new Map() : ancestors(forge, repo, before);
  const found = [...ancestors(forge, repo, after).values()].filter((commit) => !known.has(commit.sha));
  return found.slice(0, MOST_COMMITS).reverse();
}

function pushedCommit(forge: ForgeState, repo: Repository, page: string, commit: Commit) {
  const parent = commit.parents[0];
  const before = parent === undefined ? null : gitObject(forge, repo, 'commit', parent).tree;
  const files = diffTrees(forge, repo, before, commit.tree);
  const paths = (status: string) => files.filter((file) => file.status === status).map((file) => file.path);
  const person = ({ name, email, date }: Commit['author']) => ({ name, email, date });
  return {
    id: commit.sha,
    tree_id: commit.tree,
    distinct: true,
    message: commit.message,
    timestamp: commit.committer.date,
    url: `${page}/commit/${commit.sha}`,
    author: person(commit.author),
    committer: person(commit.committer),
    added: paths('added'),
    removed: paths('removed'),
    modified: paths('modified'),
  };
}
