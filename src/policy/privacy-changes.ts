import type { Privacy } from '../domain/policy.ts';
import { inCode } from './in-code.ts';
import type { PolicyChange } from './policy-change.ts';

const kinds = {
  email: 'mail addresses',
  phone: 'telephone numbers',
  name: 'names',
  address: 'staff addresses',
} as const;

/** What would be masked from now on, and what would be written as it comes, which is worth a second look. */
export function privacyChanges(previous: Privacy, next: Privacy): PolicyChange[] {
  const masks = Object.entries(kinds).flatMap(([kind, what]): PolicyChange[] => {
    const [before, now] = [previous[kind as keyof typeof kinds], next[kind as keyof typeof kinds]];
    if (before === now) return [];
    return now === 'mask'
      ? [{ level: 'notice', sentence: `masks ${what} in what comes in` }]
      : [{ level: 'warning', sentence: `keeps ${what}, which were masked` }];
  });
  const lists = [
    listChange('name fields', previous.nameFields, next.nameFields),
    listChange('staff networks', previous.staffNetworks, next.staffNetworks),
  ];
  return [...masks, ...lists.flatMap((change) => change ?? [])];
}

/** A list that lost something masks less. */
function listChange(what: string, before: readonly string[], now: readonly string[]): PolicyChange | undefined {
  if (before.join(', ') === now.join(', ')) return undefined;
  const lost = before.some((one) => !now.includes(one));
  return {
    level: lost ? 'warning' : 'notice',
    sentence: `changes ${what} from ${inCode(before.join(', '))} to ${inCode(now.join(', '))}`,
  };
}
