import { cutText } from './cut.ts';
import { storableText } from './storable.ts';

/** Longest text kept in any one field of an alert, in UTF-16 units; the raw record has the rest. */
const textLimit = 16_384;

/** Deepest nesting kept. */
const depthLimit = 24;

/**
 * A value PostgreSQL can hold as text and jsonb: no NUL, no lone surrogates, bounded length and depth. Keeps dates.
 */
export function clean<T>(value: T, depth = 0): T {
  return cleanUnknown(value, depth) as T;
}

function cleanUnknown(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return cleanText(value);
  if (value === null || typeof value !== 'object' || value instanceof Date) return value;
  if (depth >= depthLimit) return '[too deep]';
  if (Array.isArray(value)) return value.map((item) => cleanUnknown(item, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [cleanText(key), cleanUnknown(item, depth + 1)]),
  );
}

function cleanText(text: string): string {
  const cut = text.length > textLimit ? `${cutText(text, textLimit)} [cut]` : text;
  return storableText(cut);
}
