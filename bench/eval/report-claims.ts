import type { Claim, Report } from '../../src/domain/report.ts';
import type { Sentence } from '../../src/domain/sentence.ts';

/** Every claim of a report, wherever it stands. */
export function claimsOf({ claims, assessment }: Report): Claim[] {
  if (!assessment) return claims;
  const { because, hypotheses, severity, techniques, advice } = assessment;
  return [
    ...claims,
    ...(because ? [because] : []),
    ...hypotheses.flatMap((one) => [...one.for, ...one.against]),
    ...(severity ? [severity.because] : []),
    ...techniques.map((one) => one.because),
    ...advice.map((one) => one.because),
  ];
}

/**
 * What the report holds to be so, in its own words, a string a sentence: without the hypotheses it only weighs, and with
 * quotes taken out, since who quotes an attacker says nothing yet.
 */
export function ownWords({ claims, because, assessment }: Report): string[] {
  const leading = assessment?.hypotheses[0];
  const said: Sentence[] = [
    ...claims.map(({ text }) => text),
    ...(assessment?.because ? [assessment.because.text] : []),
    ...(leading ? [leading.statement, ...leading.for.map(({ text }) => text)] : []),
    ...(assessment?.severity ? [assessment.severity.because.text] : []),
    ...(assessment?.techniques ?? []).flatMap((one) => [one.because.text, one.plain]),
    ...(assessment?.advice ?? []).flatMap((one) => [one.because.text, one.plain]),
  ];
  return [...(because === undefined ? [] : [because]), ...said.map(wordsOf)];
}

function wordsOf(sentence: Sentence): string {
  return sentence
    .map((part) => {
      if (typeof part === 'string') return part;
      if ('entity' in part) return part.entity.value;
      return 'issue' in part ? `#${part.issue}` : '…';
    })
    .join('');
}
