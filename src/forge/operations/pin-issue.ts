import { demand, WRITE } from '../access.ts';
import type { Actor } from '../actor.ts';
import type { ForgeState } from '../forge-state.ts';
import { Refusal } from '../refusal.ts';
import type { Issue, Repository } from '../state/entities.ts';

/** Issues GitHub pins in one repository; docs.github.com, "Pinning an issue to your repository". */
const mostPinned = 3;

/** Pins an issue at the top of its repository's list, or takes it down; takes write access. */
export function pinIssue(forge: ForgeState, actor: Actor, repo: Repository, issue: Issue, pin: boolean): Issue {
  demand(forge, actor, repo, WRITE('issues', 'write'));
  const { pinnedAt, ...rest } = issue;
  if ((pinnedAt !== undefined) === pin)
    throw new Refusal(422, `The issue is ${pin ? 'already pinned' : 'not pinned'} or could not be changed`);
  if (!pin) return forge.store.put('issue', rest);
  const pinned = pinnedIssues(forge, repo);
  if (pinned.length >= mostPinned) throw new Refusal(422, `Maximum ${mostPinned} pinned issues per repository`);
  return forge.store.put('issue', { ...rest, pinnedAt: forge.clock.stamp() });
}

/** The pinned issues of a repository, pinned first first. */
export function pinnedIssues(forge: ForgeState, repo: Repository): Issue[] {
  const at = ({ pinnedAt = '' }: Issue) => pinnedAt;
  return forge.store
    .group('issue', repo.id)
    .filter((issue) => issue.pinnedAt !== undefined)
    .toSorted((a, b) => (at(a) < at(b) ? -1 : Number(at(a) > at(b))));
}
