import type { Correlation } from '../rule.ts';
import { type HeldEvent, placeOf, thinned } from './held-event.ts';
import { measure } from './measure.ts';
import { classOf } from './tally.ts';
import type { Fired, Window } from './window.ts';

/**
 * For what can only be judged when nothing more will come (upper bounds, equality, averages, percentiles): a window
 * begins at the group's first event that no window has consumed, spans the timespan (both ends included), and is judged
 * once it is over. Its events are consumed either way. That nothing happened at all makes no window.
 *
 * It is over when the caller promises so, or when the group itself has an event more than another timespan later: until
 * then events may arrive in any order without any difference.
 */
export class ClosingWindow<Ref> implements Window<Ref> {
  #events: HeldEvent<Ref>[] = [];
  /** Where the open window begins; kept when its first events had to be forgotten. */
  #start = Number.POSITIVE_INFINITY;
  #closedUpTo = Number.NEGATIVE_INFINITY;
  readonly #correlation: Correlation;
  readonly #span: number;
  readonly #disorder: number;

  /** `delay`: by how much its events, where they are matches themselves, may be told later than others. Milliseconds. */
  constructor(correlation: Correlation, delay: number) {
    this.#correlation = correlation;
    this.#span = correlation.timespan * 1000;
    this.#disorder = this.#span + delay;
  }

  get events(): readonly HeldEvent<Ref>[] {
    return this.#events;
  }

  get due(): number {
    return this.#start + this.#span;
  }

  add(event: HeldEvent<Ref>, promised: number): Fired<Ref>[] | 'late' {
    if (event.time <= this.#closedUpTo || (event.time < promised && event.time < this.#start)) return 'late';
    this.#start = Math.min(this.#start, event.time);
    const newest = this.#events.at(-1)?.time ?? event.time;
    if (newest <= event.time) this.#events.push(event);
    else this.#events.splice(placeOf(this.#events, event.time, true), 0, event);
    return this.close(Math.max(newest, event.time) - this.#disorder);
  }

  close(before: number): Fired<Ref>[] {
    const fired: Fired<Ref>[] = [];
    let from = 0;
    while (this.due < before) {
      const to = placeOf(this.#events, this.due, true);
      fired.push(...measure(this.#correlation, this.#events.slice(from, to)));
      this.#closedUpTo = this.due;
      this.#start = this.#events[to]?.time ?? Number.POSITIVE_INFINITY;
      from = to;
    }
    if (from > 0) this.#events.splice(0, from);
    return fired;
  }

  thin(count: number): void {
    const classes = classOf(this.#correlation);
    this.#events = thinned(this.#events, count, (event) => classes(event).join('\n'));
  }

  marks(): number[] {
    return [this.#start, this.#closedUpTo];
  }

  restore(
    events: HeldEvent<Ref>[],
    [start = Number.POSITIVE_INFINITY, closedUpTo = Number.NEGATIVE_INFINITY]: readonly (number | undefined)[],
  ): void {
    this.#events = events;
    this.#start = start;
    this.#closedUpTo = closedUpTo;
  }
}
