import type { RestEndpointMethodTypes } from '@octokit/rest';
import type { ForgeState } from '../forge-state.ts';
import { diffTrees } from '../git/diff-trees.ts';
import { mergeTrees } from '../git/merge-trees.ts';
import { ancestors, mergeBase } from '../git/refs.ts';
import { gitObject } from '../git/trees.ts';
import { accountById, fullName, repositoryById } from '../lookups.ts';
import { notFound } from '../refusal.ts';
import type { Commit, Issue, PullPart, Repository } from '../state/entities.ts';
import { accountView } from './account-view.ts';
import { authorAssociation } from './author-association.ts';
import { issueView, labelsOf } from './issue-view.ts';
import { labelView } from './label-view.ts';
import { repositoryView } from './repository-view.ts';

export type PullView = RestEndpointMethodTypes['pulls']['get']['response']['data'];

/** GitHub's `pull-request`. */
export function pullView(forge: ForgeState, issue: Issue): PullView {
  const { pull } = issue;
  if (!pull) throw notFound();
  const repo = repositoryById(forge, issue.repoId);
  const base = issueView(forge, issue);
  const mergedBy = pull.mergedById === null ? null : accountView(forge, accountById(forge, pull.mergedById));
  return {
    ...linksOf(forge, repo, issue, pull),
    id: issue.id,
    node_id: base.node_id,
    number: issue.number,
    state: issue.state,
    locked: issue.locked,
    active_lock_reason: issue.lockReason,
    title: issue.title,
    user: accountView(forge, accountById(forge, issue.userId)),
    body: issue.body,
    labels: labelsOf(forge, issue).map((label) => ({ ...labelView(forge, label), default: false })),
    milestone: null,
    created_at: issue.createdAt,
    updated_at: issue.updatedAt,
    closed_at: issue.closedAt,
    merged_at: pull.mergedAt,
    merge_commit_sha: pull.mergeSha,
    assignee: base.assignees?.[0] ?? null,
    assignees: base.assignees ?? [],
    requested_reviewers: [],
    requested_teams: [],
    head: sideView(forge, headRepo(forge, repo, pull), pull.head, pull.headSha),
    base: sideView(forge, repo, pull.base, pull.baseSha),
    author_association: authorAssociation(forge, repo, issue.userId),
    auto_merge: null,
    draft: false,
    merged: pull.mergedAt !== null,
    merged_by: mergedBy,
    ...stateOf(forge, repo, issue, pull),
    comments: base.comments,
    review_comments: 0,
    maintainer_can_modify: false,
  };
}

function sideView(forge: ForgeState, repo: Repository, ref: string, sha: string): PullView['head'] {
  const owner = accountView(forge, accountById(forge, repo.ownerId));
  const { organization: _organization, ...view } = repositoryView(forge, repo);
  return { label: `${owner.login}:${ref}`, ref, sha, user: owner, repo: view as PullView['head']['repo'] };
}

function headRepo(forge: ForgeState, repo: Repository, { headRepoId }: PullPart): Repository {
  return headRepoId === undefined ? repo : repositoryById(forge, headRepoId);
}

/** The commit a pull request's changes start from: where its branch left the base. */
export function forkPoint(forge: ForgeState, repo: Repository, pull: PullPart): Commit | null {
  return mergeBase(forge, repo, pull.baseSha, pull.headSha);
}

/** The commits of a pull request, oldest first. */
function pullCommits(forge: ForgeState, repo: Repository, pull: PullPart): Commit[] {
  const known = ancestors(forge, repo, pull.baseSha);
  return [...ancestors(forge, repo, pull.headSha).values()].filter((commit) => !known.has(commit.sha)).reverse();
}

function stateOf(forge: ForgeState, repo: Repository, issue: Issue, pull: PullPart) {
  const head = gitObject(forge, repo, 'commit', pull.headSha);
  const files = diffTrees(forge, repo, forkPoint(forge, repo, pull)?.tree ?? null, head.tree);
  const sum = (count: 'additions' | 'deletions') => files.reduce((total, file) => total + file[count], 0);
  const mergeable = issue.state === 'open' ? canMerge(forge, repo, pull, head) : null;
  return {
    mergeable,
    rebaseable: mergeable,
    mergeable_state: mergeable === null ? 'unknown' : mergeable ? 'clean' : 'dirty',
    commits: pullCommits(forge, repo, pull).length,
    additions: sum('additions'),
    deletions: sum('deletions'),
    changed_files: files.length,
  };
}

function canMerge(forge: ForgeState, repo: Repository, pull: PullPart, head: Commit): boolean {
  const base = forge.store.get('ref', `${repo.id}:refs/heads/${pull.base}`);
  return base !== undefined && mergeTrees(forge, repo, gitObject(forge, repo, 'commit', base.sha), head).ok;
}

function linksOf(forge: ForgeState, repo: Repository, issue: Issue, pull: PullPart) {
  const name = fullName(forge, repo);
  const api = `${forge.apiUrl}/repos/${name}`;
  const url = `${api}/pulls/${issue.number}`;
  const page = `${forge.url}/${name}/pull/${issue.number}`;
  const links = {
    html: page,
    self: url,
    issue: `${api}/issues/${issue.number}`,
    comments: `${api}/issues/${issue.number}/comments`,
    review_comments: `${url}/comments`,
    review_comment: `${api}/pulls/comments{/number}`,
    commits: `${url}/commits`,
    statuses: `${api}/statuses/${pull.headSha}`,
  };
  const _links = Object.fromEntries(Object.entries(links).map(([key, href]) => [key, { href }]));
  return {
    url,
    html_url: page,
    diff_url: `${page}.diff`,
    patch_url: `${page}.patch`,
    issue_url: links.issue,
    commits_url: links.commits,
    review_comments_url: links.review_comments,
    review_comment_url: links.review_comment,
    comments_url: links.comments,
    statuses_url: links.statuses,
    _links: _links as PullView['_links'],
  };
}
