import type { IPv4, IPv6 } from 'ipaddr.js';
import type { Glob } from './glob.ts';
import type { LinearRegex } from './regex.ts';

/** Parts of a date that the time modifiers compare (appendix of modifiers, "Time Modifiers"). */
export const timeParts = ['minute', 'hour', 'day', 'week', 'month', 'year'] as const;
export type TimePart = (typeof timeParts)[number];

export const comparisons = ['lt', 'lte', 'gt', 'gte'] as const;
export type Comparison = (typeof comparisons)[number];

/** What a value of a field must be; every test is of one value, lists are `or` and `and` around it. */
export type Test =
  | { is: 'text'; glob: Glob; cased: boolean }
  | { is: 'regex'; regex: LinearRegex }
  | { is: 'null' }
  | { is: 'exists'; present: boolean }
  | { is: 'compare'; by: Comparison; to: number }
  | { is: 'time'; part: TimePart; by: Comparison | 'eq'; to: number }
  | { is: 'cidr'; text: string; block: [IPv4 | IPv6, number] }
  | { is: 'field'; name: string; at: 'equals' | 'startswith' | 'endswith' | 'contains'; cased: boolean };

/**
 * A whole rule: its condition with the selections it names put in. `field` is undefined for a keyword, which looks at
 * every value of the event.
 */
export type Expression =
  | { op: 'and' | 'or'; of: Expression[] }
  | { op: 'least'; count: number; of: Expression[] }
  | { op: 'not'; of: Expression }
  | { op: 'selection'; name: string; of: Expression }
  | { op: 'test'; field: string | undefined; test: Test };

/** Several expressions linked; one alone stays as it is. */
export function linked(op: 'and' | 'or', of: Expression[]): Expression {
  const [only] = of;
  return only && of.length === 1 ? only : { op, of };
}
