import { type CodePoints, contains, size } from './code-points.ts';
import { type Place, RegexRefusal, type RegexTree } from './regex-tree.ts';

/** Bounds of a compiled expression: its steps bound the work for each character, copies are what RE2 takes. */
const steps = 5000;
const copies = 1000;

/** What may follow a place in the text: how many code points at least, and whether it looks at line breaks or places. */
interface Rest {
  least: number;
  breaks: boolean;
  places: boolean;
}

/**
 * The same expression in the little of RE2's syntax that PCRE reads alike: sets, sequences, alternatives, repetitions
 * and places, no flags and no shorthands. Throws `RegexRefusal` where it would be another or too large.
 */
export function toRe2(tree: RegexTree): string {
  const weight = stepsOf(tree, 1);
  if (weight > steps) throw new RegexRefusal(`${weight} steps once its repetitions are written out, over ${steps},`, 0);
  return write(tree, { least: 0, breaks: false, places: false });
}

function stepsOf(tree: RegexTree, outer: number): number {
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
      const again = tree.most > 1 ? { ...before(tree.of, rest), least: rest.least } : rest;
      const many = Number.isFinite(tree.most) ? `{${tree.least},${tree.most}}` : `{${tree.least},}`;
      return `(?:${write(tree.of, again)})${many === '{0,}' ? '*' : many}`;
    }
  }
}

/** What follows a place that has `tree` and then `rest` behind it. */
function before(tree: RegexTree, rest: Rest): Rest {
  const { least, breaks, places } = rest;
  switch (tree.is) {
    case 'one':
      return { least: least + 1, breaks: breaks || contains(tree.of, 0x0a), places };
    case 'place':
      return { least, breaks, places: places || tree.place !== 'end' };
    case 'sequence':
      return tree.of.reduceRight((behind, part) => before(part, behind), rest);
    case 'either': {
      const all = tree.of.map((branch) => before(branch, rest));
      return {
        least: Math.min(...all.map((one) => one.least)),
        breaks: all.some((one) => one.breaks),
        places: all.some((one) => one.places),
      };
    }
    case 'repeat': {
      const once = before(tree.of, { ...rest, least: 0 });
      return { ...once, least: least + tree.least * once.least };
    }
  }
}

/**
 * `$` of PCRE also holds before a last line break, and `^` of several lines does not hold behind one: RE2 can say so
 * only where what follows cannot look at that line break or that place.
 */
function writePlace(place: Place, at: number, rest: Rest): string {
  switch (place) {
    case 'end':
      if (rest.places || (rest.least === 1 && rest.breaks)) {
        throw new RegexRefusal('a `$` with a place or a line break behind it', at);
      }
      return '(?:\\n?\\z)';
    case 'line-start':
      if (rest.least === 0) throw new RegexRefusal('a `^` of several lines with nothing that must follow', at);
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
