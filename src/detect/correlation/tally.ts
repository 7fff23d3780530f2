import type { Correlation } from '../rule.ts';
import { ExactSum } from './exact-sum.ts';
import type { HeldEvent } from './held-event.ts';

/** A number of a set of events that is kept up to date as events enter and leave, each at the cost of that event. */
export interface Tally {
  readonly value: number;
  enter(event: HeldEvent<unknown>): void;
  leave(event: HeldEvent<unknown>): void;
}

/** What the correlation counts: events, distinct values, distinct rules, or a sum. */
export function tallyOf(correlation: Correlation): Tally {
  if (correlation.type === 'event_count') return new EventTally();
  if (correlation.type === 'value_sum') return new SumTally();
  return new DistinctTally(classOf(correlation));
}

/** What makes two events interchangeable for a correlation: one of them can be forgotten when memory is short. */
export function classOf(correlation: Correlation): (event: HeldEvent<unknown>) => string[] {
  if (correlation.type === 'temporal' || correlation.type === 'temporal_ordered')
    return (event) => [String(event.rule)];
  if (correlation.type === 'value_count') return (event) => event.values ?? [];
  return () => [];
}

class EventTally implements Tally {
  value = 0;
  enter(): void {
    this.value += 1;
  }
  leave(): void {
    this.value -= 1;
  }
}

class DistinctTally implements Tally {
  readonly #counts = new Map<string, number>();
  readonly #keys: (event: HeldEvent<unknown>) => string[];

  constructor(keys: (event: HeldEvent<unknown>) => string[]) {
    this.#keys = keys;
  }

  get value(): number {
    return this.#counts.size;
  }

  enter(event: HeldEvent<unknown>): void {
    for (const key of this.#keys(event)) this.#counts.set(key, (this.#counts.get(key) ?? 0) + 1);
  }

  leave(event: HeldEvent<unknown>): void {
    for (const key of this.#keys(event)) {
      const left = (this.#counts.get(key) ?? 0) - 1;
      if (left > 0) this.#counts.set(key, left);
      else this.#counts.delete(key);
    }
  }
}

/** How many different rules matched. */
export class RuleTally extends DistinctTally {
  constructor() {
    super((event) => [String(event.rule)]);
  }
}

class SumTally implements Tally {
  readonly #sum = new ExactSum();

  get value(): number {
    return this.#sum.value;
  }

  enter(event: HeldEvent<unknown>): void {
    for (const number of event.numbers ?? []) this.#sum.add(number);
  }

  leave(event: HeldEvent<unknown>): void {
    for (const number of event.numbers ?? []) this.#sum.add(-number);
  }
}
