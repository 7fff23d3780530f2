import { autonomies, type Grant, type Policy } from '../domain/policy.ts';
import { policyChangeWords } from '../messages/policy-changes.ts';
import { inCode } from './in-code.ts';
import type { PolicyChange } from './policy-change.ts';

/** Changes of the ceiling, of who may do what, and of what is protected. */
export function rightsChanges(previous: Policy, next: Policy): PolicyChange[] {
  const words = policyChangeWords(next.language);
  const rights = (['analyst', 'responder'] as const).flatMap((right) =>
    grantChanges(right, previous.grants[right], next.grants[right], words),
  );
  return [
    ...modeChange(previous, next, words),
    ...rights,
    ...listed('warning', words.unprotects, missing(previous.neverBlock, next.neverBlock), words),
    ...listed('notice', words.protects, missing(next.neverBlock, previous.neverBlock), words),
  ];
}

type Words = ReturnType<typeof policyChangeWords>;

function modeChange(previous: Policy, next: Policy, words: Words): PolicyChange[] {
  if (previous.mode === next.mode) return [];
  const raised = autonomies.indexOf(next.mode) > autonomies.indexOf(previous.mode);
  const meanings = {
    observe: words.observe,
    recommend: words.recommend,
    approve: words.approve,
    auto: words.auto,
  };
  const sentence = words.mode(raised, previous.mode, next.mode, meanings[next.mode]);
  return [{ level: raised ? 'warning' : 'notice', sentence, origin: { path: 'yagura.md', line: 1 } }];
}

function grantChanges(right: string, previous: Grant, next: Grant, words: Words): PolicyChange[] {
  const names = (grant: Grant) => [
    ...grant.people,
    ...grant.teams.map((team) => words.team(team)),
    ...grant.roles.map((role) => words.role(role)),
  ];
  return [
    ...listed('warning', (to) => words.gives(right, to), missing(names(next), names(previous)), words),
    ...listed('notice', (from) => words.takes(right, from), missing(names(previous), names(next)), words),
  ];
}

function listed(
  level: PolicyChange['level'],
  say: (names: string) => string,
  items: string[],
  words: Words,
): PolicyChange[] {
  if (items.length === 0) return [];
  const shown = items.slice(0, 20).map(inCode).join(', ');
  return [{ level, sentence: say(items.length > 20 ? words.andMore(shown, items.length - 20) : shown) }];
}

/** What `from` has and `other` has not. */
function missing(from: readonly string[], other: readonly string[]): string[] {
  const have = new Set(other);
  return from.filter((item) => !have.has(item));
}
