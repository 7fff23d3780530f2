/**
 * Wall clocks of time zones. A wall time is written as milliseconds since the epoch that would show it in UTC, so that
 * days and weeks can be added to it whatever the zone's clock does.
 */

/** What a clock on the wall shows at a moment. Throws a RangeError for an unknown zone. */
export function wallTime(at: Date, timeZone: string): number {
  const parts = clockOf(timeZone).formatToParts(at);
  const part = (type: Intl.DateTimeFormatPartTypes) => Number(parts.find((p) => p.type === type)?.value);
  const seconds = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
  return seconds + (((at.getTime() % 1000) + 1000) % 1000);
}

const day = 24 * 3_600_000;

/**
 * The moment at which a clock on the wall shows a time: the first of two when clocks go back, and as long after the last
 * moment before when clocks skip it (as Temporal's `compatible`).
 */
export function instantOf(wall: number, timeZone: string): Date {
  // No zone has ever been further from UTC than a day, nor changed its clock twice in two days.
  const before = new Date(wall - offset(wall - day, timeZone));
  const after = new Date(wall - offset(wall + day, timeZone));
  const [first, second] = before <= after ? [before, after] : [after, before];
  if (wallTime(first, timeZone) === wall) return first;
  return wallTime(second, timeZone) === wall ? second : before;
}

/** How far a zone is ahead of UTC at a moment, in milliseconds. */
function offset(at: number, timeZone: string): number {
  return wallTime(new Date(at), timeZone) - at;
}

const clocks = new Map<string, Intl.DateTimeFormat>();

function clockOf(timeZone: string): Intl.DateTimeFormat {
  const known = clocks.get(timeZone);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  clocks.set(timeZone, made);
  return made;
}

/** The day a clock on the wall shows at a moment, `2026-03-01`. */
export function dayOf(at: Date, timeZone: string): string {
  return new Date(wallTime(at, timeZone)).toISOString().slice(0, 10);
}

/** The moment at which that day began. */
export function startOfDay(at: Date, timeZone: string): Date {
  const wall = wallTime(at, timeZone);
  return instantOf(wall - (((wall % day) + day) % day), timeZone);
}
