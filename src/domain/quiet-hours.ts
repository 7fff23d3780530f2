import type { QuietHours } from './notification.ts';

/** When nobody is woken for what is mended by day, in minutes of the day. */
export const night = { from: 22 * 60, to: 7 * 60 };

/** Until when a channel is to be left in peace; undefined when it is not its quiet time. An unknown zone reads as UTC. */
export function quietUntil(quiet: Pick<QuietHours, 'from' | 'to'>, timeZone: string, now: Date): Date | undefined {
  const minute = minuteOfDay(now, timeZone);
  const { from, to } = quiet;
  const inside = from <= to ? minute >= from && minute < to : minute >= from || minute < to;
  if (!inside) return undefined;
  // Asked again then: a clock that was put forward or back meanwhile makes it a second look, not a message at night.
  const left = (to - minute + 1_440) % 1_440;
  const start = Math.floor(now.getTime() / 60_000) * 60_000;
  return new Date(start + left * 60_000);
}

function minuteOfDay(at: Date, timeZone: string): number {
  const parts = zoned(timeZone).formatToParts(at);
  const part = (type: Intl.DateTimeFormatPartTypes) => Number(parts.find((one) => one.type === type)?.value ?? 0);
  return part('hour') * 60 + part('minute');
}

function zoned(timeZone: string): Intl.DateTimeFormat {
  const options = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
  try {
    return new Intl.DateTimeFormat('en-GB', { ...options, timeZone });
  } catch {
    return new Intl.DateTimeFormat('en-GB', { ...options, timeZone: 'UTC' });
  }
}
