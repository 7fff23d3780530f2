import { issueText, type Sentence } from '../domain/sentence.ts';
import { indicator } from './indicator.ts';
import { code, prose } from './text.ts';

/** A sentence as markdown. */
export function sentence(parts: Sentence): string {
  return parts
    .map((part) => {
      if (typeof part === 'string') return prose(part);
      if ('quote' in part) return code(part.quote, 200);
      return 'entity' in part ? indicator(part.entity) : issueText(part);
    })
    .join('');
}
