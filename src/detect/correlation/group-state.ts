import type { Correlation } from '../rule.ts';
import { waitsForItsEnd } from './chains.ts';
import { ClosingWindow } from './closing-window.ts';
import { type HeldEvent, weightOf } from './held-event.ts';
import { OrderedWindow } from './ordered-window.ts';
import { SlidingWindow } from './sliding-window.ts';
import type { Fired, Window } from './window.ts';

/** One group of one correlation: its window, and what tells an event that is told twice. */
export class GroupState<Ref> {
  /** When it stands in the deadlines; an entry with another time is stale. */
  due = Number.POSITIVE_INFINITY;
  gone = false;
  /** Events of the caller that it keeps alive. */
  weight = 0;
  newest = Number.NEGATIVE_INFINITY;
  /** Counts up; the group touched least recently is the first to be forgotten. */
  touched = 0;
  readonly texts: string[];
  readonly window: Window<Ref>;
  readonly #keys = new Set<string>();
  /** The event that completed the last match: another rule may have matched the very same one. */
  #spent: string | undefined;

  constructor(correlation: Correlation, texts: string[], delay: number) {
    this.texts = texts;
    this.window = newWindow(correlation, delay);
  }

  add(event: HeldEvent<Ref>, promised: number): Fired<Ref>[] | 'late' {
    if (this.#keys.has(event.key) || this.#spent === event.key) return [];
    const fired = this.window.add(event, promised);
    if (fired === 'late') return fired;
    this.newest = Math.max(this.newest, event.time);
    if (fired.length > 0) this.#spent = event.key;
    this.#recount(event, fired);
    return fired;
  }

  close(before: number): Fired<Ref>[] {
    const fired = this.window.close(before);
    this.#recount();
    return fired;
  }

  /** Forgets events until at most `most` are left; returns how many went. */
  thin(most: number): number {
    const before = this.window.events.length;
    if (before <= most) return 0;
    // An eighth at once, so that thinning costs little an event.
    this.window.thin(before - most + (most >>> 3));
    this.#recount();
    return before - this.window.events.length;
  }

  /** Plain data; `restore` of the same group takes it. */
  snapshot(): GroupSnapshot<Ref> {
    const marks = this.window.marks().map((mark) => (Number.isFinite(mark) ? mark : null));
    const { texts, newest } = this;
    return { texts, newest, marks, events: [...this.window.events], ...(this.#spent ? { spent: this.#spent } : {}) };
  }

  restore(snapshot: GroupSnapshot<Ref>): void {
    this.newest = snapshot.newest;
    this.#spent = snapshot.spent;
    const marks = snapshot.marks.map((mark) => mark ?? undefined);
    this.window.restore([...snapshot.events], marks);
    this.#recount();
  }

  #recount(added?: HeldEvent<Ref>, fired: readonly Fired<Ref>[] = []): void {
    const { events } = this.window;
    if (added) this.#count(added);
    for (const one of fired) for (const event of one.events) this.#uncount(event);
    if (events.length === this.#keys.size && (added || events.length === 0)) return;
    this.#keys.clear();
    this.weight = 0;
    for (const event of events) this.#count(event);
  }

  #count(event: HeldEvent<Ref>): void {
    this.#keys.add(event.key);
    this.weight += weightOf(event);
  }

  #uncount(event: HeldEvent<Ref>): void {
    // One event can stand in several matches of one window.
    if (this.#keys.delete(event.key)) this.weight -= weightOf(event);
  }
}

export interface GroupSnapshot<Ref> {
  texts: string[];
  newest: number;
  marks: (number | null)[];
  events: HeldEvent<Ref>[];
  spent?: string;
}

function newWindow<Ref>(correlation: Correlation, delay: number): Window<Ref> {
  if (waitsForItsEnd(correlation)) return new ClosingWindow(correlation, delay);
  return correlation.type === 'temporal_ordered' ? new OrderedWindow(correlation) : new SlidingWindow(correlation);
}
