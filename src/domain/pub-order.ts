import { semanticOrder } from './semantic-order.ts';

/** Pub counts what stands behind `+`, too: `1.2.3+1` is newer than `1.2.3` (https://dart.dev/tools/pub/versioning). */
export function pubOrder(a: string, b: string): number | undefined {
  const order = semanticOrder(a, b);
  return order === 0 ? semanticOrder(buildOf(a), buildOf(b)) : order;
}

/** The build's parts as what stands before a release: those go by the same order, the fewer the older. */
function buildOf(version: string): string {
  return `0-${['0', ...version.split('+').slice(1)].join('.')}`;
}
