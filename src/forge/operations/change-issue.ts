import { demand, may, WRITE } from '../access.ts';
import { type Actor, accountOf } from '../actor.ts';
import type { ForgeState } from '../forge-state.ts';
import { invalidField } from '../refusal.ts';
import type { Issue, Repository } from '../state/entities.ts';
import { emitIssue } from '../webhooks/emit-issue.ts';
import { assigneeIdsFor, demandIssueChange, emitAssignee } from './issues.ts';
import { LABEL_NEED, labelIdsFor, setLabelIds } from './labels.ts';
import { checkBody, checkTitle } from './text.ts';

export interface IssueChange {
  title?: string | undefined;
  body?: string | null | undefined;
  state?: 'open' | 'closed' | undefined;
  state_reason?: 'completed' | 'not_planned' | 'duplicate' | 'reopened' | null | undefined;
  labels?: string[] | undefined;
  assignees?: string[] | undefined;
}

/**
 * Edits an issue; each kind of change takes its own right and sends its own hook event. Labels and assignees from an
 * author below triage are dropped silently, as GitHub does.
 */
export function changeIssue(
  forge: ForgeState,
  actor: Actor,
  repo: Repository,
  issue: Issue,
  change: IssueChange,
): Issue {
  let next = issue;
  if (change.title !== undefined || change.body !== undefined) next = retext(forge, actor, repo, next, change);
  const dropped = actor.kind === 'user' && actor.user.id === issue.userId && !may(forge, actor, repo, LABEL_NEED);
  if (change.labels !== undefined && !dropped) {
    demand(forge, actor, repo, LABEL_NEED);
    next = setLabelIds(forge, actor, repo, next, labelIdsFor(forge, repo, change.labels));
  }
  if (change.assignees !== undefined && !dropped) next = reassign(forge, actor, repo, next, change.assignees);
  if (change.state !== undefined) next = setState(forge, actor, repo, next, change.state, change.state_reason);
  return next;
}

function retext(forge: ForgeState, actor: Actor, repo: Repository, issue: Issue, change: IssueChange): Issue {
  demandIssueChange(forge, actor, repo, issue, 'write');
  const title = change.title ?? issue.title;
  const body = change.body === undefined ? issue.body : change.body;
  checkTitle(forge, 'Issue', title);
  checkBody(forge, 'Issue', body ?? '');
  if (title === issue.title && body === issue.body) return issue;
  const next = forge.store.put('issue', { ...issue, title, body, updatedAt: forge.clock.stamp() });
  const changes = {
    ...(title === issue.title ? {} : { title: { from: issue.title } }),
    ...(body === issue.body ? {} : { body: { from: issue.body ?? '' } }),
  };
  emitIssue(forge, actor, repo, next, 'edited', { changes });
  return next;
}

function reassign(forge: ForgeState, actor: Actor, repo: Repository, issue: Issue, logins: string[]): Issue {
  demand(forge, actor, repo, WRITE('issues', 'triage'));
  const ids = [...new Set(assigneeIdsFor(forge, repo, logins))];
  const came = ids.filter((id) => !issue.assigneeIds.includes(id));
  const went = issue.assigneeIds.filter((id) => !ids.includes(id));
  if (came.length + went.length === 0) return issue;
  const next = forge.store.put('issue', { ...issue, assigneeIds: ids, updatedAt: forge.clock.stamp() });
  for (const id of went) emitAssignee(forge, actor, repo, next, 'unassigned', id);
  for (const id of came) emitAssignee(forge, actor, repo, next, 'assigned', id);
  return next;
}

/** Closes or reopens; the author may, others need triage. Closing again only changes the reason. */
function setState(
  forge: ForgeState,
  actor: Actor,
  repo: Repository,
  issue: Issue,
  state: 'open' | 'closed',
  reason: IssueChange['state_reason'],
): Issue {
  demandIssueChange(forge, actor, repo, issue, 'triage');
  if (state === 'open' && issue.pull?.mergedAt) throw invalidField('PullRequest', 'state', 'invalid');
  const closing = state === 'closed';
  const stateReason = closing ? (reason ?? 'completed') : issue.state === 'closed' ? 'reopened' : issue.stateReason;
  if (state === issue.state && stateReason === issue.stateReason) return issue;
  const now = forge.clock.stamp();
  const next = forge.store.put('issue', {
    ...issue,
    state,
    stateReason,
    closedAt: closing ? (issue.closedAt ?? now) : null,
    closedById: closing ? accountOf(forge, actor).id : null,
    updatedAt: now,
  });
  if (state !== issue.state) emitIssue(forge, actor, repo, next, closing ? 'closed' : 'reopened');
  return next;
}
