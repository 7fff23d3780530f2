import type { Language } from '../domain/locale.ts';
import type { Sentence } from '../domain/sentence.ts';

/**
 * A message: words, or words around values. Values come in as safe markdown, or as the parts of a `Sentence`, and the
 * words never look at them.
 */
type Message = string | ((...values: never[]) => string | Sentence);

/** The messages of one area, each in every language. */
export type Table<T> = { [Key in keyof T]: Record<Language, T[Key]> };

/** The messages of one area in the language asked for. */
export type Words<T> = ((language: Language) => T) & { table: Table<T> };

/**
 * The message table of one area, one file each in this folder: every sentence people read on GitHub or are told outside
 * of it stands in one. Both languages of a message stand together and have the same shape, so that none is left out;
 * command words, ids, label names, units of ours and policy words (`observe`, `threat`, `high`) never change.
 */
export function messages<T extends Record<string, Message>>(table: Table<T>): Words<T> {
  const inLanguage = (language: Language) =>
    Object.fromEntries(
      Object.entries(table).map(([key, both]) => [key, (both as Record<Language, Message>)[language]]),
    );
  const words = { en: inLanguage('en'), ja: inLanguage('ja') } as Record<Language, T>;
  return Object.assign((language: Language) => words[language], { table });
}
