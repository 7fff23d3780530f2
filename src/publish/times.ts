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
export function length(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  const units: [string, number][] = [
    ['d', 86400],
    ['h', 3600],
    ['min', 60],
    ['s', 1],
  ];
  const at = units.findIndex(([unit, size]) => seconds >= (unit === 'd' ? 2 * size : size));
  if (at < 0) return '0 s';
  const [unit, size] = units[at] ?? ['s', 1];
  const rest = seconds % size;
  const [nextUnit, nextSize] = units[at + 1] ?? ['s', 1];
  const second = at + 1 < units.length && rest >= nextSize ? ` ${Math.floor(rest / nextSize)} ${nextUnit}` : '';
  return `${Math.floor(seconds / size)} ${unit}${second}`;
}
