import { size } from './code-points.ts';
import { fold } from './fold.ts';
import type { RegexTree } from './regex-tree.ts';

/** At most so many members: each is an entry of the index, and each further one makes it say less. */
const members = 32;
/** Longer literals say no more. In UTF-16 units. */
const enough = 64;
const shortest = 2;
/** A set of more code points is taken for one that can be anything. */
const widest = 128;
/** Copies of a repetition that are looked at. */
const copies = 8;

/**
 * Either all that a part can match, folded and complete, or nothing known of it but a set of texts of which it needs
 * one (if any).
 */
type Part = { all: string[] } | { needs: string[] | undefined };

/**
 * Literals of which every text that the expression matches contains one, both folded: the set that says most, by its
 * shortest member and its size; empty when there is none with members of two characters. Sound because `fold` works
 * on each code point by itself.
 */
export function requiredLiterals(tree: RegexTree): string[] {
  const best = neededBy(partsOf(tree));
  return best && shortestOf(best) >= shortest ? best : [];
}

/** What stands one behind the other; sequences within sequences are one. */
function partsOf(tree: RegexTree): Part[] {
  switch (tree.is) {
    case 'place':
      return [];
    case 'one':
      return [pointsOf(tree.of)];
    case 'sequence':
      return tree.of.flatMap(partsOf);
    case 'either':
      return [eitherOf(tree.of.map(partsOf))];
    case 'repeat': {
      const once = partsOf(tree.of);
      if (tree.least === 0) return [tree.most === 1 ? eitherOf([once, []]) : { needs: undefined }];
      const parts = Array.from({ length: Math.min(tree.least, copies) }).flatMap(() => once);
      return tree.most === tree.least && tree.least <= copies ? parts : [...parts, { needs: undefined }];
    }
  }
}

function pointsOf(set: Extract<RegexTree, { is: 'one' }>['of']): Part {
  if (size(set) > widest) return { needs: undefined };
  const all = new Set<string>();
  for (const [from, to] of set) for (let point = from; point <= to; point++) all.add(fold(String.fromCodePoint(point)));
  return all.size > members ? { needs: undefined } : { all: [...all] };
}

function eitherOf(branches: Part[][]): Part {
  const wholes = branches.map(wholeOf);
  if (wholes.every((whole) => whole !== undefined)) {
    const all = [...new Set(wholes.flat())];
    if (all.length <= members) return { all };
  }
  const needs = branches.map(neededBy);
  return { needs: needs.every((one) => one !== undefined) ? fewest(needs.flat()) : undefined };
}

/** All texts that the parts can make together. */
function wholeOf(parts: Part[]): string[] | undefined {
  let all: string[] = [''];
  for (const part of parts) {
    const longer = 'all' in part ? times(all, part.all) : undefined;
    if (!longer) return undefined;
    all = longer;
  }
  return all;
}

/** Each text followed by each of the others, unless they get too many or too long. */
function times(texts: string[], others: string[]): string[] | undefined {
  if (texts.length * others.length > members * members) return undefined;
  const all = [...new Set(texts.flatMap((text) => others.map((other) => text + other)))];
  return all.length <= members && all.every((text) => text.length <= enough) ? all : undefined;
}

/** The best of what the parts need by themselves and of what neighbours make together. */
function neededBy(parts: Part[]): string[] | undefined {
  let best: string[] | undefined;
  const offer = (texts: string[] | undefined): void => {
    const offered = texts && fewest(texts);
    if (offered && (!best || worth(offered) > worth(best))) best = offered;
  };
  const joined = join(parts);
  for (const [start, part] of joined.entries()) {
    if ('needs' in part) offer(part.needs);
    else for (const texts of togetherFrom(joined, start)) offer(texts);
  }
  return best;
}

/** Neighbours of one text each made one. */
function join(parts: Part[]): Part[] {
  const joined: Part[] = [];
  for (const part of parts) {
    const before = joined.at(-1);
    const text = onlyText(before);
    const next = onlyText(part);
    const both = text !== undefined && next !== undefined && text.length + next.length <= enough;
    if (both) joined[joined.length - 1] = { all: [text + next] };
    else joined.push(part);
  }
  return joined;
}

function onlyText(part: Part | undefined): string | undefined {
  return part && 'all' in part && part.all.length === 1 ? part.all[0] : undefined;
}

/** All texts of the part at `start`, of it and the next, and so on as far as they are known. */
function* togetherFrom(parts: Part[], start: number): Generator<string[]> {
  let together: string[] | undefined = [''];
  for (let at = start; at < parts.length; at++) {
    const next = parts[at];
    together = next && 'all' in next ? times(together, next.all) : undefined;
    if (!together) return;
    yield together;
  }
}

/** Without those that contain another; undefined when that leaves nothing to look for, or too much. */
function fewest(texts: string[]): string[] | undefined {
  if (texts.length === 1) return texts[0] === '' ? undefined : texts;
  const distinct = [...new Set(texts)];
  const left = distinct.filter((text) => !distinct.some((other) => other !== text && text.includes(other)));
  return left.length > members || shortestOf(left) === 0 ? undefined : left;
}

/** A character is worth about four bits, twice as many members one; three characters come before any two. */
function worth(texts: string[]): number {
  const length = shortestOf(texts);
  return (length > shortest ? 1000 : 0) + 4 * length - Math.log2(texts.length);
}

/** Zero for none at all, which is what nothing can match. */
function shortestOf(texts: string[]): number {
  return texts.length === 0 ? 0 : Math.min(...texts.map((text) => text.length));
}
