import type { HeldEvent } from './held-event.ts';

/** A window that satisfied its condition; its events are consumed. */
export interface Fired<Ref> {
  /** In time order, at least one. */
  events: HeldEvent<Ref>[];
  value: number;
  /** The one value it is about, of a percentile without a rank. */
  about?: Record<string, string>;
}

/** The events of one group of one correlation. Times are milliseconds. */
export interface Window<Ref> {
  /** What is held, in time order. */
  readonly events: readonly HeldEvent<Ref>[];
  /** When `close` has something to do, once nothing older than that will come; Infinity for never. */
  readonly due: number;
  /** Events older than `promised` were promised not to come. `late`: the window it belonged to is closed. */
  add(event: HeldEvent<Ref>, promised: number): Fired<Ref>[] | 'late';
  /** Nothing older than `before` will come. */
  close(before: number): Fired<Ref>[];
  /** Forgets at least `count` events. */
  thin(count: number): void;
  /** What else to write down beside the events, and to give back after them. */
  marks(): number[];
  restore(events: HeldEvent<Ref>[], marks: readonly (number | undefined)[]): void;
}
