import type { Language } from '../../domain/locale.ts';
import type { Brief, Prompts } from './brief.ts';

/** Languages as a model is told them. */
const names: Record<Language, string> = { en: 'English', ja: 'Japanese (日本語)' };

/** Where the language stands in the prompt. */
export const languagePlace = '{language}';

/** What a model is in every request, and in which language it writes. */
export function systemOf({ prompts, brief }: { prompts: Prompts; brief: Pick<Brief, 'language'> }): string {
  return prompts.investigator.text.replaceAll(languagePlace, names[brief.language ?? 'en']);
}
