import { createHash } from 'node:crypto';
import type { Correlation, Rule } from '../rule.ts';
import { elementsAtMost, textAtMost } from './correlation-limits.ts';

/** The field that a name of the correlation means in the events of one of its rules (section "Field Name Aliases"). */
export function fieldOf(correlation: Correlation, rule: Rule | Correlation, name: string): string {
  return correlation.aliases.get(name)?.get(rule) ?? name;
}

/**
 * What correlations may ever ask of a value, so that no more of an event has to be kept: scalars, the elements that
 * count, and of a very long text its beginning and a hash, so that different ones stay different.
 */
export function countedValue(value: unknown): unknown {
  if (typeof value === 'string') return shortened(value);
  if (!Array.isArray(value)) return isScalar(value) ? value : undefined;
  const texts = new Set<string>();
  const kept: unknown[] = [];
  for (const element of value) {
    const one = isScalar(element) ? countedValue(element) : null;
    const isNew = one !== null && texts.size < elementsAtMost && !texts.has(String(one));
    if (isNew) texts.add(String(one));
    if (isNew || kept.length < elementsAtMost) kept.push(one);
    else if (texts.size === elementsAtMost) break;
  }
  return kept;
}

function shortened(text: string): string {
  if (text.length <= textAtMost) return text;
  return `${text.slice(0, 100)}… sha256 ${createHash('sha256').update(text).digest('hex')}`;
}

/** The distinct texts of a value, at most ten; empty when the event lacks the field. Numbers count by their text. */
export function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (!Array.isArray(value)) return isScalar(value) ? [String(value)] : [];
  const texts = new Set<string>();
  for (const element of value) {
    if (isScalar(element)) texts.add(String(element));
    if (texts.size === elementsAtMost) break;
  }
  return [...texts];
}

const decimal = /^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d{1,3})?\s*$/i;
/** Far below where sums of a million such numbers would overflow; no log has a real number beyond it. */
const numberAtMost = 1e290;

/** The numbers of a value: of each element of an array; texts that read as decimal numbers included. */
export function numbersOf(value: unknown): number[] {
  if (Array.isArray(value))
    return value.slice(0, elementsAtMost).flatMap((one) => (Array.isArray(one) ? [] : numbersOf(one)));
  const number =
    typeof value === 'number' || typeof value === 'bigint' || (typeof value === 'string' && decimal.test(value))
      ? Number(value)
      : Number.NaN;
  return Math.abs(number) <= numberAtMost ? [number] : [];
}

/** Every choice of one text a field, at most ten; none when a field has no text. */
export function tuplesOf(texts: string[][]): string[][] {
  const [only] = texts;
  if (texts.length === 1 && only) return only.map((text) => [text]);
  let tuples: string[][] = [[]];
  for (const choices of texts) {
    tuples = tuples.flatMap((tuple) => choices.map((choice) => [...tuple, choice])).slice(0, elementsAtMost);
  }
  return tuples;
}

/** A tuple as one text, different tuples differently. */
export function tupleKey(tuple: readonly string[]): string {
  const [only] = tuple;
  return tuple.length === 1 && only !== undefined ? only : JSON.stringify(tuple);
}

function isScalar(value: unknown): boolean {
  return ['string', 'number', 'boolean', 'bigint'].includes(typeof value);
}
