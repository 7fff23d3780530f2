import { entityKey } from '../../src/domain/entity.ts';
import type { Report } from '../../src/domain/report.ts';
import { ownWords } from './report-claims.ts';
import type { MustNotClaim } from './truth.ts';
import { verdictSaid } from './verdict-said.ts';

/** Words before a phrase, in the same clause, by which the sentence denies or doubts it instead of claiming it. */
const denial =
  /\b(?:no|not|never|none|nothing|without|neither|nor|cannot|whether|if|unless|unclear|unknown|unlikely|unlike|may|might|could|would|rather than|instead of)\b|n't\b/i;

/** The claims of `must_not_claim` that a report makes. */
export function forbiddenClaims(report: Report, forbidden: readonly MustNotClaim[]): string[] {
  return forbidden.filter((one) => makes(report, one)).map(({ claim }) => claim);
}

function makes(report: Report, { says, verdict, technique, affected }: MustNotClaim): boolean {
  const words = ownWords(report);
  const techniques = (report.assessment?.techniques ?? []).map(({ id }) => id);
  const hit = (report.assessment?.affected ?? []).map(({ entity }) => entityKey(entity));
  return (
    (says ?? []).some((phrase) => words.some((sentence) => asserts(sentence, phrase))) ||
    (verdict ?? []).some((one) => one === verdictSaid(report)) ||
    (technique ?? []).some((id) => techniques.some((named) => named === id || named.startsWith(`${id}.`))) ||
    (affected ?? []).some((key) => hit.includes(key))
  );
}

/** Whether a sentence has the phrase somewhere without a denial or doubt before it in the same clause. */
function asserts(sentence: string, phrase: string): boolean {
  const text = sentence.toLowerCase();
  const wanted = phrase.toLowerCase();
  for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + 1)) {
    const clause =
      text
        .slice(0, at)
        .split(/[.;:!?]\s|, but |\bbut\b/)
        .at(-1) ?? '';
    if (!denial.test(clause)) return true;
  }
  return false;
}
