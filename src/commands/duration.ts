const unitSeconds: Record<string, number> = { m: 60, h: 3600, d: 86_400, w: 604_800 };

/** Seconds of `30m`, `24h`, `7d`, `2 weeks`; undefined when it is none of them. */
export function readDuration(text: string): number | undefined {
  const match = /^(\d{1,5})\s*(m|min|minutes?|h|hours?|d|days?|w|weeks?)$/i.exec(text);
  const seconds = Number(match?.[1]) * (unitSeconds[(match?.[2]?.[0] ?? '').toLowerCase()] ?? 0);
  return seconds > 0 ? seconds : undefined;
}

/**
 * A moment from `4h` (from now), or a day `2026-03-02` (09:00 then) or `2026-03-02 09:00` in a time zone, or with one of
 * its own (`Z`, `+09:00`); undefined when it is neither or there is no such day.
 */
export function readMoment(text: string, now: Date, timeZone: string): Date | undefined {
  const seconds = readDuration(text);
  if (seconds !== undefined) return new Date(now.getTime() + seconds * 1000);
  const match = /^(\d{4}-\d{2}-\d{2})(?:[ T]((?:[01]\d|2[0-3]):[0-5]\d)\s*(Z|UTC|[+-]\d{2}:\d{2})?)?$/i.exec(text);
  if (!match) return undefined;
  const [, day, clock = '09:00', zone] = match;
  const asUtc = new Date(`${day}T${clock}:00Z`);
  if (Number.isNaN(asUtc.getTime()) || asUtc.toISOString().slice(0, 10) !== day) return undefined;
  if (zone !== undefined) return new Date(`${day}T${clock}:00${/^(?:Z|UTC)$/i.test(zone) ? 'Z' : zone}`);
  // The zone may be another one at the moment meant than at the same numbers in UTC.
  const near = new Date(asUtc.getTime() - offsetMs(asUtc, timeZone));
  return new Date(asUtc.getTime() - offsetMs(near, timeZone));
}

/** How far a zone is ahead of UTC at a moment; 0 for an unknown zone. */
function offsetMs(at: Date, timeZone: string): number {
  const match = /GMT([+-])(\d{2}):(\d{2})/.exec(offsetName(at, timeZone));
  if (!match) return 0;
  return (match[1] === '-' ? -1 : 1) * (Number(match[2]) * 60 + Number(match[3])) * 60_000;
}

function offsetName(at: Date, timeZone: string): string {
  try {
    const parts = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' }).formatToParts(at);
    return parts.find((p) => p.type === 'timeZoneName')?.value ?? '';
  } catch {
    return '';
  }
}
