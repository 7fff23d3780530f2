import { fold } from './fold.ts';

/** A set of code points: first and last of each range, both within it, in ascending order and never touching. */
export type CodePoints = readonly (readonly [first: number, last: number])[];

const last = 0x10ffff;
/** Case pairs of Unicode end below this; a test looks whether it is still so. */
const cased = 0x1ffff;

export const everything: CodePoints = [[0, last]];

export function union(...sets: CodePoints[]): CodePoints {
  const sorted = sets.flat().sort((a, b) => a[0] - b[0]);
  const merged: [number, number][] = [];
  for (const [from, to] of sorted) {
    const before = merged.at(-1);
    if (before && from <= before[1] + 1) before[1] = Math.max(before[1], to);
    else merged.push([from, to]);
  }
  return merged;
}

/** Every code point that is not in the set. */
export function inverse(set: CodePoints): CodePoints {
  const gaps: [number, number][] = [];
  let next = 0;
  for (const [from, to] of set) {
    if (from > next) gaps.push([next, from - 1]);
    next = to + 1;
  }
  if (next <= last) gaps.push([next, last]);
  return gaps;
}

export function contains(set: CodePoints, point: number): boolean {
  return set.some(([from, to]) => from <= point && point <= to);
}

/** How many code points the set has. */
export function size(set: CodePoints): number {
  return set.reduce((sum, [from, to]) => sum + to - from + 1, 0);
}

/** The set and every code point that folds to the same as one of its own. */
export function anyCase(set: CodePoints): CodePoints {
  const groups = caseGroups();
  const [first] = set;
  if (first && set.length === 1 && first[0] === first[1]) {
    return union((groups.get(first[0]) ?? [first[0]]).map((point): [number, number] => [point, point]));
  }
  const added: [number, number][] = [];
  for (const [from, to] of set) {
    for (const [point, others] of groups) {
      if (point >= from && point <= to) added.push(...others.map((other): [number, number] => [other, other]));
    }
  }
  return union(set, added);
}

let known: Map<number, number[]> | undefined;

/** Code points that are not alone in what they fold to, each with all of its group. */
function caseGroups(): Map<number, number[]> {
  if (known) return known;
  const byFold = new Map<string, number[]>();
  for (let point = 0; point <= cased; point++) {
    if (point >= 0xd800 && point <= 0xdfff) continue;
    const text = String.fromCodePoint(point);
    const folded = fold(text);
    // Whatever is its own fold joins a group only when something else has found it.
    if (folded !== text) byFold.set(folded, [...(byFold.get(folded) ?? []), point]);
  }
  known = new Map();
  for (const [folded, points] of byFold) {
    const own = folded.codePointAt(0) ?? 0;
    const group = String.fromCodePoint(own) === folded ? [...points, own] : points;
    for (const point of group) known.set(point, group);
  }
  return known;
}
