import type { Language } from '../domain/locale.ts';
import { timesWords } from '../messages/times.ts';

/** `2026-03-01 21:01 JST (12:01Z)`: the reader's zone first, UTC beside it. An unknown zone reads as UTC. */
export function both(at: Date, timeZone: string): string {
  const utc = at.toISOString();
  const local = inZone(at, timeZone);
  return timeZone === 'UTC' ? `${utc.slice(0, 10)} ${utc.slice(11, 16)}Z` : `${local} (${utc.slice(11, 16)}Z)`;
}

/** `2026-03-01 21:01 JST` */
export function inZone(at: Date, timeZone: string): string {
  const part = partsOf(at, timeZone);
  return `${part('year')}-${part('month')}-${part('day')} ${part('hour')}:${part('minute')} ${part('timeZoneName')}`;
}

/** `2026-03-01` in the reader's zone. */
export function dayOf(at: Date, timeZone: string): string {
  return inZone(at, timeZone).slice(0, 10);
}

/** `21:01:03` in the reader's zone. */
export function clockTime(at: Date, timeZone: string): string {
  const part = partsOf(at, timeZone);
  return `${part('hour')}:${part('minute')}:${part('second')}`;
}

/** Zones whose usual short name `Intl` gives only as an offset. */
const shortNames: Record<string, string> = { 'Asia/Tokyo': 'JST' };

function partsOf(at: Date, timeZone: string): (type: Intl.DateTimeFormatPartTypes) => string {
  const parts = formatter(timeZone).formatToParts(at);
  return (type) => {
    if (type === 'timeZoneName' && shortNames[timeZone]) return shortNames[timeZone];
    return parts.find((p) => p.type === type)?.value ?? '';
  };
}

const formatters = new Map<string, Intl.DateTimeFormat>();

function formatter(timeZone: string): Intl.DateTimeFormat {
  const known = formatters.get(timeZone);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en-GB', {
    timeZone: isZone(timeZone) ? timeZone : 'UTC',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
    timeZoneName: 'short',
  });
  formatters.set(timeZone, made);
  return made;
}

function isZone(timeZone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en-GB', { timeZone }).format(0) !== '';
  } catch {
    return false;
  }
}

/** `2 min 1 s`, `24 h`, `5 d`: the two largest units of a length in milliseconds; days from two on. */
export function length(ms: number, language: Language): string {
  const words = timesWords(language);
  const seconds = Math.max(0, Math.round(ms / 1000));
  const units = [
    { of: words.days, size: 86400, from: 2 * 86400 },
    { of: words.hours, size: 3600, from: 3600 },
    { of: words.minutes, size: 60, from: 60 },
    { of: words.seconds, size: 1, from: 0 },
  ];
  const at = units.findIndex(({ from }) => seconds >= from);
  const { of, size } = units[at] ?? { of: words.seconds, size: 1 };
  const next = units[at + 1];
  const rest = seconds % size;
  const second = next && rest >= next.size ? ` ${next.of(Math.floor(rest / next.size))}` : '';
  return `${of(Math.floor(seconds / size))}${second}`;
}
