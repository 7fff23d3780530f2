import { firstDifference } from './first-difference.ts';

/** https://getcomposer.org/doc/articles/versions.md: up to four numbers, and how stable it is. Branches have no order. */
const form =
  /^v?(\d+(?:\.\d+){0,3})(?:[._-]?(stable|beta|b|rc|alpha|a|patch|pl|p)((?:[.-]?\d+)*))?(?:[._-]?(dev))?(?:\+\S+)?$/;

/** As https://www.php.net/version_compare puts them; a number, and that there is nothing, stands between `rc` and `p`. */
const ranks = new Map([
  ['dev', 0],
  ['a', 1],
  ['b', 2],
  ['r', 3],
  ['p', 5],
]);
const numberRank = 4;

/** Composer's order of versions. Undefined where one is a branch, a range, or no version. */
export function composerOrder(a: string, b: string): number | undefined {
  const one = tokensOf(a);
  const other = tokensOf(b);
  return one && other && firstDifference(one, other, compare);
}

/** `1.2-beta3` is 1, 2, 0, 0, `b`, 3. */
function tokensOf(text: string): (number | string)[] | undefined {
  const found = form.exec(text.toLowerCase());
  if (!found) return undefined;
  const [, release = '', stability, counts = '', dev] = found;
  const numbers = release.split('.').map(Number);
  const tokens = [...numbers, ...Array.from({ length: 4 - numbers.length }, () => 0)];
  if (stability === 'stable') return tokens;
  const unstable = stability === undefined ? [] : [stability.charAt(0), ...(counts.match(/\d+/g) ?? []).map(Number)];
  return [...tokens, ...unstable, ...(dev === undefined ? [] : [dev])];
}

function compare(a: number | string | undefined, b: number | string | undefined): number {
  return Math.sign(rankOf(a) - rankOf(b)) || Math.sign(countOf(a) - countOf(b));
}

function rankOf(token: number | string | undefined): number {
  return typeof token === 'string' ? (ranks.get(token) ?? numberRank) : numberRank;
}

function countOf(token: number | string | undefined): number {
  return typeof token === 'number' ? token : -1;
}
