import { type Actor, accountOf } from '../actor.ts';
import type { ForgeState } from '../forge-state.ts';
import { labelByName, repositoryById } from '../lookups.ts';
import { Refusal } from '../refusal.ts';
import type { Issue, Repository } from '../state/entities.ts';
import { issueView, labelsOf } from '../views/issue-view.ts';
import { emit, hookRepository } from '../webhooks/emit.ts';
import { emitIssue } from '../webhooks/emit-issue.ts';

/** Deletes an issue with its comments for ever; GitHub offers it in GraphQL only, to administrators. */
export function deleteIssue(forge: ForgeState, actor: Actor, repo: Repository, issue: Issue): void {
  emitIssue(forge, actor, repo, issue, 'deleted');
  for (const comment of forge.store.group('comment', `${repo.id}#${issue.number}`)) {
    forge.store.remove('comment', comment.id);
  }
  forge.store.remove('issue', `${repo.id}#${issue.number}`);
  forge.store.put('tombstone', { repoId: repo.id, number: issue.number, movedTo: null });
}

/** Moves an issue with its comments to another repository of the same owner; labels go along where they exist there. */
export function transferIssue(forge: ForgeState, actor: Actor, repo: Repository, issue: Issue, to: Repository): Issue {
  if (to.ownerId !== repo.ownerId || to.id === repo.id || issue.pull) {
    throw new Refusal(422, 'An issue can be transferred to another repository of the same owner only.');
  }
  const number = repositoryById(forge, to.id).lastNumber + 1;
  forge.store.put('repository', { ...repositoryById(forge, to.id), lastNumber: number });
  const labelIds = labelsOf(forge, issue).flatMap((label) => labelByName(forge, to, label.name)?.id ?? []);
  const { pinnedAt: _, ...rest } = issue;
  const moved = { ...rest, id: forge.store.newId(), repoId: to.id, number, labelIds, updatedAt: forge.clock.stamp() };
  forge.store.put('issue', moved);
  for (const comment of forge.store.group('comment', `${repo.id}#${issue.number}`)) {
    forge.store.put('comment', { ...comment, repoId: to.id, number });
  }
  const changes = { new_issue: issueView(forge, moved), new_repository: hookRepository(forge, to) };
  const old = { old_issue: issueView(forge, issue), old_repository: hookRepository(forge, repo) };
  emitIssue(forge, actor, repo, issue, 'transferred', { changes });
  const sender = accountOf(forge, actor);
  emit(forge, {
    event: 'issues',
    action: 'opened',
    repo: to,
    sender,
    payload: { issue: changes.new_issue, changes: old },
  });
  forge.store.remove('issue', `${repo.id}#${issue.number}`);
  forge.store.put('tombstone', { repoId: repo.id, number: issue.number, movedTo: { repoId: to.id, number } });
  return moved;
}
