/** One of the caller's events. */
export interface Told<Ref> {
  ref: Ref;
  /** Milliseconds. */
  time: number;
  key: string;
}

/**
 * What a group remembers of an event: plain data, so that the state can be written down (as far as refs can), and only
 * what the correlation and those built on it will ask for.
 */
export interface HeldEvent<Ref> {
  time: number;
  /** Tells the same event told twice. */
  key: string;
  /** Which of the correlation's rules matched: its place in `rules`. */
  rule: number;
  /** The caller's event, or those of the inner correlation's match. */
  told: Told<Ref> | Told<Ref>[];
  /** Tuples of the value fields, each as one text. */
  values?: string[];
  numbers?: number[];
  /** Fields that an outer correlation may ask for. */
  carried?: Record<string, unknown>;
}

/** How many of the caller's events it keeps alive. */
export function weightOf(event: HeldEvent<unknown>): number {
  return Array.isArray(event.told) ? event.told.length : 1;
}

/** The first place in events sorted by time whose time is at least (or, with `after`, above) the given one. */
export function placeOf(events: readonly { time: number }[], time: number, after = false): number {
  let low = 0;
  let high = events.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const at = events[middle]?.time ?? 0;
    if (after ? at <= time : at < time) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * Drops at least `count` events, oldest first, those first whose class has a later event: a flood of one value (or of
 * one rule's matches) then does not push out the others. Returns what stays and how many went.
 */
export function thinned<Ref>(
  events: readonly HeldEvent<Ref>[],
  count: number,
  classOf: (event: HeldEvent<Ref>) => string,
): HeldEvent<Ref>[] {
  const left = new Map<string, number>();
  for (const event of events) left.set(classOf(event), (left.get(classOf(event)) ?? 0) + 1);
  let toDrop = count;
  const kept = events.filter((event) => {
    const others = (left.get(classOf(event)) ?? 1) - 1;
    if (toDrop === 0 || others === 0) return true;
    left.set(classOf(event), others);
    toDrop -= 1;
    return false;
  });
  return kept.slice(toDrop);
}
