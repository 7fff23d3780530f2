import type { RestEndpointMethodTypes } from '@octokit/rest';
import type { ForgeState } from '../forge-state.ts';
import { diffTrees, type FileDiff } from '../git/diff-trees.ts';
import { gitObject } from '../git/trees.ts';
import { accountByLogin, fullName } from '../lookups.ts';
import { nodeId } from '../node-id.ts';
import type { Commit, Person, Repository } from '../state/entities.ts';
import { accountView } from './account-view.ts';

type GitCommitView = RestEndpointMethodTypes['git']['getCommit']['response']['data'];
type CommitView = RestEndpointMethodTypes['repos']['getCommit']['response']['data'];

const UNSIGNED = { verified: false, reason: 'unsigned', signature: null, payload: null, verified_at: null };

/** GitHub's `git-commit`, as the git database API answers. */
export function gitCommitView(forge: ForgeState, repo: Repository, commit: Commit): GitCommitView {
  const { url, page } = urlsOf(forge, repo);
  return {
    sha: commit.sha,
    node_id: nodeId('C', commit.sha),
    url: `${url}/git/commits/${commit.sha}`,
    html_url: `${page}/commit/${commit.sha}`,
    author: commit.author,
    committer: commit.committer,
    message: commit.message,
    tree: { sha: commit.tree, url: `${url}/git/trees/${commit.tree}` },
    parents: commit.parents.map((sha) => ({
      sha,
      url: `${url}/git/commits/${sha}`,
      html_url: `${page}/commit/${sha}`,
    })),
    verification: UNSIGNED,
  };
}

/** GitHub's `commit`; `withFiles` adds what it changed against its first parent. */
export function commitView(forge: ForgeState, repo: Repository, commit: Commit, withFiles = false): CommitView {
  const { url, page } = urlsOf(forge, repo);
  return {
    sha: commit.sha,
    node_id: nodeId('C', commit.sha),
    url: `${url}/commits/${commit.sha}`,
    html_url: `${page}/commit/${commit.sha}`,
    comments_url: `${url}/commits/${commit.sha}/comments`,
    commit: {
      author: commit.author,
      committer: commit.committer,
      message: commit.message,
      tree: { sha: commit.tree, url: `${url}/git/trees/${commit.tree}` },
      url: `${url}/git/commits/${commit.sha}`,
      comment_count: 0,
      verification: UNSIGNED,
    },
    author: accountIn(forge, commit.author),
    committer: accountIn(forge, commit.committer),
    parents: commit.parents.map((sha) => ({
      sha,
      url: `${url}/commits/${sha}`,
      html_url: `${page}/commit/${sha}`,
    })),
    ...(withFiles ? changesOf(forge, repo, commit) : {}),
  };
}

function changesOf(forge: ForgeState, repo: Repository, commit: Commit) {
  const parent = commit.parents[0];
  const before = parent === undefined ? null : gitObject(forge, repo, 'commit', parent).tree;
  const files = diffTrees(forge, repo, before, commit.tree);
  const additions = files.reduce((sum, file) => sum + file.additions, 0);
  const deletions = files.reduce((sum, file) => sum + file.deletions, 0);
  return {
    stats: { additions, deletions, total: additions + deletions },
    files: files.map((file) => diffView(forge, repo, commit.sha, file)),
  };
}

/** GitHub's `diff-entry`; `ref` is the commit its links show. */
export function diffView(forge: ForgeState, repo: Repository, ref: string, file: FileDiff) {
  const { url, page } = urlsOf(forge, repo);
  const path = file.path.split('/').map(encodeURIComponent).join('/');
  return {
    sha: file.sha,
    filename: file.path,
    status: file.status,
    additions: file.additions,
    deletions: file.deletions,
    changes: file.additions + file.deletions,
    blob_url: `${page}/blob/${ref}/${path}`,
    raw_url: `${page}/raw/${ref}/${path}`,
    contents_url: `${url}/contents/${path}?ref=${ref}`,
    ...(file.binary ? {} : { patch: file.patch }),
  };
}

/** The account behind a commit's no-reply address. */
function accountIn(forge: ForgeState, person: Person) {
  const login = /^\d+\+(.+)@users\.noreply\.github\.com$/.exec(person.email)?.[1];
  const account = login === undefined ? undefined : accountByLogin(forge, login);
  return account ? accountView(forge, account) : null;
}

function urlsOf(forge: ForgeState, repo: Repository) {
  const name = fullName(forge, repo);
  return { url: `${forge.apiUrl}/repos/${name}`, page: `${forge.url}/${name}` };
}
