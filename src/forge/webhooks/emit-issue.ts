import { type Actor, accountOf } from '../actor.ts';
import type { ForgeState } from '../forge-state.ts';
import type { Issue, Repository } from '../state/entities.ts';
import { issueView } from '../views/issue-view.ts';
import { pullView } from '../views/pull-view.ts';
import { emit } from './emit.ts';

/** Tells the hooks about an issue, or about a pull request, which has an event of its own. */
export function emitIssue(
  forge: ForgeState,
  actor: Actor,
  repo: Repository,
  issue: Issue,
  action: string,
  more: Record<string, unknown> = {},
): void {
  const sender = accountOf(forge, actor);
  if (!issue.pull) {
    emit(forge, { event: 'issues', action, repo, sender, payload: { issue: issueView(forge, issue), ...more } });
    return;
  }
  const pull = pullView(forge, issue);
  const payload = {
    number: issue.number,
    pull_request: { ...pull, active_lock_reason: pull.active_lock_reason ?? null },
    ...more,
  };
  emit(forge, { event: 'pull_request', action, repo, sender, payload });
}
