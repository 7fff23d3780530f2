import { askedFields } from './correlation/chains.ts';
import { countedValue } from './correlation/field-values.ts';
import type { Match } from './engine.ts';
import type { Correlation, Rule } from './rule.ts';

/** A match as correlations count it: what they ask of the event is read, so that the event can go. */
export interface CountedMatch {
  rule: Rule;
  values: ReadonlyMap<string, unknown>;
}

/** Knows which matches correlations count, and what they ask of the events. */
export class Counted {
  private readonly asked: ReadonlyMap<Rule | Correlation, ReadonlySet<string>>;

  constructor(correlations: readonly Correlation[]) {
    this.asked = askedFields(correlations);
  }

  /** Undefined for a match that no correlation counts. */
  valuesOf(match: Match): ReadonlyMap<string, unknown> | undefined {
    const asked = this.asked.get(match.rule);
    return asked && new Map(Array.from(asked, (field) => [field, countedValue(match.value(field))]));
  }
}
