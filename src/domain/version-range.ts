import { leadingOrder } from './leading-order.ts';
import { mavenOrder } from './maven-order.ts';
import { pythonOrder } from './python-order.ts';
import { semanticOrder } from './semantic-order.ts';

/** Which of two versions is older: negative when the first is. Undefined where that cannot be told. */
type VersionOrder = (a: string, b: string) => number | undefined;

/** By the ecosystem as GitHub names it in an advisory. */
const orders: ReadonlyMap<string, VersionOrder> = new Map([
  ...['npm', 'go', 'rust', 'actions', 'pub', 'erlang', 'swift', 'nuget'].map((name) => [name, semanticOrder] as const),
  ['maven', mavenOrder],
  ['pip', pythonOrder],
]);

/** Longest version that is compared; longer ones are not versions. */
const longest = 128;

/**
 * Whether a version lies in a range as GitHub's advisories write it (`>= 1.0.0, < 1.2.4`, `= 2.0.1`). Undefined where
 * that cannot be told: a range instead of a version, or one whose ecosystem has an order that is not known here and
 * whose numbers alone do not tell.
 */
export function inRange(version: string, range: string, ecosystem: string): boolean | undefined {
  const bounds = range.split(',').map((part) => /^\s*(>=|<=|>|<|=)?\s*(\S+)\s*$/.exec(part));
  let open = false;
  for (const bound of bounds) {
    const [, sign = '=', limit = ''] = bound ?? [];
    if (sign === '=' && limit === version) continue;
    const order = orderOf(version.trim(), limit, ecosystem);
    if (order === undefined) open = true;
    else if (!holds(order, sign)) return false;
  }
  return open ? undefined : true;
}

function orderOf(a: string, b: string, ecosystem: string): number | undefined {
  if (a.length > longest || b.length > longest) return undefined;
  return orders.get(ecosystem.toLowerCase())?.(a, b) ?? leadingOrder(a, b);
}

function holds(order: number, sign: string): boolean {
  if (order === 0) return sign === '=' || sign === '>=' || sign === '<=';
  return order < 0 ? sign.startsWith('<') : sign.startsWith('>');
}
