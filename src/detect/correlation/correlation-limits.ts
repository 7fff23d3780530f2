import type { Correlation } from '../rule.ts';
import { onlyLowerBounds } from './count-condition.ts';

/**
 * How much a correlator remembers. Where a bound is reached, what has been idle longest is forgotten and counted in
 * `dropped`: an attacker who floods can hide an event among ten thousand of one group, but cannot fill the memory.
 */
export interface CorrelationLimits {
  /** Groups of one correlation; the one idle longest goes first. */
  groups: number;
  /** Events of one group; repeats of a value (or of a rule, where rules are counted) go first, oldest first. */
  events: number;
  /** Events of all groups of all correlations; the group idle longest goes first. */
  total: number;
}

export const defaultLimits: CorrelationLimits = { groups: 10_000, events: 10_000, total: 500_000 };

/** Elements of an array that take part in grouping and counting, each in its own right. */
export const elementsAtMost = 10;

/** Longest text that is grouped by and counted as it is, in UTF-16 units; a longer one by its hash. */
export const textAtMost = 1_000;

/** A correlation that asks for more events than the bound may hold them, up to a million: else it could never fire. */
export function eventsHeld(correlation: Correlation, limits: CorrelationLimits): number {
  if (!onlyLowerBounds(correlation.condition)) return limits.events;
  if (correlation.type !== 'event_count' && correlation.type !== 'value_count') return limits.events;
  const asked = Math.max(correlation.condition.gt ?? 0, correlation.condition.gte ?? 0);
  return Math.max(limits.events, Math.min(2 * asked + 2, 1_000_000));
}
