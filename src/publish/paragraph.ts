import type { Language } from '../domain/locale.ts';

/**
 * Sentences behind each other, empty ones left out. Japanese has no space between them, but behind bold text, which
 * GitHub would not end there.
 */
export function paragraph(sentences: string[], language: Language): string {
  const said = sentences.filter((sentence) => sentence !== '');
  if (language === 'en') return said.join(' ');
  return said
    .map((sentence, k) => (k < said.length - 1 && !sentence.endsWith('。') ? `${sentence} ` : sentence))
    .join('');
}
