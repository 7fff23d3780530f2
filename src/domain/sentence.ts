import type { Entity } from './entity.ts';

/**
 * A sentence of ours around values that are not: plain strings are our own words; a quote or an entity is untrusted
 * and leaves only as code, defanged.
 */
export type Sentence = (string | { quote: string } | { entity: Entity } | SeenIssue)[];

/** An issue of ours; `repository` is `owner/name` when it stands in another one than the reader's. */
export interface SeenIssue {
  issue: number;
  repository?: string | undefined;
}

/** `#12`, or `acme/soc#12`: GitHub makes a link of either. */
export function issueText({ issue, repository = '' }: SeenIssue): string {
  return `${repository}#${issue}`;
}

/** A sentence as plain text, for a reader that is no page: quotes in double quotes. */
export function plainSentence(parts: Sentence): string {
  return parts
    .map((part) => {
      if (typeof part === 'string') return part;
      if ('quote' in part) return JSON.stringify(part.quote);
      return 'entity' in part ? part.entity.value : issueText(part);
    })
    .join('');
}
