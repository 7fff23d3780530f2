import { demand, may, READ, WRITE } from '../access.ts';
import { type Actor, accountOf, appIdOf } from '../actor.ts';
import type { ForgeState } from '../forge-state.ts';
import { findIssue } from '../lookups.ts';
import { invalidField, Refusal } from '../refusal.ts';
import type { Comment, Issue, Repository } from '../state/entities.ts';
import { commentView } from '../views/comment-view.ts';
import { issueView } from '../views/issue-view.ts';
import { emit } from '../webhooks/emit.ts';
import { checkUnlocked } from './issues.ts';
import { checkBody } from './text.ts';

/** Adds a comment; any reader may unless the issue is locked or full. */
export function createComment(forge: ForgeState, actor: Actor, repo: Repository, issue: Issue, body: string): Comment {
  demand(forge, actor, repo, WRITE('issues', 'read'));
  checkUnlocked(forge, actor, repo, issue);
  checkCommentBody(forge, body);
  const group = `${repo.id}#${issue.number}`;
  if (forge.store.groupSize('comment', group) >= forge.limits.commentsPerIssue) {
    throw new Refusal(403, `Commenting is disabled on issues with more than ${forge.limits.commentsPerIssue} comments`);
  }
  const now = forge.clock.stamp();
  const comment = forge.store.put('comment', {
    id: forge.store.newId(),
    repoId: repo.id,
    number: issue.number,
    body,
    userId: accountOf(forge, actor).id,
    appId: appIdOf(actor),
    createdAt: now,
    updatedAt: now,
  });
  forge.store.put('issue', { ...issue, updatedAt: now });
  emitComment(forge, actor, repo, comment, 'created');
  return comment;
}

/** Edits a comment: its author, or anyone who may push (GitHub lets them, which is why edits never authorise). */
export function editComment(
  forge: ForgeState,
  actor: Actor,
  repo: Repository,
  comment: Comment,
  body: string,
): Comment {
  demandOwnership(forge, actor, repo, comment);
  checkCommentBody(forge, body);
  if (body === comment.body) return comment;
  const next = forge.store.put('comment', { ...comment, body, updatedAt: forge.clock.stamp() });
  touchIssue(forge, repo, comment.number);
  emitComment(forge, actor, repo, next, 'edited', { changes: { body: { from: comment.body } } });
  return next;
}

/** Deletes a comment; same rights as editing. */
export function deleteComment(forge: ForgeState, actor: Actor, repo: Repository, comment: Comment): void {
  demandOwnership(forge, actor, repo, comment);
  forge.store.remove('comment', comment.id);
  touchIssue(forge, repo, comment.number);
  emitComment(forge, actor, repo, comment, 'deleted');
}

function demandOwnership(forge: ForgeState, actor: Actor, repo: Repository, comment: Comment): void {
  const own = actor.kind === 'user' && actor.user.id === comment.userId && may(forge, actor, repo, READ('issues'));
  if (!own) demand(forge, actor, repo, WRITE('issues', 'write'));
}

function checkCommentBody(forge: ForgeState, body: string): void {
  if (body.trim() === '') throw invalidField('IssueComment', 'body', 'missing_field', 'body cannot be blank');
  checkBody(forge, 'IssueComment', body);
}

function touchIssue(forge: ForgeState, repo: Repository, number: number): void {
  forge.store.put('issue', { ...findIssue(forge, repo, number), updatedAt: forge.clock.stamp() });
}

function emitComment(
  forge: ForgeState,
  actor: Actor,
  repo: Repository,
  comment: Comment,
  action: 'created' | 'edited' | 'deleted',
  more: Record<string, unknown> = {},
): void {
  const issue = issueView(forge, findIssue(forge, repo, comment.number));
  const payload = { issue, comment: commentView(forge, comment), ...more };
  emit(forge, { event: 'issue_comment', action, repo, sender: accountOf(forge, actor), payload });
}
