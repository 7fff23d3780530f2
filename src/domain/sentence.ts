import type { Entity } from './entity.ts';

/**
 * A sentence of ours around values that are not: plain strings are our own words; a quote or an entity is untrusted
 * and leaves only as code, defanged.
 */
export type Sentence = (string | { quote: string } | { entity: Entity } | { issue: number })[];
