import { everyLanguage, type Language } from '../domain/locale.ts';
import type { Quote } from './finding.ts';

/** A field of an alert in Yagura's words rather than the product's; left out where there is nothing to say. */
export function inOurWords(name: string, say: (language: Language) => string | undefined): Quote {
  const values = everyLanguage((language) => say(language) ?? '');
  return [name, values.en, values];
}
