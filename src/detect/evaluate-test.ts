import ipaddr from 'ipaddr.js';
import type { Comparison, Test, TimePart } from './expression.ts';
import { fold } from './fold.ts';
import { type Glob, mapLiterals, matchesGlob } from './glob.ts';

/** A value as text: what Sigma compares. An object is its JSON, which is what a search over a raw log would see. */
export function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value !== 'object' || value === null) return String(value);
  try {
    return JSON.stringify(value);
  } catch {
    // Nested deeper than the stack: nobody writes rules about that, and it must not end the process.
    return '';
  }
}

/** Different values of a field that are compared with parts of those of another, each with each. */
const mostCompared = 1_000;

/**
 * Whether the values of a field pass a test; undefined is a field the event does not have, and passes only `null` and
 * `exists: false`. `other` gives the values of another field, for `fieldref`.
 */
export function passes(
  test: Test,
  values: readonly unknown[] | undefined,
  other: (field: string) => readonly unknown[] | undefined,
): boolean {
  if (test.is === 'exists') return (values !== undefined) === test.present;
  if (test.is === 'null') return values === undefined || values.some((value) => value === null);
  if (values === undefined) return false;
  if (test.is === 'field') {
    return refers(test, values, other(test.name) ?? []);
  }
  return values.some((value) => value !== null && valuePasses(test, value));
}

/** Whether a value of one field is, begins with, ends with or holds one of another. */
function refers(
  { at, cased }: Extract<Test, { is: 'field' }>,
  values: readonly unknown[],
  others: readonly unknown[],
): boolean {
  const texts = (list: readonly unknown[]) => list.filter((one) => one !== null).map((one) => folded(one, cased));
  const wanted = new Set(texts(others));
  const own = new Set(texts(values));
  if (at === 'equals') return [...own].some((text) => wanted.has(text));
  const parts = [...wanted].slice(0, mostCompared);
  return [...own].slice(0, mostCompared).some((text) => parts.some((part) => placed(text, part, at)));
}

function folded(value: unknown, cased: boolean): string {
  return cased ? textOf(value) : fold(textOf(value));
}

function placed(text: string, wanted: string, at: 'startswith' | 'endswith' | 'contains'): boolean {
  if (at === 'startswith') return text.startsWith(wanted);
  return at === 'endswith' ? text.endsWith(wanted) : text.includes(wanted);
}

type ValueTest = Exclude<Test, { is: 'exists' | 'null' | 'field' }>;

function valuePasses(test: ValueTest, value: unknown): boolean {
  switch (test.is) {
    case 'text':
      return matchesGlob(test.cased ? test.glob : foldedGlob(test.glob), folded(value, test.cased));
    case 'regex':
      return test.regex.test(textOf(value));
    case 'compare': {
      const number = numberOf(value);
      return number !== undefined && compares(number, test.by, test.to);
    }
    case 'time': {
      const part = timePart(value, test.part);
      return part !== undefined && (test.by === 'eq' ? part === test.to : compares(part, test.by, test.to));
    }
    case 'cidr':
      return within(textOf(value), test.block);
  }
}

const foldedGlobs = new WeakMap<Glob, Glob>();

function foldedGlob(glob: Glob): Glob {
  const known = foldedGlobs.get(glob);
  if (known) return known;
  const made = mapLiterals(glob, fold);
  foldedGlobs.set(glob, made);
  return made;
}

/** The number a value reads as; undefined when it is none. */
export function numberOf(value: unknown): number | undefined {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}

function compares(value: number, by: Comparison, to: number): boolean {
  if (by === 'lt') return value < to;
  if (by === 'lte') return value <= to;
  return by === 'gt' ? value > to : value >= to;
}

function within(text: string, block: [ipaddr.IPv4 | ipaddr.IPv6, number]): boolean {
  const bare = text.trim().replace(/^\[(.*)\]$/, '$1');
  // Only the usual written forms: ipaddr.js would also take 10.1 and 0x0a000001 for addresses.
  if (!/^\d{1,3}(?:\.\d{1,3}){3}$/.test(bare) && !bare.includes(':')) return false;
  try {
    const address = ipaddr.process(bare);
    return address.kind() === block[0].kind() && address.match(block as [ipaddr.IPv4, number]);
  } catch {
    return false;
  }
}

const written = /^\s*(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:[T ]+(\d{1,2}):(\d{2}))?/;
/** Numbers above this are milliseconds since 1970, below seconds: 100,000,000,000 s is the year 5138. */
const milliseconds = 1e11;

/** A part of a time as it is written; no time zone is applied (appendix of modifiers, "Time Modifiers"). */
function timePart(value: unknown, part: TimePart): number | undefined {
  const parts = typeof value === 'number' ? fromEpoch(value) : fromText(textOf(value));
  if (!parts) return undefined;
  const [year, month, day, hour, minute] = parts;
  const all: Record<TimePart, number | undefined> = { year, month, day, hour, minute, week: isoWeek(year, month, day) };
  return all[part];
}

type TimeParts = [year: number, month: number, day: number, hour: number | undefined, minute: number | undefined];

function fromEpoch(epoch: number): TimeParts | undefined {
  const date = new Date(Math.abs(epoch) < milliseconds ? epoch * 1000 : epoch);
  if (Number.isNaN(date.getTime())) return undefined;
  return [date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate(), date.getUTCHours(), date.getUTCMinutes()];
}

function fromText(text: string): TimeParts | undefined {
  const found = written.exec(text);
  if (!found) return /^\d{9,13}$/.test(text) ? fromEpoch(Number(text)) : undefined;
  const [year = 0, month = 0, day = 0] = found.slice(1, 4).map(Number);
  const clock = found[4] === undefined ? [undefined, undefined] : [Number(found[4]), Number(found[5])];
  return [year, month, day, clock[0], clock[1]];
}

/** ISO 8601: the week of a year's first Thursday is its first. */
function isoWeek(year: number, month: number, day: number): number {
  const date = new Date(Date.UTC(year, month - 1, day));
  date.setUTCDate(date.getUTCDate() + 4 - (date.getUTCDay() || 7));
  const start = Date.UTC(date.getUTCFullYear(), 0, 1);
  return Math.ceil(((date.getTime() - start) / 86_400_000 + 1) / 7);
}
