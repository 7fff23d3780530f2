import type { Report } from '../../src/domain/report.ts';
import type { Verdict } from '../../src/domain/verdict.ts';
import type { Truth } from './truth.ts';

/** The verdict a reader takes from a report: the policy's where a rule gives one, else the model's. */
export function verdictSaid({ verdict, assessment }: Report): Verdict {
  return verdict === 'not-assessed' ? (assessment?.verdict ?? verdict) : verdict;
}

export type VerdictScore = 'right' | 'abstained' | 'wrong';

/** `suspicious` names no side: it is right only where the truth accepts it, and else leaves the decision to people. */
const undecided: readonly Verdict[] = ['not-assessed', 'insufficient-data', 'suspicious'];

export function scoreVerdict(said: Verdict, truth: Pick<Truth, 'verdict' | 'accepted'>): VerdictScore {
  if ([truth.verdict, ...truth.accepted].some((one) => one === said)) return 'right';
  return undecided.includes(said) ? 'abstained' : 'wrong';
}
