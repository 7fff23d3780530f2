import type { HeldEvent } from './held-event.ts';

/** In time order and, at the same time, in the order of the rules: equal times count as ordered. */
export function inRuleOrder(a: HeldEvent<unknown>, b: HeldEvent<unknown>): number {
  return a.time - b.time || a.rule - b.rule;
}

/** How many different rules matched in the correlation's order, at best, up to and including each event. */
function chainLengths(events: readonly HeldEvent<unknown>[], rules: number): number[] {
  const best = new Array<number>(rules).fill(0);
  return events.map((event) => {
    let length = 1;
    for (let before = 0; before < event.rule; before++) length = Math.max(length, (best[before] ?? 0) + 1);
    best[event.rule] = Math.max(best[event.rule] ?? 0, length);
    return length;
  });
}

/** The most rules that matched one after the other in the correlation's order; events as `inRuleOrder` sorts them. */
export function longestChain(events: readonly HeldEvent<unknown>[], rules: number): number {
  return chainLengths(events, rules).reduce((longest, length) => Math.max(longest, length), 0);
}

/** The events that stand in a chain of at least `length` rules. */
export function chained<Ref>(events: readonly HeldEvent<Ref>[], rules: number, length: number): Set<HeldEvent<Ref>> {
  const before = chainLengths(events, rules);
  const mirrored = events.map((event) => ({ ...event, rule: rules - 1 - event.rule })).reverse();
  const after = chainLengths(mirrored, rules).reverse();
  return new Set(events.filter((_, i) => (before[i] ?? 0) + (after[i] ?? 0) - 1 >= length));
}

/**
 * For each rule and length, the latest start of a chain of that many rules that ends with that rule. A later start is
 * never worse, so this is all that has to be known of the past. `length`: what is asked for in the end; chains that
 * cannot grow to it are not followed.
 */
export class LatestStarts {
  readonly #starts: Float64Array;
  readonly #rules: number;
  readonly #length: number;

  constructor(rules: number, length: number) {
    this.#rules = rules;
    this.#length = length;
    this.#starts = new Float64Array(rules * (length + 1)).fill(Number.NEGATIVE_INFINITY);
  }

  /** Takes the next event in order; returns the latest start of a whole chain that ends with it. */
  take(event: HeldEvent<unknown>): number {
    const { rule } = event;
    const missing = this.#length - (this.#rules - 1 - rule);
    let whole = Number.NEGATIVE_INFINITY;
    for (let length = Math.min(this.#length, rule + 1); length >= Math.max(1, missing); length--) {
      const start = length === 1 ? event.time : this.#latest(rule, length - 1);
      const at = length * this.#rules + rule;
      if (start > (this.#starts[at] ?? start)) this.#starts[at] = start;
      if (length === this.#length) whole = start;
    }
    return whole;
  }

  #latest(beforeRule: number, length: number): number {
    let latest = Number.NEGATIVE_INFINITY;
    for (let rule = 0; rule < beforeRule; rule++)
      latest = Math.max(latest, this.#starts[length * this.#rules + rule] ?? latest);
    return latest;
  }
}
