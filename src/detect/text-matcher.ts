import type { Literal } from './automaton.ts';
import type { Test } from './expression.ts';
import { FieldIndex } from './field-index.ts';
import { fold } from './fold.ts';
import { mapLiterals, matchesGlob, run } from './glob.ts';
import { literalsOf } from './literals.ts';

export type TextMatcher = (folded: string) => boolean;

const matchers = new WeakMap<Test, TextMatcher>();

/** How a test of text whose case does not matter is asked of a folded value; undefined for any other test. */
export function textMatcher(test: Test): TextMatcher | undefined {
  if (test.is !== 'text' || test.cased) return undefined;
  const known = matchers.get(test);
  if (known) return known;
  const glob = mapLiterals(test.glob, fold);
  const [first, second, third] = glob;
  let made: TextMatcher = (text) => matchesGlob(glob, text);
  // Nearly all values are of these forms, which the texts of JavaScript answer themselves.
  if (glob.length === 1 && typeof first === 'string') made = (text) => text === first;
  else if (glob.length === 2 && first === run && typeof second === 'string') made = (text) => text.endsWith(second);
  else if (glob.length === 2 && typeof first === 'string' && second === run) made = (text) => text.startsWith(first);
  else if (glob.length === 3 && first === run && typeof second === 'string' && third === run)
    made = (text) => text.includes(second);
  matchers.set(test, made);
  return made;
}

/** From this many texts on one pass for all is cheaper than one for each. */
const manyTexts = 32;

/** Whether a value passes one of several tests; undefined when one of them is not of text, or of case. */
export function anyText(tests: readonly Test[]): TextMatcher | undefined {
  const matchers: TextMatcher[] = [];
  for (const test of tests) {
    const matcher = textMatcher(test);
    if (!matcher) return undefined;
    matchers.push(matcher);
  }
  if (matchers.length >= manyTexts) {
    const indexed = tests.map(literalsOf);
    if (indexed.every((one) => one?.whole)) return inOnePass(indexed.flatMap((one) => one?.literals ?? []));
  }
  return (text) => {
    for (let k = 0; k < matchers.length; k += 1) if ((matchers[k] as TextMatcher)(text)) return true;
    return false;
  };
}

function inOnePass(literals: readonly Omit<Literal, 'id'>[]): TextMatcher {
  const index = new FieldIndex(
    literals.map((one) => ({ ...one, id: 0 })),
    [],
  );
  let found = false;
  const hit = () => {
    found = true;
  };
  return (text) => {
    found = false;
    index.find(text, hit);
    return found;
  };
}
