import type { Literal } from './normal-form.ts';
import { disjoint, implies } from './test-relation.ts';

/**
 * How literals are read: a field of an event may hold several values, of which any may pass a test. With `single` each
 * field is taken to hold one.
 */
export interface Reading {
  single: boolean;
}

/** Whether no event passes both literals. */
export function clash(a: Literal, b: Literal, { single }: Reading): boolean {
  if (a.field !== b.field) return false;
  if (a.key === b.key) return a.positive !== b.positive;
  if (a.positive && b.positive) return single && a.field !== undefined && disjoint(a.test, b.test);
  if (a.positive) return implies(a.test, b.test);
  if (b.positive) return implies(b.test, a.test);
  // What is not there passes `null`.
  return [a, b].every(({ test }) => test.is === 'null' || test.is === 'exists');
}

/** Whether every event that passes `a` passes `b`. */
export function follows(a: Literal, b: Literal, reading: Reading): boolean {
  return clash(a, { ...b, positive: !b.positive }, reading);
}
