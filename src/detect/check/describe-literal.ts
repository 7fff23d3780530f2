import { literalOf, run } from '../glob.ts';
import { testKey } from '../test-key.ts';
import type { Literal } from './normal-form.ts';

/** A literal in words: `Image ends with "\cmd.exe"`. */
export function describeLiteral({ field, test, positive }: Literal): string {
  const asked = `${field ?? 'a value'} ${wordsOf(test)}`;
  return positive ? asked : `not (${asked})`;
}

function wordsOf(test: Literal['test']): string {
  if (test.is === 'exists') return 'is there';
  if (test.is === 'null') return 'is absent or null';
  if (test.is !== 'text') return testKey(test);
  const { glob } = test;
  const start = glob[0] === run;
  const end = glob.at(-1) === run;
  const inner = literalOf(glob.slice(start ? 1 : 0, end ? -1 : undefined));
  if (glob.length === 1 && start) return 'has a value';
  if (inner === undefined)
    return `is like "${glob.map((part) => (typeof part === 'string' ? part : '*?'[2 - part])).join('')}"`;
  if (start) return `${end ? 'contains' : 'ends with'} "${inner}"`;
  return `${end ? 'starts with' : 'is'} "${inner}"`;
}
