import type { Language } from '../domain/locale.ts';
import { exposureEndWords } from '../messages/exposure-end.ts';
import { code } from './text.ts';

/** Why a source says that an alert is over: what Yagura found is stored in English and told in ours, the rest is quoted. */
export function sourceWhy(why: string, language: Language, limit: number): string {
  const at = reasonsIn('en').indexOf(why);
  return reasonsIn(language)[at] ?? code(why, limit);
}

function reasonsIn(language: Language): string[] {
  const words = exposureEndWords(language);
  return [words.gone, words.withdrawn, words.unwatched, words.malicious, words.harmless];
}
