import type { ParsedAlert } from '../domain/alert.ts';
import { clean } from '../domain/clean.ts';
import { cutText } from '../domain/cut.ts';
import type { RawRecord } from '../domain/record.ts';

/** Entities one alert may carry, how long a role may be, and how far ahead of its receipt a product's clock is believed. */
const entityLimit = 200;
const roleLimit = 60;
const futureLimitMs = 24 * 3600 * 1000;

/** The alert within what the store and an issue can hold. */
export function bounded(alert: ParsedAlert, raw: Pick<RawRecord, 'receivedAt'>): ParsedAlert {
  return clean({
    ...alert,
    title: cutText(alert.title, 300),
    time: believedTime(alert.time, raw),
    entities: alert.entities
      .filter((e) => e.value.length > 0 && e.value.length <= 1024)
      .slice(0, entityLimit)
      .map((e) => ({ ...e, role: cutText(e.role, roleLimit) })),
    techniques: alert.techniques.slice(0, 20),
    quoted: alert.quoted.slice(0, 5),
  });
}

/** When it happened, or when it came where a product's clock cannot be believed. */
export function believedTime(time: Date, { receivedAt }: Pick<RawRecord, 'receivedAt'>): Date {
  const at = time.getTime();
  return Number.isFinite(at) && at > 0 && at < receivedAt.getTime() + futureLimitMs ? time : receivedAt;
}
