import { inBlock } from './address.ts';
import type { Entity } from './entity.ts';
import type { ContextEntry, Policy } from './policy.ts';

/** What the organisation says about an entity: by name, or for an address by its networks. */
export function contextOf(policy: Pick<Policy, 'context'>, entity: Entity): ContextEntry[] {
  return policy.context.filter(
    (entry) =>
      entry.entities.some((e) => e.type === entity.type && e.value === entity.value) ||
      (entity.type === 'ip' && entry.cidr.some((block) => inBlock(entity.value, block))),
  );
}

/** Whether the organisation says that many share this entity. */
export function isShared(policy: Pick<Policy, 'context'>, entity: Entity): boolean {
  return contextOf(policy, entity).some((entry) => entry.shared);
}

/** Whether a target must never be touched: listed itself, inside a listed block, or below a listed domain. */
export function neverBlocked(neverBlock: string[], target: Entity): string | undefined {
  return neverBlock.find((listed) => {
    if (target.type === 'ip') return inBlock(target.value, listed);
    const name = listed.toLowerCase();
    return target.value === name || target.value.endsWith(`.${name}`);
  });
}
