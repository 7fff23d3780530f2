/** Longest sign a reader sees as one that is kept whole, in UTF-16 units; the longest emoji in use have about 40. */
const longestSign = 256;

/** The first sign that may belong to the one before it: below are Latin letters and plain punctuation. */
const firstCombining = 0x300;

const signs = new Intl.Segmenter('und', { granularity: 'grapheme' });

/**
 * The beginning of a text, at most `limit` UTF-16 units long, that ends where a reader sees a sign end: no half of a
 * surrogate pair, an accent, a dakuten or a family is left. Costs the same however long the text is; a sign longer than any
 * real one (marks heaped on a letter) is cut all the same, between its code points.
 */
export function cutText(text: string, limit: number): string {
  if (text.length <= limit) return text;
  if (limit <= 0) return '';
  return text.slice(0, isPlain(text, limit) ? limit : endOfSign(text, limit));
}

/** Whether the signs on both sides of a place stand alone, which is nearly always so outside of CJK and emoji. */
function isPlain(text: string, at: number): boolean {
  const [before, after] = [text.charCodeAt(at - 1), text.charCodeAt(at)];
  return before < firstCombining && after < firstCombining && !(before === 0x0d && after === 0x0a);
}

function endOfSign(text: string, limit: number): number {
  const from = wholePoint(text, Math.max(0, limit - longestSign));
  // Whether a sign ends depends on what is before it and on the one code point behind.
  const near = text.slice(from, limit + 2);
  const start = signs.segment(near).containing(limit - from)?.index ?? 0;
  const unending = start === 0 && limit - from >= longestSign - 1;
  return unending ? wholePoint(text, limit) : from + start;
}

/** The place itself, or the one before where it would part a surrogate pair. */
function wholePoint(text: string, at: number): number {
  const parts = /^[\uD800-\uDBFF][\uDC00-\uDFFF]$/.test(text.slice(at - 1, at + 1));
  return parts ? at - 1 : at;
}
