import { RE2JS, RE2JSException } from 're2js';
import { requiredLiterals } from './regex-literals.ts';
import { parseRegex } from './regex-parser.ts';
import { stepsOf, toRe2 } from './regex-re2.ts';
import { type RegexFlags, RegexRefusal } from './regex-tree.ts';

export interface LinearRegex {
  /** As written. */
  source: string;
  flags: RegexFlags;
  /** Whether it matches anywhere in the text, in time linear in the length of the text. */
  test(text: string): boolean;
  /** Every text that matches contains, folded, at least one of these; empty when nothing can be said. */
  literals: string[];
  /** Of the compiled expression: what it costs in memory. */
  steps: number;
}

/** In UTF-16 units. */
const longest = 10_000;

/**
 * A regular expression of a rule, read as PCRE without its Unicode properties, with the case of letters as `fold` has
 * it. What cannot be matched in linear time (look-around, back-references, atomic and possessive parts), makes more
 * than 1,000 copies or 5,000 steps of its repetitions, or would mean something else is refused with a sentence.
 */
export function linearRegex(source: string, flags: RegexFlags): LinearRegex | { refused: string } {
  if (source.length > longest) {
    return { refused: `The regular expression has ${source.length} characters, over the bound of ${longest}.` };
  }
  try {
    const tree = parseRegex(source, flags);
    const compiled = RE2JS.compile(toRe2(tree));
    return {
      source,
      flags,
      test: (text) => compiled.test(text),
      literals: requiredLiterals(tree),
      steps: stepsOf(tree, 1),
    };
  } catch (error) {
    if (error instanceof RegexRefusal) return { refused: error.message };
    // Not known to happen: what is written for RE2 is within its syntax and its bounds.
    if (error instanceof RE2JSException)
      return { refused: `The regular expression is refused by RE2: ${error.message}.` };
    throw error;
  }
}
