import type { CodePoints } from './code-points.ts';

/** Places between two code points. `end` is `$` and `\Z`: also before a line break that is the last of the text. */
export type Place = 'start' | 'end' | 'very-end' | 'line-start' | 'line-end' | 'boundary' | 'no-boundary';

/** What a regular expression says, with flags and shorthands worked in; `at` is a 0-based place in its source. */
export type RegexTree =
  | { is: 'one'; of: CodePoints }
  | { is: 'place'; place: Place; at: number }
  | { is: 'sequence'; of: RegexTree[] }
  | { is: 'either'; of: RegexTree[] }
  | { is: 'repeat'; of: RegexTree; least: number; most: number; at: number };

export interface RegexFlags {
  i: boolean;
  m: boolean;
  s: boolean;
}

/** A regular expression that is wrong or cannot be matched in linear time, as a sentence. Never leaves `linearRegex`. */
export class RegexRefusal extends Error {
  constructor(what: string, at?: number) {
    super(`The regular expression has ${what}${at === undefined ? '' : ` at character ${at + 1}`}.`);
  }
}
