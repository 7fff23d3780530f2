import { messages } from './messages.ts';

/** What is told outside of GitHub, as plain text. */
export const notifyWords = messages({
  raised: {
    en: (severity: string, was: string | undefined, line: string) =>
      `Severity is now ${severity}${was === undefined ? '' : `; it was ${was}`}. ${line}`,
    ja: (severity: string, was: string | undefined, line: string) =>
      `重大度が ${was === undefined ? '' : `${was} から `}${severity} になりました。${line}`,
  },
  pressing: {
    en: (line: string) => `Exploited and exposed now. ${line}`,
    ja: (line: string) => `悪用され、かつ外部に公開された状態になりました。${line}`,
  },
  taken: {
    en: (person: string, line: string) => `${person} has it. ${line}`,
    ja: (person: string, line: string) => `${person} が担当しています。${line}`,
  },
  somebody: { en: 'Somebody', ja: '誰か' },
  folded: {
    en: (count: number, listed: string, perHour: number) =>
      `${count} more incidents need somebody: ${listed}. Told in one line, since ${perHour} messages an hour are the limit here.`,
    ja: (count: number, listed: string, perHour: number) =>
      `ほかに ${count} 件のインシデントが対応を必要としています: ${listed}。ここでは 1 時間 ${perHour} 通が上限のため、まとめて通知します。`,
  },
  counted: {
    en: (count: number, severity: string) => `${count} ${severity}`,
    ja: (count: number, severity: string) => `${severity} ${count} 件`,
  },
  between: { en: ', ', ja: '、' },
  openIncidents: {
    en: (repository: string) => `open incidents of ${repository}`,
    ja: (repository: string) => `${repository} の未解決インシデント`,
  },
  andMore: {
    en: (shown: string, more: number) => `${shown} and ${more} more`,
    ja: (shown: string, more: number) => `${shown} ほか ${more} 件`,
  },
  severity: { en: 'Severity', ja: '重大度' },
  kind: { en: 'Kind', ja: '種類' },
  since: { en: 'Since', ja: '発生' },
  indicators: { en: 'Indicators', ja: 'インジケーター' },
});
