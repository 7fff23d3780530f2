export const entityTypes = [
  'ip',
  'domain',
  'url',
  'file_hash',
  'process',
  'host',
  'container',
  'cloud_resource',
  'user',
  'email',
] as const;
export type EntityType = (typeof entityTypes)[number];

/** A typed, canonical observable. Two entities are the same when type and value are. */
export interface Entity {
  type: EntityType;
  /** Canonical: addresses as `ipaddr.js` prints them, names lower case, never defanged. */
  value: string;
}

/** An entity as one alert carries it. */
export interface AlertEntity extends Entity {
  /** What it is in the alert, in the source's words: `source`, `target`, `actor`, `pool` … */
  role: string;
  /** `field`: a typed field of the product said so. `text`: found in free text, trusted less. */
  from: 'field' | 'text';
}

/** `ip:203.0.113.7`: the identity of an entity, used as a key everywhere. */
export function entityKey(entity: Entity): string {
  return `${entity.type}:${entity.value}`;
}
