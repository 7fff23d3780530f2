import type { Correlation } from '../rule.ts';
import { holds, ruleCondition } from './count-condition.ts';
import { ExactSum } from './exact-sum.ts';
import type { HeldEvent } from './held-event.ts';
import { inRuleOrder, longestChain } from './rule-order.ts';
import { tallyOf } from './tally.ts';
import type { Fired } from './window.ts';

/** Judges a window that is over; `events` in time order. */
export function measure<Ref>(correlation: Correlation, events: HeldEvent<Ref>[]): Fired<Ref>[] {
  if (events.length === 0) return [];
  if (correlation.type === 'value_percentile' && correlation.percentile === undefined) return rare(correlation, events);
  const value = valueOver(correlation, events);
  const condition =
    correlation.type === 'temporal' || correlation.type === 'temporal_ordered'
      ? ruleCondition(correlation.condition, correlation.rules.length)
      : correlation.condition;
  return holds(condition, value) ? [{ events, value }] : [];
}

function valueOver(correlation: Correlation, events: HeldEvent<unknown>[]): number {
  switch (correlation.type) {
    case 'value_avg':
      return average(events.flatMap((event) => event.numbers ?? []));
    case 'value_percentile': {
      const numbers = events.flatMap((event) => event.numbers ?? []);
      return percentile(numbers, correlation.percentile ?? 50);
    }
    case 'temporal_ordered':
      return longestChain([...events].sort(inRuleOrder), correlation.rules.length);
    default: {
      const tally = tallyOf(correlation);
      for (const event of events) tally.enter(event);
      return tally.value;
    }
  }
}

function average(numbers: number[]): number {
  const sum = new ExactSum();
  for (const number of numbers) sum.add(number);
  return sum.value / numbers.length;
}

/** Linear interpolation between the closest ranks, as most statistics packages do by default. */
function percentile(numbers: number[], rank: number): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  const at = (rank / 100) * (sorted.length - 1);
  const below = sorted[Math.floor(at)] ?? Number.NaN;
  const above = sorted[Math.ceil(at)] ?? Number.NaN;
  return below + (above - below) * (at - Math.floor(at));
}

/**
 * The specification's example ("less than 1 % of all the processes"): each value whose share of the window's events, in
 * per cent, satisfies the condition; in the order of their first events.
 */
function rare<Ref>(correlation: Correlation, events: HeldEvent<Ref>[]): Fired<Ref>[] {
  const byValue = new Map<string, HeldEvent<Ref>[]>();
  for (const event of events) {
    for (const value of event.values ?? []) {
      const same = byValue.get(value);
      if (same) same.push(event);
      else byValue.set(value, [event]);
    }
  }
  const name = correlation.valueFields.join(', ');
  return [...byValue].flatMap(([about, same]) => {
    const value = (100 * same.length) / events.length;
    return holds(correlation.condition, value) ? [{ events: same, value, about: { [name]: about } }] : [];
  });
}
