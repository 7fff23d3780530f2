import { messages } from './messages.ts';

/** `/adopt` on the inventory or a digest. */
export const adoptWords = messages({
  which: {
    en: 'say which: `/adopt 12 13` by their numbers, or `/adopt all critical`',
    ja: '対象を指定してください: 番号なら `/adopt 12 13`、まとめてなら `/adopt all critical`',
  },
  elsewhere: {
    en: 'numbers are adopted in the inventory or a digest; `/adopt` alone makes this issue an incident',
    ja: '番号の指定は棚卸しまたはダイジェストの Issue で使えます。`/adopt` だけなら、この Issue をインシデントにします',
  },
  all: { en: 'an issue for everything here', ja: 'ここにあるすべての Issue を作成' },
  allFrom: {
    en: (severity: string) => `an issue for everything here that is ${severity} or worse`,
    ja: (severity: string) => `ここにある ${severity} 以上すべての Issue を作成`,
  },
  numbers: {
    en: (numbers: string) => `an issue for each of ${numbers}`,
    ja: (numbers: string) => `${numbers} の Issue を作成`,
  },
  none: { en: 'there is nothing of that here', ja: '該当するものがありません' },
  opened: {
    en: (count: number) => `${count} ${count === 1 ? 'issue' : 'issues'} will be opened`,
    ja: (count: number) => `Issue を ${count} 件作成します`,
  },
  left: {
    en: (count: number) => `${count} more are left: write it again for the next`,
    ja: (count: number) => `残り ${count} 件。続けるにはもう一度書いてください`,
  },
  tooMany: { en: (limit: number) => `at most ${limit} at a time`, ja: (limit: number) => `一度に ${limit} 件までです` },
  unknown: { en: (number: string) => `there is no ${number}`, ja: (number: string) => `${number} はありません` },
  over: { en: (number: string) => `${number} is over`, ja: (number: string) => `${number} は終了しています` },
  coming: {
    en: (number: string) => `the issue of ${number} is on its way`,
    ja: (number: string) => `${number} の Issue は作成中です`,
  },
  has: {
    en: (number: string, issue: string) => `${number} is ${issue}`,
    ja: (number: string, issue: string) => `${number} は ${issue} です`,
  },
});
