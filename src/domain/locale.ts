/** Languages Yagura writes in. */
export const languages = ['en', 'ja'] as const;
export type Language = (typeof languages)[number];

/** A text in every language, for readers who are not known yet. */
export type EveryLanguage = Record<Language, string>;

/** What is said, in every language. */
export function everyLanguage(say: (language: Language) => string): EveryLanguage {
  return { en: say('en'), ja: say('ja') };
}

/** In which language, and by which clock, the readers of an issue repository are written to. */
export interface Locale {
  language: Language;
  /** IANA name. */
  timeZone: string;
}
