import type { Correlation } from '../rule.ts';
import { holds, ruleCondition } from './count-condition.ts';
import { type HeldEvent, placeOf, thinned } from './held-event.ts';
import { chained, inRuleOrder, LatestStarts } from './rule-order.ts';
import { RuleTally } from './tally.ts';
import type { Fired, Window } from './window.ts';

/**
 * `temporal_ordered`: fires the moment the rules have matched one after the other within the timespan (both ends
 * included, see `SlidingWindow`), also when an event that arrives late completes them. Consumes the events that stand in
 * such a chain; one that came before its turn stays.
 *
 * An event in order costs the number of rules; one out of order, and a match, at worst what is held.
 */
export class OrderedWindow<Ref> implements Window<Ref> {
  due = Number.NEGATIVE_INFINITY;
  #events: HeldEvent<Ref>[] = [];
  /** Those of the events that a chain can begin with: what lies before the first of them need not be looked at. */
  #beginnings: HeldEvent<Ref>[] = [];
  #matched = new RuleTally();
  /** What the events so far begin; undefined when it has to be read again. */
  #starts: LatestStarts | undefined;
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
  }

  get events(): readonly HeldEvent<Ref>[] {
    return this.#events;
  }

  add(event: HeldEvent<Ref>, promised: number): Fired<Ref>[] {
    if (this.#length > this.#rules) return [];
    this.due = Math.max(this.due, Math.max(event.time, promised) + 2 * this.#span);
    const end = this.#completed(event, this.#insert(event));
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
    this.#beginnings = events.filter((event) => this.#begins(event));
    this.#matched = new RuleTally();
    for (const event of events) this.#matched.enter(event);
    this.#starts = undefined;
    this.due = due;
  }

  #begins(event: HeldEvent<Ref>): boolean {
    return event.rule <= this.#rules - this.#length;
  }

  #insert(event: HeldEvent<Ref>): number {
    this.#matched.enter(event);
    if (this.#begins(event)) insertInOrder(this.#beginnings, event);
    return insertInOrder(this.#events, event);
  }

  /** The place at which a chain through the new event first ends, if one does. */
  #completed(event: HeldEvent<Ref>, place: number): number | undefined {
    const newest = this.#events.length - 1;
    if (this.#matched.value >= this.#length && place === newest) {
      this.#starts ??= this.#follow(newest);
      return event.time - this.#starts.take(event) <= this.#span ? place : undefined;
    }
    this.#starts = undefined;
    if (this.#matched.value < this.#length) return undefined;
    const starts = new LatestStarts(this.#rules, this.#length);
    const to = placeOf(this.#events, event.time + this.#span, true);
    for (let at = this.#firstSince(event.time - this.#span); at < to; at++) {
      const next = this.#events[at];
      if (next && next.time - starts.take(next) <= this.#span && at >= place) return at;
    }
    return undefined;
  }

  #follow(to: number): LatestStarts {
    const starts = new LatestStarts(this.#rules, this.#length);
    for (let at = this.#firstSince(Number.NEGATIVE_INFINITY); at < to; at++) {
      const event = this.#events[at];
      if (event) starts.take(event);
    }
    return starts;
  }

  /** The place of the first event since then that a chain can begin with, or of one at the same time. */
  #firstSince(time: number): number {
    const first = this.#beginnings[placeOf(this.#beginnings, time)];
    return first ? placeOf(this.#events, first.time) : this.#events.length;
  }

  #fire(end: number): Fired<Ref> {
    const from = this.#firstSince((this.#events[end]?.time ?? 0) - this.#span);
    const events = this.#events.slice(from, end + 1);
    const used = chained(events, this.#rules, this.#length);
    this.#events.splice(from, events.length, ...events.filter((event) => !used.has(event)));
    this.#beginnings = this.#beginnings.filter((event) => !used.has(event));
    for (const event of used) this.#matched.leave(event);
    this.#starts = undefined;
    return { events: [...used], value: this.#length };
  }

  #forget(before: number): void {
    const quarter = this.#events[this.#events.length >>> 2];
    if (!quarter || quarter.time >= before) return;
    for (const event of this.#events.splice(0, placeOf(this.#events, before))) this.#matched.leave(event);
    this.#beginnings.splice(0, placeOf(this.#beginnings, before));
  }
}

/** Returns the place; costs as many steps as the event is late. */
function insertInOrder<Ref>(events: HeldEvent<Ref>[], event: HeldEvent<Ref>): number {
  let place = events.length;
  for (let before = events[place - 1]; before && inRuleOrder(before, event) > 0; before = events[place - 1]) place -= 1;
  if (place === events.length) events.push(event);
  else events.splice(place, 0, event);
  return place;
}
