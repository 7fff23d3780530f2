import { type CodePoints, contains, size } from './code-points.ts';
import { type Place, RegexRefusal, type RegexTree } from './regex-tree.ts';

/** Bounds of a compiled expression: its steps bound the work for each character, copies are what RE2 takes. */
const steps = 5000;
const copies = 1000;

/** What is behind a place in the expression. */
interface Rest {
  /** Code points that must follow, over 1 as 2; several where rounds of a repetition differ. */
  least: readonly number[];
  /** Whether any of it can be a line break. */
  breaks: boolean;
  /** Whether it looks at places other than `$`. */
  places: boolean;
}

/**
 * The same expression in the little of RE2's syntax that PCRE reads alike: sets, sequences, alternatives, repetitions
 * and places, no flags and no shorthands. Throws `RegexRefusal` where it would be another or too large.
 */
export function toRe2(tree: RegexTree): string {
  const weight = stepsOf(tree, 1);
  if (weight > steps) throw new RegexRefusal(`${weight} steps once its repetitions are written out, over ${steps}`);
  return write(tree, { least: [0], breaks: false, places: false });
}

/** Steps of an expression once its repetitions are written out; `outer` copies of it are made around it. */
export function stepsOf(tree: RegexTree, outer: number): number {
  if (tree.is === 'one' || tree.is === 'place') return 1;
  if (tree.is !== 'repeat') return tree.of.reduce((sum, part) => sum + stepsOf(part, outer), 1);
  const times = Number.isFinite(tree.most) ? tree.most : tree.least + 1;
  const bound = Math.max(tree.least, Number.isFinite(tree.most) ? tree.most : 0, 1);
  if (outer * bound > copies) throw new RegexRefusal(`a repetition that makes more than ${copies} copies`, tree.at);
  return 1 + times * stepsOf(tree.of, outer * bound);
}

function write(tree: RegexTree, rest: Rest): string {
  switch (tree.is) {
    case 'one':
      return writeSet(tree.of);
    case 'place':
      return writePlace(tree.place, tree.at, rest);
    case 'either':
      return `(?:${tree.of.map((branch) => write(branch, rest)).join('|')})`;
    case 'sequence': {
      const parts: string[] = [];
      let behind = rest;
      for (const part of tree.of.toReversed()) {
        parts.push(write(part, behind));
        behind = before(part, behind);
      }
      return parts.toReversed().join('');
    }
    case 'repeat': {
      const again = tree.most > 1 ? { ...before(tree.of, rest), least: roundsOf(tree, rest) } : rest;
      const many = Number.isFinite(tree.most) ? `{${tree.least},${tree.most}}` : `{${tree.least},}`;
      return `(?:${write(tree.of, again)})${many === '{0,}' ? '*' : many}`;
    }
  }
}

/** What is behind a place that has `tree` and then `rest` behind it. */
function before(tree: RegexTree, rest: Rest): Rest {
  const more = leastOf(tree);
  return {
    least: rest.least.map((least) => Math.min(least + more, 2)),
    breaks: rest.breaks || some(tree, (part) => part.is === 'one' && contains(part.of, 0x0a)),
    places: rest.places || some(tree, (part) => part.is === 'place' && part.place !== 'end'),
  };
}

/** What must follow the last round of a repetition, the one before it, and those before. */
function roundsOf(tree: Extract<RegexTree, { is: 'repeat' }>, rest: Rest): number[] {
  const round = leastOf(tree.of);
  return [0, 1, 2]
    .filter((left) => left === 0 || left < tree.least)
    .flatMap((left) => rest.least.map((least) => Math.min(least + left * round, 2)));
}

/** How many code points it matches at least. */
function leastOf(tree: RegexTree): number {
  switch (tree.is) {
    case 'one':
      return 1;
    case 'place':
      return 0;
    case 'sequence':
      return tree.of.reduce((sum, part) => sum + leastOf(part), 0);
    case 'either':
      return Math.min(...tree.of.map(leastOf));
    case 'repeat':
      return tree.least * leastOf(tree.of);
  }
}

function some(tree: RegexTree, holds: (part: RegexTree) => boolean): boolean {
  if (holds(tree)) return true;
  if (tree.is === 'one' || tree.is === 'place') return false;
  return tree.is === 'repeat' ? some(tree.of, holds) : tree.of.some((part) => some(part, holds));
}

/**
 * `$` of PCRE also holds before a last line break, and `^` of several lines does not hold behind one: RE2 can say so
 * only where what follows cannot look at that line break or that place.
 */
function writePlace(place: Place, at: number, rest: Rest): string {
  switch (place) {
    case 'end':
      if (rest.places || (rest.breaks && rest.least.includes(1))) {
        throw new RegexRefusal('a `$` with a place or a line break behind it', at);
      }
      return '(?:\\n?\\z)';
    case 'line-start':
      if (rest.least.includes(0)) throw new RegexRefusal('a `^` of several lines with nothing that must follow', at);
      return '(?m:^)';
    case 'line-end':
      return '(?m:$)';
    default:
      return { start: '\\A', 'very-end': '\\z', boundary: '\\b', 'no-boundary': '\\B' }[place];
  }
}

function writeSet(set: CodePoints): string {
  const [first] = set;
  // No code point at all, as in `[^\s\S]`: nothing that RE2 could fail to read.
  if (!first) return '[^\\x{0}-\\x{10FFFF}]';
  if (size(set) === 1) return writePoint(first[0]);
  return `[${set.map(([from, to]) => (from === to ? writePoint(from) : `${writePoint(from)}-${writePoint(to)}`)).join('')}]`;
}

function writePoint(point: number): string {
  const char = String.fromCodePoint(point);
  return /[A-Za-z0-9]/.test(char) ? char : `\\x{${point.toString(16)}}`;
}
