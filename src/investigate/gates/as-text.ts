import { defang } from '../../domain/defang.ts';
import { issueText, type Sentence } from '../../domain/sentence.ts';

/** A sentence as one text, for places that hold no more than a text: quotes in marks, indicators defanged. */
export function asText(sentence: Sentence): string {
  return sentence
    .map((part) => {
      if (typeof part === 'string') return part;
      // Outside code spans these would make somebody else's words bold or struck out.
      if ('quote' in part) return `“${part.quote.replace(/\*|~~/g, '')}”`;
      return 'entity' in part
        ? defang(part.entity)
        : `issue ${part.repository === undefined ? part.issue : issueText(part)}`;
    })
    .join('');
}
