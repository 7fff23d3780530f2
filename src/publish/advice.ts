import type { Advice } from '../domain/assessment.ts';
import { entityKey } from '../domain/entity.ts';
import type { Language } from '../domain/locale.ts';
import type { Recommendation } from '../domain/recommendation.ts';
import type { Report } from '../domain/report.ts';
import { doNextWords } from '../messages/do-next.ts';
import { listsWords } from '../messages/lists.ts';
import { brief } from './brief.ts';
import { claimText } from './claim-line.ts';
import { paragraph } from './paragraph.ts';

/** What the model says about this very action; undefined when it says nothing. */
export function adviceOn(
  r: Pick<Recommendation, 'action' | 'target' | 'rule'>,
  report: Report | undefined,
): Advice | undefined {
  return report?.assessment?.advice.find(
    (one) => one.action === r.action && one.rule === r.rule && entityKey(one.target) === entityKey(r.target),
  );
}

/** The line below a recommendation. What it means is left out where `said` has it already, and added to that. */
export function adviceLine(advice: Advice, said: Set<string>, language: Language): string {
  const plain = brief(advice.plain, 300);
  const because = claimText(advice.because, 300);
  const words = doNextWords(language);
  const would = advice.now ? words.modelNow : words.modelWait;
  const parts = [
    because === '' ? '' : would(because),
    plain === '' || said.has(plain) ? '' : listsWords(language).sentence(plain),
  ];
  said.add(plain);
  const line = paragraph(parts, language);
  return line === '' ? '' : `  - ${line}`;
}
