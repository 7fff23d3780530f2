import { defang } from './defang.ts';
import { changeJsonTexts, isJson } from './json-texts.ts';

/** What stands where a text was taken out. */
export const redacted = '[redacted]';

/** Takes one text out of whatever holds it, in any case, defanged too. What does not hold it comes back as it was. */
export interface Redaction {
  text(text: string): string;
  /** Texts, names of fields and long numbers of a JSON value. */
  value(value: unknown): unknown;
  /** A record; JSON stays JSON. */
  bytes(content: Buffer): Buffer;
}

/** Digits a number must have to be taken for what was meant. */
const fewestDigits = 6;

export function createRedaction(wanted: string): Redaction {
  const written = writingsOf(wanted).map((one) => one.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'));
  const pattern = new RegExp(written.join('|'), 'giu');
  const text = (given: string) => given.replace(pattern, redacted);
  const number = (given: string) => (given.length < fewestDigits ? given : text(given));
  const redaction: Redaction = {
    text,
    value(value) {
      if (typeof value === 'string') return text(value);
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
  };
  return redaction;
}

/** A text as it may stand in what we wrote: as it is, as we defang any kind of entity, and as titles keep it from acting. */
export function writingsOf(text: string): string[] {
  const plain = refanged(text);
  const types = ['ip', 'domain', 'url', 'email'] as const;
  const defanged = types.map((type) => defang({ type, value: plain }));
  const inTitle = [plain.replace(/http(?=s?:\/\/)/gi, 'hxxp'), plain.replaceAll('@', '＠')];
  return [...new Set([text, plain, ...defanged, ...inTitle])].sort((a, b) => b.length - a.length);
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
  const letters = [...wanted.trim()];
  const fewest = letters.some((letter) => letter > '\u{2e7f}') ? 2 : 4;
  return letters.length < fewest;
}
