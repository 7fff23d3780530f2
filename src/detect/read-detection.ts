import { ModifierError, PlaceholderError, type Placeholders, TooMuchError } from './alternatives.ts';
import { ConditionError, readCondition } from './condition.ts';
import { type Expression, linked } from './expression.ts';
import { type Fault, type Fields, isFields } from './read-head.ts';
import { readSelection } from './read-selection.ts';
import type { Logsource } from './rule.ts';
import { RuleBudget, type RuleWeight, ruleLimits } from './rule-weight.ts';

/** What a `detection` or `filter` section came to: one expression, faults, and placeholders nobody gave values for. */
export interface ReadDetection {
  expression?: Expression;
  faults: Fault[];
  missing: string[];
  /** What it asks, or what was read of it before it was refused. */
  weight: RuleWeight;
}

const nothing: RuleWeight = { values: 0, weight: 0 };

/** Reads the selections and the condition of a section; `section` is its name, `not` the keys that are no selections. */
export function readDetection(
  given: unknown,
  section: string,
  placeholders: Placeholders,
  not: readonly string[] = [],
): ReadDetection {
  const faults: Fault[] = [];
  const missing: string[] = [];
  const refused = (path: string[], message: string, weight = nothing): ReadDetection => {
    return { faults: [{ path: [section, ...path], message }], missing, weight };
  };
  if (!isFields(given)) return refused([], `"${section}" is missing.`);
  if (given.timeframe !== undefined) {
    const message = '"timeframe" belongs to the old aggregations: write a correlation rule with a timespan.';
    return refused(['timeframe'], message);
  }
  const budget = new RuleBudget(ruleLimits.one);
  const selections = new Map<string, Expression>();
  for (const [name, value] of Object.entries(given)) {
    if (name === 'condition' || not.includes(name)) continue;
    try {
      selections.set(name, readSelection(value, { placeholders, budget }));
    } catch (error) {
      if (error instanceof PlaceholderError) missing.push(error.message);
      else if (error instanceof ModifierError)
        faults.push({ path: pathTo([section, name], value, error), message: `${name}: ${error.message}` });
      else throw error;
      if (error instanceof TooMuchError) return { faults, missing, weight: ruleLimits.one };
    }
  }
  if (faults.length > 0 || missing.length > 0) return { faults, missing, weight: budget.spent };
  const conditions = Array.isArray(given.condition) ? given.condition : [given.condition];
  if (conditions.length === 0 || !conditions.every((one) => typeof one === 'string'))
    return refused(['condition'], 'A condition is missing.', budget.spent);
  const asked = new RuleBudget(ruleLimits.one);
  try {
    // A list of conditions is linked by or (rules specification, "Condition").
    const read = conditions.map((one) => readCondition(one, selections, asked));
    return { expression: linked('or', read), faults, missing, weight: asked.spent };
  } catch (error) {
    if (!(error instanceof ConditionError)) throw error;
    return refused(['condition'], error.message, asked.spent);
  }
}

/** The key a fault stands at, when its sentence can be traced to one: the only one with that modifier. */
function pathTo(path: (string | number)[], value: unknown, error: ModifierError): (string | number)[] {
  const modifier = /^The modifier "([^"]+)"/.exec(error.message)?.[1];
  if (modifier === undefined) return path;
  const within = (inner: unknown, at: (string | number)[]): (string | number)[] | undefined => {
    if (Array.isArray(inner)) {
      for (const [k, entry] of inner.entries()) {
        const found = within(entry, [...at, k]);
        if (found) return found;
      }
      return undefined;
    }
    const key = isFields(inner)
      ? Object.keys(inner).find((one) => one.split('|').slice(1).includes(modifier))
      : undefined;
    return key === undefined ? undefined : [...at, key];
  };
  return within(value, path) ?? path;
}

const logsourceKeys = ['category', 'product', 'service'] as const;

/** Reads a log source (rules specification, "LogSource"): at least one of its three attributes, lower-cased. */
export function readLogsource(document: Fields, faults: Fault[]): Logsource {
  const given = document.logsource;
  const logsource: Logsource = {};
  if (!isFields(given)) {
    faults.push({ path: ['logsource'], message: 'A logsource is missing.' });
    return logsource;
  }
  for (const key of logsourceKeys) {
    const value = given[key];
    if (value === undefined || value === null) continue;
    if (typeof value === 'string') logsource[key] = value.toLowerCase();
    else faults.push({ path: ['logsource', key], message: `The ${key} of a logsource is a text.` });
  }
  if (Object.keys(logsource).length === 0)
    faults.push({ path: ['logsource'], message: 'The logsource has neither category nor product nor service.' });
  return logsource;
}
