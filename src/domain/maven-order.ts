import { firstDifference } from './first-difference.ts';

/** A number or a word of a version, and what stands before it. */
interface Token {
  dot: boolean;
  value: number | string;
}

/** Words that are older than the release, the release itself, and `sp`; every other word is newer than these. */
const known = ['alpha', 'beta', 'milestone', 'rc', 'snapshot', '', 'sp'];
const aliases = new Map([
  ['cr', 'rc'],
  ['final', ''],
  ['ga', ''],
  ['release', ''],
]);
const short = new Map([
  ['a', 'alpha'],
  ['b', 'beta'],
  ['m', 'milestone'],
]);

/**
 * Maven's order of versions: https://maven.apache.org/pom.html#version-order-specification, which is what
 * `ComparableVersion` does. Undefined where one is no version but a range.
 */
export function mavenOrder(a: string, b: string): number | undefined {
  const one = tokensOf(a);
  const other = tokensOf(b);
  return one && other && firstDifference(one, other, compare);
}

function tokensOf(text: string): Token[] | undefined {
  if (!/^\d[\w.-]*(?:\+[\w.-]+)?$/.test(text)) return undefined;
  // Where digits end or begin, there is a hyphen.
  const split = text
    .toLowerCase()
    .replace(/(?<![^\d.-])[abm](?=\d)/g, (letter) => short.get(letter) ?? letter)
    .replace(/\d(?=[^\d.-])|[^\d.-](?=\d)/g, '$&-');
  const tokens = [...split.matchAll(/(^|[.-])([^.-]*)/g)].map(([, before, text = '']): Token => {
    const value = text === '' || /^\d+$/.test(text) ? Number(text) : (aliases.get(text) ?? text);
    return { dot: before === '.', value };
  });
  return trimmed(tokens);
}

/** Without what means nothing at the end and before each hyphen: `1.0.0-jre` is `1-jre`. */
function trimmed(tokens: Token[]): Token[] {
  const kept: Token[] = [];
  let atEnd = true;
  for (const [k, token] of [...tokens.entries()].reverse()) {
    if (k > 0 && atEnd && (token.value === 0 || token.value === '')) continue;
    kept.unshift(token);
    atEnd = !token.dot;
  }
  return kept;
}

/** A word is older than any number, `-1` older than `.1`; what is missing is the release, or 0. */
function compare(a: Token | undefined, b: Token | undefined): number {
  if (a === undefined) return b === undefined ? 0 : -compare(b, undefined);
  if (b === undefined) return compare(a, { dot: a.dot, value: typeof a.value === 'number' ? 0 : '' });
  if (typeof a.value === 'number' && typeof b.value === 'number')
    return a.dot === b.dot ? Math.sign(a.value - b.value) : a.dot ? 1 : -1;
  if (typeof a.value === 'number') return 1;
  if (typeof b.value === 'number') return -1;
  return Math.sign(rank(a.value) - rank(b.value)) || (a.value < b.value ? -1 : a.value > b.value ? 1 : 0);
}

function rank(word: string): number {
  const at = known.indexOf(word);
  return at < 0 ? known.length : at;
}
