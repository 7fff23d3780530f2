import type { Severity } from '../domain/severity.ts';
import { messages } from './messages.ts';

/** What is told elsewhere of an incident in a restricted repository: that there is one, by our number. */
export const restrictedWords = messages({
  opened: {
    en: (id: string, severity: Severity) =>
      `Incident ${id}, in a restricted repository, needs somebody: severity ${severity}.`,
    ja: (id: string, severity: Severity) =>
      `閲覧制限のあるリポジトリのインシデント ${id} に対応が必要です。重大度 ${severity}。`,
  },
  raised: {
    en: (id: string, severity: Severity) =>
      `Severity of incident ${id}, in a restricted repository, is now ${severity}.`,
    ja: (id: string, severity: Severity) =>
      `閲覧制限のあるリポジトリのインシデント ${id} の重大度が ${severity} になりました。`,
  },
  taken: {
    en: (id: string) => `Somebody has incident ${id}, in a restricted repository.`,
    ja: (id: string) => `閲覧制限のあるリポジトリのインシデント ${id} に担当者が付きました。`,
  },
  closed: {
    en: (id: string) => `Incident ${id}, in a restricted repository, is closed.`,
    ja: (id: string) => `閲覧制限のあるリポジトリのインシデント ${id} はクローズされました。`,
  },
  /** Below the queue of another room, and in the notice of a shift. */
  elsewhere: {
    en: (places: string) => `Elsewhere: ${places}.`,
    ja: (places: string) => `ほかのリポジトリ: ${places}。`,
  },
  openIn: {
    en: (repository: string, count: number) => `${count} open in ${repository}`,
    ja: (repository: string, count: number) => `${repository} に未解決 ${count} 件`,
  },
  openRestricted: {
    en: (count: number) => `${count} open in restricted repositories`,
    ja: (count: number) => `閲覧制限のあるリポジトリに未解決 ${count} 件`,
  },
  between: { en: ', ', ja: '、' },
});
