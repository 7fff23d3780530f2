import { messages } from './messages.ts';

/** Names, lines and sentences in a row. */
export const listsWords = messages({
  and: { en: ', ', ja: '、' },
  or: {
    en: (names: string, last: string) => `${names} or ${last}`,
    ja: (names: string, last: string) => `${names} または ${last}`,
  },
  more: { en: (count: number) => `${count} more`, ja: (count: number) => `ほか ${count} 件` },
  andMore: {
    en: (names: string, count: number) => `${names} and ${count} more`,
    ja: (names: string, count: number) => `${names} ほか ${count} 件`,
  },
  lineMore: { en: (count: number) => `- and ${count} more`, ja: (count: number) => `- ほか ${count} 件` },
  sentence: { en: (text: string) => `${text}.`, ja: (text: string) => `${text}。` },
  nobodyElse: { en: 'nobody else', ja: 'ほかの人はいません' },
});
