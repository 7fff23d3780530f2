import type { Literal } from './automaton.ts';
import type { Test } from './expression.ts';
import { fold } from './fold.ts';
import { literalOf, run } from './glob.ts';

/** How the index knows a test. */
export interface Indexed {
  /** A value passes only when one of these is in it. */
  literals: Omit<Literal, 'id'>[];
  /** True when that is all there is to the test. */
  whole: boolean;
}

/** The literals one of which any passing value holds; undefined when there are none. */
export function literalsOf(test: Test): Indexed | undefined {
  if (test.is === 'regex') {
    const { literals } = test.regex;
    if (literals.length === 0) return undefined;
    return { literals: literals.map((text) => ({ text, start: false, end: false })), whole: false };
  }
  if (test.is !== 'text') return undefined;
  const { glob, cased } = test;
  const start = glob[0] !== run;
  const end = glob.at(-1) !== run;
  const inner = literalOf(glob.slice(start ? 0 : 1, end ? undefined : -1));
  if (inner !== undefined && glob.length > 0 && (inner !== '' || (start && end)))
    return { literals: [{ text: fold(inner), start, end }], whole: !cased };
  if (glob.length === 0) return { literals: [{ text: '', start: true, end: true }], whole: true };
  const parts = glob.filter((part) => typeof part === 'string');
  const longest = parts.reduce((best, part) => (part.length > best.length ? part : best), '');
  if (longest === '') return undefined;
  const first = glob[0] === longest && parts.indexOf(longest) === 0;
  return { literals: [{ text: fold(longest), start: first, end: false }], whole: false };
}

/** Characters of a literal that are looked for: more make the automaton larger and tell hardly anything more apart. */
const longestIndexed = 16;

/** The same for an index, which looks for no more than the end of a long literal (its start where it stands at one). */
export function indexOf(test: Test): Indexed | undefined {
  const all = literalsOf(test);
  if (!all || all.literals.every(({ text }) => text.length <= longestIndexed)) return all;
  return { literals: all.literals.map(cut), whole: false };
}

function cut({ text, start, end }: Omit<Literal, 'id'>): Omit<Literal, 'id'> {
  if (text.length <= longestIndexed) return { text, start, end };
  if (start && !end) return { text: text.slice(0, longestIndexed), start, end };
  return { text: text.slice(-longestIndexed), start: false, end };
}

/** About how often a literal is found, 1 being a long one: what an index picks among the conditions of a rule by. */
export function commonness({ text, start, end }: Omit<Literal, 'id'>): number {
  const length = text.length + (start && end ? 4 : end || start ? 1 : 0);
  const numeric = /^\d+$/.test(text) ? 4 : 1;
  if (length >= 12) return numeric;
  if (length >= 8) return 2 * numeric;
  if (length >= 6) return 4 * numeric;
  return (length >= 4 ? 8 : 30) * numeric;
}
