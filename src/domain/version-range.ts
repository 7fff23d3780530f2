import { composerOrder } from './composer-order.ts';
import { leadingOrder } from './leading-order.ts';
import { mavenOrder } from './maven-order.ts';
import { pubOrder } from './pub-order.ts';
import { pythonOrder } from './python-order.ts';
import { rubyOrder } from './ruby-order.ts';
import { semanticOrder } from './semantic-order.ts';

/** Which of two versions is older: negative when the first is. Undefined where that cannot be told. */
type VersionOrder = (a: string, b: string) => number | undefined;

/** By the ecosystem as GitHub names it in an advisory. */
const orders: ReadonlyMap<string, VersionOrder> = new Map([
  ...['npm', 'go', 'rust', 'actions', 'erlang', 'swift'].map((name) => [name, semanticOrder] as const),
  // https://learn.microsoft.com/nuget/concepts/package-versioning: four numbers at most, and `RC` is `rc`.
  ['nuget', (a, b) => semanticOrder(a.toLowerCase(), b.toLowerCase())],
  ['composer', composerOrder],
  ['maven', mavenOrder],
  ['pip', pythonOrder],
  ['pub', pubOrder],
  ['rubygems', rubyOrder],
]);

/** Longest version that is compared; longer ones are not versions. */
const longest = 128;

/** The name of a commit, which has no order though it may begin with digits. */
const commit = /^(?=.*[a-f])[\da-f]{7,40}$/;

/** Higher than any number in a version. */
const highest = '999999999';

/**
 * Whether a version lies in a range as GitHub's advisories write it (`>= 1.0.0, < 1.2.4`, `= 2.0.1`). Undefined where
 * that cannot be told: a range instead of a version, a commit, or one whose ecosystem has an order that is not known here
 * and whose numbers alone do not tell.
 */
export function inRange(version: string, range: string, ecosystem: string): boolean | undefined {
  const bounds = range.split(',').map((part) => /^\s*(>=|<=|>|<|=)?\s*(\S+)\s*$/.exec(part));
  let open = false;
  for (const bound of bounds) {
    const [, sign = '=', limit = ''] = bound ?? [];
    if (sign === '=' && limit === version) continue;
    const found = ordersOf(version.trim(), limit, ecosystem).map((order) => holds(order, sign));
    if (found.length > 0 && !found.includes(true)) return false;
    if (found.length === 0 || found.includes(false)) open = true;
  }
  return open ? undefined : true;
}

/** How the version may stand to the limit; none where that cannot be told. */
function ordersOf(version: string, limit: string, ecosystem: string): number[] {
  const [first, last] = meant(version, ecosystem).map((one) => orderOf(one, limit, ecosystem));
  if (first === undefined || last === undefined) return [];
  return [-1, 0, 1].filter((order) => first <= order && order <= last);
}

/**
 * The first and the last version that is meant: `4.*.*` is any that begins with 4. So is `v4` of an action, a tag that
 * moves.
 */
function meant(version: string, ecosystem: string): [string, string] {
  const found = /^v?(\d+(?:\.\d+){0,2})((?:\.[*x])*)$/i.exec(version);
  const [, numbers = '', wildcards = ''] = found ?? [];
  const missing = 3 - numbers.split('.').length;
  if (!found || missing === 0 || (wildcards === '' && ecosystem.toLowerCase() !== 'actions')) return [version, version];
  return [`${numbers}${'.0'.repeat(missing)}`, `${numbers}${`.${highest}`.repeat(missing)}`];
}

function orderOf(a: string, b: string, ecosystem: string): number | undefined {
  if (a.length > longest || b.length > longest || commit.test(a)) return undefined;
  return orders.get(ecosystem.toLowerCase())?.(a, b) ?? leadingOrder(a, b);
}

function holds(order: number, sign: string): boolean {
  if (order === 0) return sign === '=' || sign === '>=' || sign === '<=';
  return order < 0 ? sign.startsWith('<') : sign.startsWith('>');
}
