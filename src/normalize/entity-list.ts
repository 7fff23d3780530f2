import { type AlertEntity, type EntityType, entityKey } from '../domain/entity.ts';
import { canonicalEntity } from './canonical-entity.ts';

/** Most entities one alert carries; typed fields come first, so the cut falls on free text. */
export const mostEntities = 100;

/** What a source offers: a raw value of a typed field and what it is in the alert. */
export type EntityClaim = readonly [type: EntityType, raw: unknown, role: string];

/**
 * Canonical entities of typed fields, then those found in text, without repeats: a field beats text, the first role
 * beats later ones. Claims that hold no value are left out.
 */
export function entityList(claims: readonly EntityClaim[], found: readonly AlertEntity[] = []): AlertEntity[] {
  const kept = new Map<string, AlertEntity>();
  const add = (entity: AlertEntity) => {
    const key = entityKey(entity);
    if (!kept.has(key) && kept.size < mostEntities) kept.set(key, entity);
  };
  for (const [type, raw, role] of claims) {
    const value = canonicalEntity(type, raw);
    if (value !== undefined) add({ type, value, role, from: 'field' });
  }
  for (const entity of found) if (entity.from === 'field') add(entity);
  // A host named by a field is not news when its name turns up in text as a domain.
  for (const entity of found) {
    const sameHost = entity.type === 'domain' && kept.has(`host:${entity.value}`);
    if (entity.from === 'text' && !sameHost) add(entity);
  }
  return [...kept.values()];
}
