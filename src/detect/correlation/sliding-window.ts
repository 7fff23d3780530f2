import type { Correlation, CountCondition } from '../rule.ts';
import { holds, ruleCondition } from './count-condition.ts';
import { type HeldEvent, placeOf, thinned } from './held-event.ts';
import { classOf, type Tally, tallyOf } from './tally.ts';
import type { Fired, Window } from './window.ts';

/**
 * Fires the moment enough has happened within the timespan, never cut at clock boundaries. A window ends at an event and
 * reaches back the timespan, both ends included: with times in whole seconds "within 5 minutes" has to hold for events
 * exactly 5 minutes apart. The window's events are consumed, so that a later match needs new ones.
 *
 * An event that arrives out of order is asked for in every window it belongs to, the earliest that fires wins; for that,
 * events are kept for twice the timespan before the newest arrival. An event in order costs its own entering and leaving
 * the tally, one out of order besides that the events it is late by.
 */
export class SlidingWindow<Ref> implements Window<Ref> {
  due = Number.NEGATIVE_INFINITY;
  #events: HeldEvent<Ref>[] = [];
  /** The tally is of the events from `#low` up to before `#high`. */
  #tally: Tally;
  #low = 0;
  #high = 0;
  readonly #correlation: Correlation;
  readonly #condition: CountCondition;
  readonly #span: number;

  constructor(correlation: Correlation) {
    this.#correlation = correlation;
    this.#condition =
      correlation.type === 'temporal'
        ? ruleCondition(correlation.condition, correlation.rules.length)
        : correlation.condition;
    this.#span = correlation.timespan * 1000;
    this.#tally = tallyOf(correlation);
  }

  get events(): readonly HeldEvent<Ref>[] {
    return this.#events;
  }

  add(event: HeldEvent<Ref>, promised: number): Fired<Ref>[] {
    this.due = Math.max(this.due, Math.max(event.time, promised) + 2 * this.#span);
    const place = this.#insert(event);
    for (let end = place; end < this.#events.length; end++) {
      const last = this.#events[end];
      if (!last || last.time > event.time + this.#span) break;
      this.#move(placeOf(this.#events, last.time - this.#span), end + 1);
      if (holds(this.#condition, this.#tally.value)) return [this.#fire()];
    }
    this.#forget(event.time - 2 * this.#span);
    return [];
  }

  close(before: number): [] {
    if (this.due < before) this.restore([], [this.due]);
    return [];
  }

  thin(count: number): void {
    const classes = classOf(this.#correlation);
    this.restore(
      thinned(this.#events, count, (event) => classes(event).join('\n')),
      [this.due],
    );
  }

  marks(): number[] {
    return [this.due];
  }

  restore(events: HeldEvent<Ref>[], [due = Number.NEGATIVE_INFINITY]: readonly (number | undefined)[]): void {
    this.#events = events;
    this.due = due;
    this.#tally = tallyOf(this.#correlation);
    this.#low = 0;
    this.#high = 0;
  }

  #insert(event: HeldEvent<Ref>): number {
    const place = placeOf(this.#events, event.time, true);
    if (place === this.#events.length) this.#events.push(event);
    else this.#events.splice(place, 0, event);
    if (place < this.#low) this.#low += 1;
    else if (place < this.#high) this.#tally.enter(event);
    if (place < this.#high) this.#high += 1;
    return place;
  }

  /** Lets events enter before others leave, so that no count falls below zero on the way. */
  #move(low: number, high: number): void {
    while (this.#high < high) this.#enter(this.#high++);
    while (this.#low > low) this.#enter(--this.#low);
    while (this.#high > high) this.#leave(--this.#high);
    while (this.#low < low) this.#leave(this.#low++);
  }

  #enter(place: number): void {
    const event = this.#events[place];
    if (event) this.#tally.enter(event);
  }

  #leave(place: number): void {
    const event = this.#events[place];
    if (event) this.#tally.leave(event);
  }

  #fire(): Fired<Ref> {
    const value = this.#tally.value;
    const events = this.#events.splice(this.#low, this.#high - this.#low);
    this.#high = this.#low;
    this.#tally = tallyOf(this.#correlation);
    return { events, value };
  }

  /** Drops what is too old for any window, a quarter of all at once, so that it costs nothing an event. */
  #forget(before: number): void {
    const quarter = this.#events[Math.min(this.#low, this.#events.length >>> 2)];
    if (!quarter || quarter.time >= before || this.#low === 0) return;
    const old = Math.min(this.#low, placeOf(this.#events, before));
    this.#events.splice(0, old);
    this.#low -= old;
    this.#high -= old;
  }
}
