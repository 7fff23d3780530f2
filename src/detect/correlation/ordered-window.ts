import type { Correlation } from '../rule.ts';
import { holds, ruleCondition } from './count-condition.ts';
import { type HeldEvent, placeOf, thinned } from './held-event.ts';
import { chained, inRuleOrder, LatestStarts } from './rule-order.ts';
import type { Fired, Window } from './window.ts';

/**
 * `temporal_ordered`: fires the moment the rules have matched one after the other within the timespan (both ends
 * included, see `SlidingWindow`), also when an event that arrives late completes them. Consumes the events that stand in
 * such a chain; one that came before its turn stays.
 *
 * An event in order costs the number of rules; one out of order, and a match, what the timespan holds.
 */
export class OrderedWindow<Ref> implements Window<Ref> {
  due = Number.NEGATIVE_INFINITY;
  #events: HeldEvent<Ref>[] = [];
  #starts: LatestStarts;
  readonly #rules: number;
  /** How many rules must match in order; Infinity when the condition asks for more than there are. */
  readonly #length: number;
  readonly #span: number;

  constructor(correlation: Correlation) {
    this.#rules = correlation.rules.length;
    const condition = ruleCondition(correlation.condition, this.#rules);
    const enough = correlation.rules.findIndex((_, i) => holds(condition, i + 1));
    this.#length = enough < 0 ? Number.POSITIVE_INFINITY : enough + 1;
    this.#span = correlation.timespan * 1000;
    this.#starts = this.#newStarts();
  }

  get events(): readonly HeldEvent<Ref>[] {
    return this.#events;
  }

  add(event: HeldEvent<Ref>, promised: number): Fired<Ref>[] {
    if (this.#length > this.#rules) return [];
    this.due = Math.max(this.due, Math.max(event.time, promised) + 2 * this.#span);
    const place = this.#insert(event);
    const end = place === this.#events.length - 1 ? this.#take(event, place) : this.#reread(event, place);
    if (end !== undefined) return [this.#fire(end)];
    this.#forget(event.time - 2 * this.#span);
    return [];
  }

  close(before: number): [] {
    if (this.due < before) this.restore([], [this.due]);
    return [];
  }

  thin(count: number): void {
    this.restore(
      thinned(this.#events, count, (event) => String(event.rule)),
      [this.due],
    );
  }

  marks(): number[] {
    return [this.due];
  }

  restore(events: HeldEvent<Ref>[], [due = Number.NEGATIVE_INFINITY]: readonly (number | undefined)[]): void {
    this.#events = events;
    this.due = due;
    this.#starts = this.#newStarts();
    for (const event of events) this.#starts.take(event);
  }

  #newStarts(): LatestStarts {
    return new LatestStarts(this.#rules, Math.min(this.#length, this.#rules));
  }

  #insert(event: HeldEvent<Ref>): number {
    let place = this.#events.length;
    for (
      let before = this.#events[place - 1];
      before && inRuleOrder(before, event) > 0;
      before = this.#events[place - 1]
    )
      place -= 1;
    if (place === this.#events.length) this.#events.push(event);
    else this.#events.splice(place, 0, event);
    return place;
  }

  /** The newest event: its place when it ends a whole chain. */
  #take(event: HeldEvent<Ref>, place: number): number | undefined {
    return event.time - this.#starts.take(event) <= this.#span ? place : undefined;
  }

  /** An event out of order: the place at which a chain through it first ends, if one does. */
  #reread(event: HeldEvent<Ref>, place: number): number | undefined {
    const starts = this.#newStarts();
    const to = placeOf(this.#events, event.time + this.#span, true);
    for (let at = placeOf(this.#events, event.time - this.#span); at < to; at++) {
      const next = this.#events[at];
      if (next && next.time - starts.take(next) <= this.#span && at >= place) return at;
    }
    this.restore(this.#events, [this.due]);
    return undefined;
  }

  #fire(end: number): Fired<Ref> {
    const from = placeOf(this.#events, (this.#events[end]?.time ?? 0) - this.#span);
    const used = chained(this.#events.slice(from, end + 1), this.#rules, this.#length);
    this.restore(
      this.#events.filter((event) => !used.has(event)),
      [this.due],
    );
    return { events: [...used], value: this.#length };
  }

  #forget(before: number): void {
    const quarter = this.#events[this.#events.length >>> 2];
    if (quarter && quarter.time < before) this.#events.splice(0, placeOf(this.#events, before));
  }
}
