import { firstDifference } from './first-difference.ts';

/** The form of https://peps.python.org/pep-0440/ (appendix B), in lower case. */
const form =
  /^v?(?:(\d+)!)?(\d+(?:\.\d+)*)(?:[-_.]?(a|b|c|rc|alpha|beta|pre|preview)[-_.]?(\d*))?(?:-(\d+)|[-_.]?(?:post|rev|r)[-_.]?(\d*))?([-_.]?dev[-_.]?(\d*))?(?:\+[a-z\d]+(?:[-_.][a-z\d]+)*)?$/;

/** PEP 440's order of versions, without what stands behind `+`, which somebody built here. Undefined for what is none. */
export function pythonOrder(a: string, b: string): number | undefined {
  const one = keyOf(a);
  const other = keyOf(b);
  if (!one || !other) return undefined;
  return firstDifference(one.release, other.release, compare) || firstDifference(one.rest, other.rest, compare);
}

/** Not by their difference: a final release has an infinite number there. */
function compare(a = 0, b = 0): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The epoch and the release, which are filled up with zeros, then kind and number of what stands behind them. */
function keyOf(text: string): { release: number[]; rest: number[] } | undefined {
  const found = form.exec(text.toLowerCase());
  if (!found) return undefined;
  const [, epoch = '0', release = '', letters, pre, implicit, post, dev, devNumber] = found;
  const isPost = implicit !== undefined || post !== undefined;
  return {
    release: [epoch, ...release.split('.')].map(Number),
    rest: [
      stageOf(letters, dev !== undefined && !isPost),
      Number(pre ?? 0),
      isPost ? Number(implicit ?? post) : -1,
      dev === undefined ? Number.POSITIVE_INFINITY : Number(devNumber),
    ],
  };
}

/** `1.0.dev1` comes before `1.0a1`, that before `1.0b1`, that before `1.0rc1`, that before `1.0`. */
function stageOf(letters: string | undefined, isDev: boolean): number {
  if (letters === undefined) return isDev ? 0 : 4;
  return letters.startsWith('a') ? 1 : letters.startsWith('b') ? 2 : 3;
}
