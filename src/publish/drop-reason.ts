import type { Language } from '../domain/locale.ts';
import { dropReasonWords } from '../messages/drop-reasons.ts';

/** Why a sentence of a model was taken out, from what the gates count it by, which is its English. */
export function dropReason(reason: string, language: Language): string {
  const at = reasonsIn('en').indexOf(reason);
  return reasonsIn(language)[at] ?? reason;
}

function reasonsIn(language: Language): string[] {
  const words = dropReasonWords(language);
  return [
    words.citesNothing,
    words.noSuchEvidence,
    words.quotesNothing,
    words.noSuchIndicator,
    words.markup,
    words.tooLong,
    words.saysNothing,
    words.tooMany,
    words.noSuchTechnique,
    words.oldTechnique,
    words.notOffered,
  ];
}
