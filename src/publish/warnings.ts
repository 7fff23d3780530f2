import type { PlantedText } from '../domain/assessment.ts';
import type { Language } from '../domain/locale.ts';
import type { Report } from '../domain/report.ts';
import { issueWords } from '../messages/issue.ts';
import { listsWords } from '../messages/lists.ts';
import { brief } from './brief.ts';
import { cited } from './claim-line.ts';
import { code } from './text.ts';

/** Planted texts that are shown; more are counted. */
const shownPlanted = 3;

/** One line for each text that gives orders to whoever investigates. */
export function plantedLines(language: Language, planted: PlantedText[] = [], shown = shownPlanted): string[] {
  const lines = planted.slice(0, shown).map(({ where, quote, evidence }) => {
    const ref = cited(evidence === undefined ? [] : [evidence]);
    const said = issueWords(language).planted(brief([where], 100), code(quote, 160));
    return `${said}${ref === '' ? '' : ` ${ref}`}`;
  });
  const more = planted.length - lines.length;
  return lines.map((line, k) => (more > 0 && k === lines.length - 1 ? listsWords(language).andMore(line, more) : line));
}

/** Why the model's word is missing or not whole, and what stands here instead. */
export function fallbackLine(report: Report | undefined, language: Language): string {
  if (report?.fallback === undefined) return '';
  const why = brief([report.fallback], 300);
  const words = issueWords(language);
  return report.assessment ? words.modelStopped(why) : words.modelSilent(why);
}
