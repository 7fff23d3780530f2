import type { RestEndpointMethodTypes } from '@octokit/rest';
import { atLeast, roleOf } from '../access.ts';
import type { Actor } from '../actor.ts';
import type { ForgeState } from '../forge-state.ts';
import { accountById } from '../lookups.ts';
import { nodeId } from '../node-id.ts';
import type { Repository, Role } from '../state/entities.ts';
import { accountView } from './account-view.ts';

export type RepositoryView = RestEndpointMethodTypes['repos']['get']['response']['data'];

/** GitHub's `full-repository`; `permissions` are the reader's when one is given. */
export function repositoryView(forge: ForgeState, repo: Repository, reader?: Actor): RepositoryView {
  const owner = accountView(forge, accountById(forge, repo.ownerId));
  const openIssues = forge.store.group('issue', repo.id).filter((issue) => issue.state === 'open').length;
  const fullName = `${owner.login}/${repo.name}`;
  return {
    id: repo.id,
    node_id: nodeId('R', repo.id),
    name: repo.name,
    full_name: fullName,
    owner,
    organization: owner,
    private: repo.private,
    visibility: repo.private ? 'private' : 'public',
    description: repo.description,
    fork: false,
    ...urlsOf(forge, fullName),
    homepage: null,
    language: null,
    forks_count: 0,
    forks: 0,
    stargazers_count: 0,
    watchers_count: 0,
    watchers: 0,
    subscribers_count: 0,
    network_count: 0,
    size: 0,
    default_branch: repo.defaultBranch,
    open_issues_count: openIssues,
    open_issues: openIssues,
    is_template: false,
    topics: [],
    has_issues: repo.hasIssues ?? true,
    has_projects: false,
    has_wiki: false,
    has_pages: false,
    has_downloads: false,
    has_discussions: false,
    archived: false,
    disabled: false,
    web_commit_signoff_required: false,
    allow_forking: false,
    license: null,
    pushed_at: repo.pushedAt,
    created_at: repo.createdAt,
    updated_at: repo.updatedAt,
    ...(reader ? { permissions: permissionsOf(readerRole(forge, repo, reader)) } : {}),
  };
}

/** A role as the five switches GitHub shows. */
export function permissionsOf(role: Role | null) {
  return {
    admin: atLeast(role, 'admin'),
    maintain: atLeast(role, 'maintain'),
    push: atLeast(role, 'write'),
    triage: atLeast(role, 'triage'),
    pull: atLeast(role, 'read'),
  };
}

function readerRole(forge: ForgeState, repo: Repository, reader: Actor): Role | null {
  if (reader.kind === 'user') return roleOf(forge, repo, reader.user);
  return reader.kind === 'installation' && reader.permissions.contents === 'write' ? 'write' : 'read';
}

function urlsOf(forge: ForgeState, fullName: string) {
  const url = `${forge.apiUrl}/repos/${fullName}`;
  const page = `${forge.url}/${fullName}`;
  return {
    html_url: page,
    url,
    archive_url: `${url}/{archive_format}{/ref}`,
    assignees_url: `${url}/assignees{/user}`,
    blobs_url: `${url}/git/blobs{/sha}`,
    branches_url: `${url}/branches{/branch}`,
    collaborators_url: `${url}/collaborators{/collaborator}`,
    comments_url: `${url}/comments{/number}`,
    commits_url: `${url}/commits{/sha}`,
    compare_url: `${url}/compare/{base}...{head}`,
    contents_url: `${url}/contents/{+path}`,
    contributors_url: `${url}/contributors`,
    deployments_url: `${url}/deployments`,
    downloads_url: `${url}/downloads`,
    events_url: `${url}/events`,
    forks_url: `${url}/forks`,
    git_commits_url: `${url}/git/commits{/sha}`,
    git_refs_url: `${url}/git/refs{/sha}`,
    git_tags_url: `${url}/git/tags{/sha}`,
    git_url: `${page.replace(/^https?/, 'git')}.git`,
    issue_comment_url: `${url}/issues/comments{/number}`,
    issue_events_url: `${url}/issues/events{/number}`,
    issues_url: `${url}/issues{/number}`,
    keys_url: `${url}/keys{/key_id}`,
    labels_url: `${url}/labels{/name}`,
    languages_url: `${url}/languages`,
    merges_url: `${url}/merges`,
    milestones_url: `${url}/milestones{/number}`,
    notifications_url: `${url}/notifications{?since,all,participating}`,
    pulls_url: `${url}/pulls{/number}`,
    releases_url: `${url}/releases{/id}`,
    ssh_url: `git@localhost:${fullName}.git`,
    stargazers_url: `${url}/stargazers`,
    statuses_url: `${url}/statuses/{sha}`,
    subscribers_url: `${url}/subscribers`,
    subscription_url: `${url}/subscription`,
    tags_url: `${url}/tags`,
    teams_url: `${url}/teams`,
    trees_url: `${url}/git/trees{/sha}`,
    clone_url: `${page}.git`,
    mirror_url: null,
    hooks_url: `${url}/hooks`,
    svn_url: page,
  };
}
