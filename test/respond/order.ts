import type { EntityType } from '../../src/domain/entity.ts';
import type { Order } from '../../src/respond/connector.ts';

type Held = Order['holding'][number];

const reference = 'acme/soc#12 T1';

export function held(value: string, expiresAt?: Date): Held {
  const type: EntityType = /^[\d.]+$|:/.test(value) ? 'ip' : 'domain';
  return {
    target: { type, value },
    expiresAt,
  };
}

/** An order to block one thing, with what else holds on the resource. */
export function applyOrder(value: string, expiresAt?: Date, others: Held[] = []): Order {
  const own = held(value, expiresAt);
  return { language: 'en', action: 'block', reference, ...own, holding: [...others, own] };
}

/** The order that takes it back, with what still holds then. */
export function undoOrder(value: string, others: Held[] = []): Order {
  return { language: 'en', action: 'block', reference, ...held(value), holding: others };
}
