const unitSeconds: Record<string, number> = { m: 60, min: 60, h: 3600, d: 86400, w: 604800 };

/** Seconds of `30m`, `24h`, `7d`, `2w`; undefined when it is none of them. */
export function readDuration(text: string): number | undefined {
  const match = /^(\d{1,5})\s*(m|min|h|d|w)$/i.exec(text);
  if (!match) return undefined;
  const seconds = Number(match[1]) * (unitSeconds[(match[2] ?? '').toLowerCase()] ?? 0);
  return seconds > 0 ? seconds : undefined;
}

/** A moment from `4h` (from now) or a date `2026-03-02` or `2026-03-02 09:00` in a time zone; undefined when neither. */
export function readMoment(text: string, now: Date, timeZone: string): Date | undefined {
  const seconds = readDuration(text);
  if (seconds !== undefined) return new Date(now.getTime() + seconds * 1000);
  const match = /^(\d{4}-\d{2}-\d{2})(?:[ T](\d{2}:\d{2}))?$/.exec(text);
  if (!match) return undefined;
  const asUtc = new Date(`${match[1]}T${match[2] ?? '09:00'}:00Z`);
  if (Number.isNaN(asUtc.getTime())) return undefined;
  return new Date(asUtc.getTime() - offsetMs(asUtc, timeZone));
}

/** How far a zone is ahead of UTC at a moment. */
function offsetMs(at: Date, timeZone: string): number {
  const text = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' })
    .formatToParts(at)
    .find((p) => p.type === 'timeZoneName')?.value;
  const match = /GMT([+-])(\d{2}):(\d{2})/.exec(text ?? '');
  if (!match) return 0;
  return (match[1] === '-' ? -1 : 1) * (Number(match[2]) * 60 + Number(match[3])) * 60_000;
}
