/** Languages Yagura writes in. */
export const languages = ['en', 'ja'] as const;
export type Language = (typeof languages)[number];

/** In which language, and by which clock, the readers of an issue repository are written to. */
export interface Locale {
  language: Language;
  /** IANA name. */
  timeZone: string;
}
