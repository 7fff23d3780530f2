import { ModifierError, type Placeholders, TooMuchError } from './alternatives.ts';
import { type Expression, linked } from './expression.ts';
import { readItem, type Scalar } from './modifiers.ts';
import { type RuleBudget, ruleLimits } from './rule-weight.ts';

/** Selections inside each other, at most. */
const deepest = 8;

/** What selections are read with; the budget is for all of a rule. */
export interface SelectionReading {
  placeholders: Placeholders;
  budget: RuleBudget;
}

/**
 * Reads one search identifier (rules specification, "Detection"): a map is and, a list of maps or, a list of strings
 * keywords. Throws `ModifierError` and `PlaceholderError`.
 */
export function readSelection(value: unknown, reading: SelectionReading, depth = 0): Expression {
  if (depth > deepest) throw new ModifierError(`Selections are nested more than ${deepest} deep.`);
  if (value === null) throw new ModifierError('null is no keyword.');
  if (isScalar(value)) return itemOf('', [value], reading);
  if (Array.isArray(value)) {
    if (value.length === 0) throw new ModifierError('The list is empty.');
    return linked(
      'or',
      value.map((entry) => readSelection(entry, reading, depth + 1)),
    );
  }
  if (typeof value !== 'object') throw new ModifierError('A map, a list or a text is expected.');
  const entries = Object.entries(value);
  if (entries.length === 0) throw new ModifierError('The map is empty.');
  return linked(
    'and',
    entries.map(([key, given]) => itemOf(key, valuesOf(key, given), reading)),
  );
}

function itemOf(key: string, values: readonly Scalar[], { placeholders, budget }: SelectionReading): Expression {
  const item = readItem(key, values, placeholders);
  const much = budget.spend(item);
  if (much) throw new TooMuchError(`The selections come to ${much}, over the bound for one rule.`);
  return item;
}

function valuesOf(key: string, given: unknown): Scalar[] {
  const values = Array.isArray(given) ? given : [given];
  if (values.length === 0) throw new ModifierError(`"${key}" has no value.`);
  if (values.length > ruleLimits.one.values)
    throw new TooMuchError(
      `"${key}" has ${values.length} values, over the bound of ${ruleLimits.one.values} for one rule.`,
    );
  if (values.length > 1 && values.includes(null)) throw new ModifierError(`"${key}": null cannot be part of a list.`);
  if (!values.every(isScalar)) throw new ModifierError(`"${key}" takes a value or a list of values, not a map.`);
  return values;
}

function isScalar(value: unknown): value is Scalar {
  return value === null || ['string', 'number', 'boolean'].includes(typeof value);
}
