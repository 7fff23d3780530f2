import type { PlantedText } from '../domain/assessment.ts';
import type { Report } from '../domain/report.ts';
import { brief } from './brief.ts';
import { cited } from './claim-line.ts';
import { code } from './text.ts';

/** Planted texts that are shown; more are counted. */
const shownPlanted = 3;

/** One line for each text that gives orders to whoever investigates. */
export function plantedLines(planted: PlantedText[] = [], shown = shownPlanted): string[] {
  const lines = planted.slice(0, shown).map(({ where, quote, evidence }) => {
    const ref = cited(evidence === undefined ? [] : [evidence]);
    return `> ⚠️ Text in the ${brief([where], 100)} tries to give instructions to whoever investigates: ${code(
      quote,
      160,
    )}${ref === '' ? '' : ` ${ref}`}`;
  });
  const more = planted.length - lines.length;
  return lines.map((line, k) => (more > 0 && k === lines.length - 1 ? `${line} and ${more} more` : line));
}

/** Why the model's word is missing or not whole, and what stands here instead. */
export function fallbackLine(report: Report | undefined): string {
  if (report?.fallback === undefined) return '';
  const why = brief([report.fallback], 300);
  return report.assessment
    ? `> ℹ️ The model did not finish: ${why}. What it said until then stands here.`
    : `> ℹ️ The model gave no report: ${why}. What stands here was checked without it.`;
}
