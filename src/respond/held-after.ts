import { entityKey } from '../domain/entity.ts';
import type { Order } from './connector.ts';

/** How long something is to hold; `until` undefined: until undone. */
export interface Held {
  until: Date | undefined;
}

/**
 * How long the order's target is to hold once the order is carried out; undefined when it is not. Another incident may
 * hold the same target on the same resource: the longest wins, and an undo leaves what others still want.
 */
export function heldAfter(order: Order, change: 'apply' | 'undo', now: Date): Held | undefined {
  const key = entityKey(order.target);
  const ends = order.holding.filter(({ target }) => entityKey(target) === key).map(({ expiresAt }) => expiresAt);
  if (change === 'apply') ends.push(order.expiresAt);
  if (ends.includes(undefined)) return { until: undefined };
  const latest = Math.max(0, ...ends.map((end) => end?.getTime() ?? 0));
  return latest > now.getTime() ? { until: new Date(latest) } : undefined;
}
