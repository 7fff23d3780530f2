import type { EveryLanguage, Language } from './locale.ts';

/** What something is called. Untrusted text. */
export interface Titled {
  /** As it is kept, searched, matched and compared: the same in every room. */
  title: string;
  /** By language, where Yagura gave the title itself. */
  titles?: EveryLanguage | null | undefined;
}

/** The title as readers of a language are shown it: the product's own as it came. Untrusted text. */
export function titleIn({ title, titles }: Titled, language: Language): string {
  return titles?.[language] ?? title;
}
