import type { Assessment } from '../../domain/assessment.ts';
import type { Claim } from '../../domain/report.ts';
import { asText } from './as-text.ts';
import { Dropped } from './dropped.ts';
import type { Ground } from './ground.ts';
import type { AskAnswer } from './model-answer.ts';

const mostClaims = 8;

/** What is left of a model's answer to a question. `cannotSay` is empty when it answers all, or did not pass. */
export function gateAsk(
  answer: AskAnswer,
  ground: Ground,
): { claims: Claim[]; cannotSay: string; dropped: Assessment['dropped'] } {
  const dropped = new Dropped(ground);
  const claims = dropped.claims(answer.claims, mostClaims);
  const cannotSay = answer.cannotSay.trim() === '' ? '' : asText(dropped.text(answer.cannotSay) ?? []);
  return { claims, cannotSay, dropped: dropped.counts() };
}
