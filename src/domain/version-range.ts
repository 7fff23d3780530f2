/** Ecosystems whose versions are those of semver.org, as GitHub names them in an advisory. */
const semantic: ReadonlySet<string> = new Set(['npm', 'go', 'rust', 'actions', 'pub', 'erlang', 'swift']);

/** Longest version that is compared; longer ones are not versions. */
const longest = 128;

interface Version {
  numbers: number[];
  /** Identifiers after the first `-`; empty for a release. */
  before: string[];
}

/**
 * Whether a version lies in a range as GitHub's advisories write it (`>= 1.0.0, < 1.2.4`, `= 2.0.1`). Undefined where
 * that cannot be told: a range instead of a version, or one of an ecosystem whose order is not simply by numbers.
 */
export function inRange(version: string, range: string, ecosystem: string): boolean | undefined {
  const have = readVersion(version, ecosystem);
  const bounds = range.split(',').map((part) => /^\s*(>=|<=|>|<|=)?\s*(\S+)\s*$/.exec(part));
  let open = false;
  for (const bound of bounds) {
    const limit = readVersion(bound?.[2] ?? '', ecosystem);
    const sign = bound?.[1] ?? '=';
    if (sign === '=' && bound?.[2] === version) continue;
    if (!have || !limit) {
      open = true;
      continue;
    }
    if (!holds(compare(have, limit), sign)) return false;
  }
  return open ? undefined : true;
}

function holds(order: number, sign: string): boolean {
  if (order === 0) return sign === '=' || sign === '>=' || sign === '<=';
  return order < 0 ? sign.startsWith('<') : sign.startsWith('>');
}

/** Releases are numbers with dots in every ecosystem; what stands behind them has an order known here in some only. */
function readVersion(text: string, ecosystem: string): Version | undefined {
  if (text.length > longest) return undefined;
  const read = /^v?(\d+(?:\.\d+){0,7})(?:-([0-9A-Za-z.-]+))?(?:\+[0-9A-Za-z.-]+)?$/.exec(text.trim());
  if (!read) return undefined;
  const before = read[2]?.split('.') ?? [];
  if (before.length > 0 && !semantic.has(ecosystem.toLowerCase())) return undefined;
  return { numbers: (read[1] ?? '').split('.').map(Number), before };
}

/** https://semver.org/#spec-item-11, with missing numbers taken as 0. */
function compare(a: Version, b: Version): number {
  for (let k = 0; k < Math.max(a.numbers.length, b.numbers.length); k += 1) {
    const difference = (a.numbers[k] ?? 0) - (b.numbers[k] ?? 0);
    if (difference !== 0) return Math.sign(difference);
  }
  if (a.before.length === 0 || b.before.length === 0) return Math.sign(b.before.length - a.before.length);
  for (let k = 0; k < Math.max(a.before.length, b.before.length); k += 1) {
    const order = compareIdentifiers(a.before[k], b.before[k]);
    if (order !== 0) return order;
  }
  return 0;
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
