/** A text as it reads, whatever signs it was written with, and where each unit of that stands in the original. */
export interface Folded {
  text: string;
  /** Where the unit at this index begins and ends in the original. */
  spanOf(index: number): { from: number; to: number };
}

/** What reads as nothing: zero-width signs, soft hyphens, variation selectors, signs of direction, control characters. */
const invisible = /[\p{DI}\p{Cf}\p{Cc}]/gu;

/** JavaScript takes the zero-width U+FEFF for white space. */
const space = /[^\S\ufeff]/;

/** White space and what cannot be seen, or a character with the marks that belong to it (a half-width ﾞ is one). */
const part = /[\s\p{DI}\p{Cf}\p{Cc}]+|.[\p{M}\uff9e\uff9f\u1160-\u11ff]*/gsu;

/** Whether a text is more than plain ASCII with single spaces. */
const unusual = /[^\x20-\x7e]| {2}/;

/**
 * Full-width and half-width signs, ㈱ and decomposed letters as NFKC writes them, any run of white space (line breaks
 * too) as one space, and nothing that cannot be seen. Case stays.
 */
export function fold(text: string): Folded {
  if (!unusual.test(text)) return { text, spanOf: (index) => ({ from: index, to: index + 1 }) };
  const spans: { from: number; to: number }[] = [];
  let folded = '';
  for (const { 0: found, index } of text.matchAll(part)) {
    const read = space.test(found) ? ' ' : found.normalize('NFKC').replace(invisible, '');
    const span = { from: index, to: index + found.length };
    for (let unit = 0; unit < read.length; unit += 1) spans.push(span);
    folded += read;
  }
  return { text: folded, spanOf: (index) => spans[index] ?? { from: text.length, to: text.length } };
}
