import type { Test } from './expression.ts';
import { type Glob, literalOf, one, run } from './glob.ts';

const comparisons = {
  lt: 'is less than',
  lte: 'is at most',
  gt: 'is more than',
  gte: 'is at least',
  eq: 'is',
} as const;
const places = { equals: 'is', startswith: 'starts with', endswith: 'ends with', contains: 'contains' } as const;

/** A test in words, to stand behind the name of a field: `ends with "\cmd.exe"`. */
export function describeTest(test: Test): string {
  switch (test.is) {
    case 'text':
      return `${describeGlob(test.glob)}${test.cased ? ', in this case' : ''}`;
    case 'regex': {
      const flags = Object.entries(test.regex.flags).flatMap(([flag, on]) => (on ? [flag] : []));
      return `matches /${test.regex.source}/${flags.join('')}`;
    }
    case 'null':
      return 'is absent or null';
    case 'exists':
      return test.present ? 'is there' : 'is not there';
    case 'compare':
      return `${comparisons[test.by]} ${test.to}`;
    case 'time':
      return `is a time whose ${test.part} ${comparisons[test.by]} ${test.to}`;
    case 'cidr':
      return `is in ${test.text}`;
    case 'field':
      return `${places[test.at]} what ${test.name} is${test.cased ? ', in this case' : ''}`;
  }
}

function describeGlob(glob: Glob): string {
  const start = glob[0] === run;
  const end = glob.at(-1) === run;
  const inner = literalOf(glob.slice(start ? 1 : 0, end ? -1 : undefined));
  if (glob.length === 1 && start) return 'has a value';
  if (inner === undefined)
    return `is like "${glob.map((part) => (part === run ? '*' : part === one ? '?' : part)).join('')}"`;
  if (start && end) return `contains "${inner}"`;
  if (start) return `ends with "${inner}"`;
  return `${end ? 'starts with' : 'is'} "${inner}"`;
}
