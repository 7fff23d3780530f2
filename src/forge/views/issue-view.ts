import type { RestEndpointMethodTypes } from '@octokit/rest';
import type { ForgeState } from '../forge-state.ts';
import { accountById, appById, fullName, repositoryById } from '../lookups.ts';
import { nodeId } from '../node-id.ts';
import type { Issue, Label } from '../state/entities.ts';
import { accountView } from './account-view.ts';
import { appView } from './app-view.ts';
import { authorAssociation } from './author-association.ts';
import { labelView } from './label-view.ts';

export type IssueView = RestEndpointMethodTypes['issues']['get']['response']['data'];

/** The labels of an issue in the order they were put on. */
export function labelsOf(forge: ForgeState, issue: Issue): Label[] {
  return issue.labelIds.map((id) => forge.store.get('label', id)).filter((label) => label !== undefined);
}

/** GitHub's `issue`; pull requests are issues with `pull_request`. */
export function issueView(forge: ForgeState, issue: Issue): IssueView {
  const repo = repositoryById(forge, issue.repoId);
  const name = fullName(forge, repo);
  const assignees = issue.assigneeIds.map((id) => accountView(forge, accountById(forge, id)));
  return {
    ...urlsOf(forge, name, issue),
    id: issue.id,
    node_id: nodeId(issue.pull ? 'PR' : 'I', issue.id),
    number: issue.number,
    title: issue.title,
    user: accountView(forge, accountById(forge, issue.userId)),
    labels: labelsOf(forge, issue).map((label) => labelView(forge, label)),
    state: issue.state,
    locked: issue.locked,
    active_lock_reason: issue.lockReason,
    assignee: assignees[0] ?? null,
    assignees,
    milestone: null,
    comments: forge.store.groupSize('comment', `${issue.repoId}#${issue.number}`),
    created_at: issue.createdAt,
    updated_at: issue.updatedAt,
    closed_at: issue.closedAt,
    closed_by: issue.closedById === null ? null : accountView(forge, accountById(forge, issue.closedById)),
    author_association: authorAssociation(forge, repo, issue.userId),
    ...(issue.pull ? { draft: false, pull_request: pullLinks(forge, name, issue) } : {}),
    body: issue.body,
    reactions: noReactions(`${forge.apiUrl}/repos/${name}/issues/${issue.number}/reactions`),
    performed_via_github_app: issue.appId === null ? null : appView(forge, appById(forge, issue.appId)),
    state_reason: issue.stateReason,
  };
}

/** GitHub's `reaction-rollup` with nothing in it; the forge has no reactions. */
export function noReactions(url: string) {
  return { url, total_count: 0, '+1': 0, '-1': 0, laugh: 0, hooray: 0, confused: 0, heart: 0, rocket: 0, eyes: 0 };
}

function urlsOf(forge: ForgeState, name: string, issue: Issue) {
  const url = `${forge.apiUrl}/repos/${name}/issues/${issue.number}`;
  return {
    url,
    repository_url: `${forge.apiUrl}/repos/${name}`,
    labels_url: `${url}/labels{/name}`,
    comments_url: `${url}/comments`,
    events_url: `${url}/events`,
    timeline_url: `${url}/timeline`,
    html_url: `${forge.url}/${name}/${issue.pull ? 'pull' : 'issues'}/${issue.number}`,
  };
}

function pullLinks(forge: ForgeState, name: string, issue: Issue) {
  const page = `${forge.url}/${name}/pull/${issue.number}`;
  return {
    url: `${forge.apiUrl}/repos/${name}/pulls/${issue.number}`,
    html_url: page,
    diff_url: `${page}.diff`,
    patch_url: `${page}.patch`,
    merged_at: issue.pull?.mergedAt ?? null,
  };
}
