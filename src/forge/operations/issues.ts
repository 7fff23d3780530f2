import { atLeast, demand, may, READ, roleOf, WRITE } from '../access.ts';
import { type Actor, accountOf, appIdOf } from '../actor.ts';
import type { ForgeState } from '../forge-state.ts';
import { accountById, accountByLogin, repositoryById } from '../lookups.ts';
import { invalidField, Refusal } from '../refusal.ts';
import type { Issue, PullPart, Repository } from '../state/entities.ts';
import { accountView } from '../views/account-view.ts';
import { emitIssue } from '../webhooks/emit-issue.ts';
import { checkLabelCount, emitLabel, LABEL_NEED, labelIdsFor } from './labels.ts';
import { checkBody, checkTitle } from './text.ts';

export interface IssueInput {
  title: string;
  body?: string | null | undefined;
  labels?: string[] | undefined;
  assignees?: string[] | undefined;
}

/** Opens an issue. Labels and assignees of people below triage are dropped silently, as GitHub does. */
export function createIssue(forge: ForgeState, actor: Actor, repo: Repository, input: IssueInput): Issue {
  demand(forge, actor, repo, WRITE('issues', 'read'));
  if (repo.hasIssues === false) throw new Refusal(410, 'Issues has been disabled in this repository.');
  const trusted = may(forge, actor, repo, LABEL_NEED);
  const issue = placeIssue(forge, actor, repo, trusted ? input : { ...input, labels: [], assignees: [] }, null);
  emitIssue(forge, actor, repo, issue, 'opened');
  for (const id of issue.labelIds) emitLabel(forge, actor, repo, issue, 'labeled', id);
  for (const id of issue.assigneeIds) emitAssignee(forge, actor, repo, issue, 'assigned', id);
  return issue;
}

/** Gives an issue or pull request its number and stores it; says nothing to the hooks. */
export function placeIssue(
  forge: ForgeState,
  actor: Actor,
  repo: Repository,
  input: IssueInput,
  pull: PullPart | null,
): Issue {
  const resource = pull ? 'PullRequest' : 'Issue';
  checkTitle(forge, resource, input.title);
  checkBody(forge, resource, input.body ?? '');
  const labelIds = labelIdsFor(forge, repo, input.labels ?? []);
  checkLabelCount(forge, labelIds);
  const number = repositoryById(forge, repo.id).lastNumber + 1;
  forge.store.put('repository', { ...repositoryById(forge, repo.id), lastNumber: number });
  const now = forge.clock.stamp();
  return forge.store.put('issue', {
    id: forge.store.newId(),
    repoId: repo.id,
    number,
    title: input.title,
    body: input.body ?? null,
    userId: accountOf(forge, actor).id,
    appId: appIdOf(actor),
    state: 'open',
    stateReason: null,
    labelIds,
    assigneeIds: assigneeIdsFor(forge, repo, input.assignees ?? []),
    locked: false,
    lockReason: null,
    createdAt: now,
    updatedAt: now,
    closedAt: null,
    closedById: null,
    pull,
  });
}

/** The ids of logins who may be assigned; a 422 when one is nobody's, or that of a person who cannot read the repository. */
export function assigneeIdsFor(forge: ForgeState, repo: Repository, logins: string[]): number[] {
  if (logins.length > forge.limits.assigneesPerIssue) throw invalidField('Issue', 'assignees', 'invalid');
  return logins.map((login) => {
    const account = accountByLogin(forge, login);
    if (!account || !atLeast(roleOf(forge, repo, account), 'read')) throw invalidField('Issue', 'assignees', 'invalid');
    return account.id;
  });
}

/** Tells the hooks that somebody was assigned or no longer is. */
export function emitAssignee(
  forge: ForgeState,
  actor: Actor,
  repo: Repository,
  issue: Issue,
  action: 'assigned' | 'unassigned',
  userId: number,
): void {
  emitIssue(forge, actor, repo, issue, action, { assignee: accountView(forge, accountById(forge, userId)) });
}

/** Locks or unlocks the conversation; takes write access. */
export function lockIssue(
  forge: ForgeState,
  actor: Actor,
  repo: Repository,
  issue: Issue,
  lock: { locked: boolean; reason: string | null },
): Issue {
  demand(forge, actor, repo, WRITE('issues', 'write'));
  const next = { ...issue, locked: lock.locked, lockReason: lock.reason, updatedAt: forge.clock.stamp() };
  forge.store.put('issue', next);
  emitIssue(forge, actor, repo, next, lock.locked ? 'locked' : 'unlocked');
  return next;
}

/** Refuses who may not change this issue's text or state: its author may, others need the role. */
export function demandIssueChange(
  forge: ForgeState,
  actor: Actor,
  repo: Repository,
  issue: Issue,
  role: 'triage' | 'write',
): void {
  if (actor.kind === 'user' && actor.user.id === issue.userId && may(forge, actor, repo, READ('issues'))) return;
  demand(forge, actor, repo, WRITE('issues', role));
}

/** Refuses a comment on an issue that is locked to the actor. */
export function checkUnlocked(forge: ForgeState, actor: Actor, repo: Repository, issue: Issue): void {
  if (!issue.locked || may(forge, actor, repo, WRITE('issues', 'write'))) return;
  throw new Refusal(403, 'Unable to create comment because issue is locked.');
}
