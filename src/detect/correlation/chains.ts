import type { Correlation, Rule } from '../rule.ts';
import { onlyLowerBounds } from './count-condition.ts';
import { fieldOf } from './field-values.ts';

function isCorrelation(rule: Rule | Correlation): rule is Correlation {
  return 'timespan' in rule;
}

/** Whether it is judged only when its window is over. */
export function waitsForItsEnd(correlation: Correlation): boolean {
  return (
    correlation.type === 'value_avg' ||
    correlation.type === 'value_percentile' ||
    !onlyLowerBounds(correlation.condition)
  );
}

/**
 * The correlations and those they are built on, inner ones first.
 * @throws Error for one that is built on itself, which `readRules` has refused before.
 */
export function innerFirst(correlations: readonly Correlation[]): Correlation[] {
  const done = new Set<Correlation>();
  const under = new Set<Correlation>();
  const visit = (correlation: Correlation): void => {
    if (done.has(correlation)) return;
    if (under.has(correlation)) throw new Error(`The correlation "${correlation.title}" is built on itself.`);
    under.add(correlation);
    correlation.rules.filter(isCorrelation).forEach(visit);
    under.delete(correlation);
    done.add(correlation);
  };
  correlations.forEach(visit);
  return [...done];
}

/**
 * How far back events may still matter to what comes: a chain reaches as far as its timespans together. Milliseconds.
 * Who rebuilds a correlator from stored events alone, without a snapshot, tells it at least these again.
 */
export function longestTimespan(correlations: readonly Correlation[]): number {
  const reach = new Map<Correlation, number>();
  for (const correlation of innerFirst(correlations)) {
    const inner = correlation.rules.map((rule) => (isCorrelation(rule) ? (reach.get(rule) ?? 0) : 0));
    reach.set(correlation, correlation.timespan * 1000 + Math.max(0, ...inner));
  }
  return Math.max(0, ...reach.values());
}

/**
 * How much older than everything promised a match of its inner correlations may be, in milliseconds: one that waits for
 * the end of its window matches at the time of an event that may be as old as the window is long.
 */
export function delays(ordered: readonly Correlation[]): Map<Correlation, number> {
  const delayed = new Map<Correlation, number>();
  for (const correlation of ordered) {
    const inner = correlation.rules.filter(isCorrelation);
    const each = inner.map((rule) => (delayed.get(rule) ?? 0) + (waitsForItsEnd(rule) ? rule.timespan * 1000 : 0));
    delayed.set(correlation, Math.max(0, ...each));
  }
  return delayed;
}

/** The fields that correlations ask of the matches of each rule, and of each inner correlation. */
export function askedFields(correlations: readonly Correlation[]): Map<Rule | Correlation, Set<string>> {
  const asked = new Map<Rule | Correlation, Set<string>>();
  for (const outer of innerFirst(correlations).toReversed()) {
    const names = [...outer.groupBy, ...outer.valueFields, ...(asked.get(outer) ?? [])];
    for (const inner of outer.rules) {
      const fields = asked.get(inner) ?? new Set();
      asked.set(inner, fields);
      for (const name of names) fields.add(fieldOf(outer, inner, name));
    }
  }
  return asked;
}
