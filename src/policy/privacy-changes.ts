import type { Language } from '../domain/locale.ts';
import type { Privacy } from '../domain/policy.ts';
import { policyChangeWords } from '../messages/policy-changes.ts';
import { inCode } from './in-code.ts';
import type { PolicyChange } from './policy-change.ts';

/** What would be masked from now on, and what would be written as it comes, which is worth a second look. */
export function privacyChanges(previous: Privacy, next: Privacy, language: Language): PolicyChange[] {
  const words = policyChangeWords(language);
  const kinds = [
    ['email', words.mailAddresses],
    ['phone', words.telephoneNumbers],
    ['name', words.names],
    ['address', words.staffAddresses],
  ] as const;
  const masks = kinds.flatMap(([kind, what]): PolicyChange[] => {
    const [before, now] = [previous[kind], next[kind]];
    if (before === now) return [];
    return now === 'mask'
      ? [{ level: 'notice', sentence: words.masks(what) }]
      : [{ level: 'warning', sentence: words.keeps(what) }];
  });
  const lists = [
    listChange(words.nameFields, previous.nameFields, next.nameFields, words),
    listChange(words.staffNetworks, previous.staffNetworks, next.staffNetworks, words),
  ];
  return [...masks, ...lists.flatMap((change) => change ?? [])];
}

/** A list that lost something masks less. */
function listChange(
  what: string,
  before: readonly string[],
  now: readonly string[],
  words: ReturnType<typeof policyChangeWords>,
): PolicyChange | undefined {
  if (before.join(', ') === now.join(', ')) return undefined;
  const lost = before.some((one) => !now.includes(one));
  return {
    level: lost ? 'warning' : 'notice',
    sentence: words.changesList(what, inCode(before.join(', ')), inCode(now.join(', '))),
  };
}
