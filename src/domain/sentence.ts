import type { Entity } from './entity.ts';

/**
 * A sentence of ours around values that are not: plain strings are our own words; a quote or an entity is untrusted
 * and leaves only as code, defanged.
 */
export type Sentence = (string | { quote: string } | { entity: Entity } | { issue: number })[];

/** The sentence as plain text, for logs, hashes and search. */
export function sentenceText(sentence: Sentence): string {
  return sentence
    .map((part) => {
      if (typeof part === 'string') return part;
      if ('quote' in part) return part.quote;
      return 'entity' in part ? part.entity.value : `#${part.issue}`;
    })
    .join('');
}
