import { firstDifference } from './first-difference.ts';

interface Version {
  numbers: number[];
  /** Identifiers after the first `-`; empty for a release. */
  before: string[];
}

/** https://semver.org/#spec-item-11, with missing numbers taken as 0. Undefined where one is no such version. */
export function semanticOrder(a: string, b: string): number | undefined {
  const one = read(a);
  const other = read(b);
  return one && other && compare(one, other);
}

function read(text: string): Version | undefined {
  const found = /^v?(\d+(?:\.\d+){0,7})(?:-([0-9A-Za-z.-]+))?(?:\+[0-9A-Za-z.-]+)?$/.exec(text);
  if (!found) return undefined;
  return { numbers: (found[1] ?? '').split('.').map(Number), before: found[2]?.split('.') ?? [] };
}

function compare(a: Version, b: Version): number {
  const order = firstDifference(a.numbers, b.numbers, (one = 0, other = 0) => one - other);
  if (order !== 0) return order;
  if (a.before.length === 0 || b.before.length === 0) return Math.sign(b.before.length - a.before.length);
  return firstDifference(a.before, b.before, compareIdentifiers);
}

function compareIdentifiers(a: string | undefined, b: string | undefined): number {
  if (a === b) return 0;
  if (a === undefined) return -1;
  if (b === undefined) return 1;
  const numeric = [a, b].map((one) => /^\d+$/.test(one));
  if (numeric[0] && numeric[1]) return Math.sign(Number(a) - Number(b));
  if (numeric[0] !== numeric[1]) return numeric[0] ? -1 : 1;
  return a < b ? -1 : 1;
}
