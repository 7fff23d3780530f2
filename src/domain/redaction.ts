import { defang } from './defang.ts';
import { fold } from './folded.ts';
import { changeJsonTexts, isJson } from './json-texts.ts';

/** What stands where a text was taken out. */
export const redacted = '[redacted]';

/**
 * Takes one text out of whatever holds it, in any case, defanged too, and in whatever signs it is written (`fold`). What
 * does not hold it comes back as it was.
 */
export interface Redaction {
  text(text: string): string;
  /** Texts, names of fields and long numbers of a JSON value; JSON in a text stays JSON. */
  value(value: unknown): unknown;
  /** A record; JSON stays JSON. */
  bytes(content: Buffer): Buffer;
  /** Whether it stands in a text or a JSON value. */
  isIn(value: unknown): boolean;
}

/** Digits a number must have to be taken for what was meant. */
const fewestDigits = 6;

export function createRedaction(wanted: string): Redaction {
  const written = [...new Set(writingsOf(wanted).map((one) => fold(one).text.trim()))];
  const pattern = new RegExp(written.map((one) => one.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')).join('|'), 'giu');
  const text = (given: string) => replaced(given, pattern);
  const number = (given: string) => (given.length < fewestDigits ? given : text(given));
  const redaction: Redaction = {
    text,
    value(value) {
      if (typeof value === 'string') return inRecord(value, text, number);
      if (typeof value === 'number') return number(String(value)) === String(value) ? value : redacted;
      if (Array.isArray(value)) return value.map(redaction.value);
      if (value === null || typeof value !== 'object' || value instanceof Date) return value;
      return Object.fromEntries(Object.entries(value).map(([key, item]) => [text(key), redaction.value(item)]));
    },
    bytes(content) {
      const before = content.toString('utf8');
      const after = inRecord(before, text, number);
      return after === before ? content : Buffer.from(after);
    },
    isIn: (value) => JSON.stringify(redaction.value(value)) !== JSON.stringify(value),
  };
  return redaction;
}

/** What the pattern finds in the text as it reads, taken out of the original; every other byte stays. */
function replaced(given: string, pattern: RegExp): string {
  const folded = fold(given);
  let out = '';
  let copied = 0;
  for (const { 0: found, index } of folded.text.matchAll(pattern)) {
    const { from } = folded.spanOf(index);
    const { to } = folded.spanOf(index + found.length - 1);
    // Of two in one sign (㈱) the first took it.
    if (from >= copied) out += given.slice(copied, from) + redacted;
    copied = Math.max(copied, to);
  }
  return copied === 0 ? given : out + given.slice(copied);
}

/** A text as it may stand in what we wrote: as it is, as we defang any kind of entity, and as titles keep it from acting. */
function writingsOf(text: string): string[] {
  const plain = refanged(text);
  const types = ['ip', 'domain', 'url', 'email'] as const;
  const defanged = types.map((type) => defang({ type, value: plain }));
  const inTitle = plain.replace(/http(?=s?:\/\/)/gi, 'hxxp');
  return [...new Set([text, plain, ...defanged, inTitle])].sort((a, b) => b.length - a.length);
}

function refanged(text: string): string {
  return text.replace(/\[([.:@])\]/g, '$1').replace(/^hxxp/i, 'http');
}

function inRecord(given: string, text: (text: string) => string, number: (text: string) => string): string {
  if (!isJson(given)) return text(given);
  return changeJsonTexts(given, (found, _names, place) =>
    place === 'number' ? number(found) : place === 'name' ? text(found) : inRecord(found, text, number),
  );
}

/** Whether a text cannot be asked for: a short one would take parts of other words along. */
export function tooCommon(wanted: string): boolean {
  const letters = [...fold(wanted).text.trim()];
  const fewest = letters.some((letter) => letter > '\u{2e7f}') ? 2 : 4;
  return letters.length < fewest;
}
