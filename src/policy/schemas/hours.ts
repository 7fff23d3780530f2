import { z } from 'zod';
import type { Hours } from '../../domain/rota.ts';
import { shown } from '../problems.ts';

const names = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

/** `Mon-Fri 09:00-18:00`, `Sat,Sun 22:00-06:00`: when somebody works. */
export const hours = z.string().transform((text, context): Hours => {
  const read = readHours(text.trim().toLowerCase());
  if (read) return read;
  const message = `${shown(text)} are not hours: write Mon-Fri 09:00-18:00 or Sat,Sun 22:00-06:00.`;
  context.addIssue({ code: 'custom', message });
  return z.NEVER;
});

function readHours(text: string): Hours | undefined {
  const [, written = '', from = '', to = ''] = /^([a-z,\s-]+?)\s+(\d{2}:\d{2})\s*-\s*(\d{2}:\d{2})$/.exec(text) ?? [];
  const days = written.split(',').map((part) => daysOf(part.trim()));
  const [begin, end] = [minutes(from), minutes(to)];
  if (days.includes(undefined) || begin === undefined || end === undefined) return undefined;
  return { days: [...new Set(days.flatMap((some) => some ?? []))].sort(), from: begin, to: end };
}

/** `mon` or `fri-mon`. */
function daysOf(text: string): number[] | undefined {
  const [first = -1, last = first, ...more] = text.split('-').map((name) => names.indexOf(name.trim()));
  if (first < 0 || last < 0 || more.length > 0) return undefined;
  return Array.from({ length: ((last - first + 7) % 7) + 1 }, (_, k) => (first + k) % 7);
}

/** Since midnight; 24:00 ends a day. */
function minutes(text: string): number | undefined {
  const [hour = Number.NaN, minute = Number.NaN] = text.split(':').map(Number);
  return minute < 60 && hour * 60 + minute <= 1_440 ? hour * 60 + minute : undefined;
}
