import { type Account, sameAccount } from '../domain/account.ts';
import type { Language } from '../domain/locale.ts';
import { type Autonomy, atMost, type Policy, type ResponseRule } from '../domain/policy.ts';
import { type Recommendation, requesterOf } from '../domain/recommendation.ts';
import { authorizeWords } from '../messages/authorize.ts';

/** What may happen with an action now, as data with its reason. */
export type Decision =
  | { kind: 'run'; approvedBy: Account[] }
  | { kind: 'needs-approval'; missing: number; because: string }
  | { kind: 'dry-run'; because: string }
  | { kind: 'refused'; because: string };

/** The lower of the rule's autonomy and the policy's ceiling. */
export function effectiveAutonomy(rule: ResponseRule, policy: Pick<Policy, 'mode'>): Autonomy {
  return atMost(rule.autonomy, policy.mode) ? rule.autonomy : policy.mode;
}

/**
 * Whether people who agreed suffice. `voices` are accounts whose right as responder was checked at this moment, the
 * requester among them when they are one; who renames themselves is still one person. A recommendation of Yagura's own counts as requested by Yagura.
 */
export function decide(
  recommendation: Pick<Recommendation, 'requestedBy' | 'requestedById'>,
  voices: Account[],
  rule: ResponseRule,
  policy: Pick<Policy, 'mode'>,
  language: Language,
): Decision {
  const words = authorizeWords(language);
  const autonomy = effectiveAutonomy(rule, policy);
  if (atMost(autonomy, 'recommend')) {
    const because = autonomy === policy.mode ? words.byMode(policy.mode) : words.byAutonomy(autonomy, rule.id);
    return { kind: 'dry-run', because };
  }
  const distinct = voices.filter((who, k) => voices.findIndex((one) => sameAccount(one, who)) === k);
  const requester = requesterOf(recommendation);
  const counting = rule.requesterMayApprove ? distinct : distinct.filter((who) => !sameAccount(who, requester));
  const missing = rule.approvals - counting.length;
  if (missing <= 0) return { kind: 'run', approvedBy: counting };
  const own = distinct.length > counting.length ? words.notWhoAsked : '';
  const more = rule.approvals > 1 ? words.asksFor(rule.id, rule.approvals) : '';
  return { kind: 'needs-approval', missing, because: [own, more].filter((s) => s !== '').join(words.and) };
}
