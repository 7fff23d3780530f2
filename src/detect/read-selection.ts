import { ModifierError, type Placeholders } from './alternatives.ts';
import { type Expression, linked } from './expression.ts';
import { readItem, type Scalar } from './modifiers.ts';

/** Selections inside each other and values of one item, at most. */
const deepest = 8;
const mostValues = 20_000;

/**
 * Reads one search identifier (rules specification, "Detection"): a map is and, a list of maps or, a list of strings
 * keywords. Throws `ModifierError` and `PlaceholderError`.
 */
export function readSelection(value: unknown, placeholders: Placeholders, depth = 0): Expression {
  if (depth > deepest) throw new ModifierError(`Selections are nested more than ${deepest} deep.`);
  if (value === null) throw new ModifierError('null is no keyword.');
  if (isScalar(value)) return readItem('', [value], placeholders);
  if (Array.isArray(value)) {
    if (value.length === 0) throw new ModifierError('The list is empty.');
    return linked(
      'or',
      value.map((entry) => readSelection(entry, placeholders, depth + 1)),
    );
  }
  if (typeof value !== 'object') throw new ModifierError('A map, a list or a text is expected.');
  const entries = Object.entries(value);
  if (entries.length === 0) throw new ModifierError('The map is empty.');
  return linked(
    'and',
    entries.map(([key, given]) => readItem(key, valuesOf(key, given), placeholders)),
  );
}

function valuesOf(key: string, given: unknown): Scalar[] {
  const values = Array.isArray(given) ? given : [given];
  if (values.length === 0) throw new ModifierError(`"${key}" has no value.`);
  if (values.length > mostValues) throw new ModifierError(`"${key}" has more than ${mostValues} values.`);
  if (values.length > 1 && values.includes(null)) throw new ModifierError(`"${key}": null cannot be part of a list.`);
  if (!values.every(isScalar)) throw new ModifierError(`"${key}" takes a value or a list of values, not a map.`);
  return values;
}

function isScalar(value: unknown): value is Scalar {
  return value === null || ['string', 'number', 'boolean'].includes(typeof value);
}
