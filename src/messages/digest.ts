import { messages } from './messages.ts';

/** The issue of one day: what needs no issue of its own, and what was held back. */
export const digestWords = messages({
  title: { en: (day: string) => `Digest of ${day}`, ja: (day: string) => `${day} のダイジェスト` },
  calm: { en: '⚪ **Nothing here needs somebody now.**', ja: '⚪ **今すぐ対応が必要なものはありません。**' },
  held: {
    en: (counts: string) =>
      `**Held back: ${counts}.** The issues of the day for a new source were used up, so these have none.`,
    ja: (counts: string) =>
      `**保留: ${counts}。** 新しい検知元に割り当てた本日分の Issue を使い切ったため、Issue が作成されていません。`,
  },
  heldPart: { en: (count: string) => `### Held back (${count})`, ja: (count: string) => `### 保留(${count})` },
  lowPart: {
    en: (count: string) => `### Too low for an issue (${count})`,
    ja: (count: string) => `### Issue にするほどではないもの(${count})`,
  },
  openedPart: {
    en: (count: string) => `### Has an issue by now (${count})`,
    ja: (count: string) => `### Issue 作成済み(${count})`,
  },
  onItsWay: { en: 'on its way', ja: '作成中' },
  adoptAll: {
    en: (limit: number) =>
      `\`/adopt all high\` opens one for all that are high or critical, at most ${limit} at a time`,
    ja: (limit: number) => `\`/adopt all high\`: high 以上のすべてについて作成します(一度に ${limit} 件まで)`,
  },
  times: { en: (count: string) => `${count} times`, ja: (count: string) => `${count} 回` },
  settled: {
    en: (count: string) => `${count} over by now, say their sources.`,
    ja: (count: string) => `${count} 件は検知元で終了済みです。`,
  },
  kept: {
    en: '<sub>Kept by Yagura; edits here are lost. It closes by itself when the day is over; `/adopt` works after that too.</sub>',
    ja: '<sub>Yagura が更新します。ここでの編集は失われます。日付が変わると自動的にクローズされますが、その後も `/adopt` は使えます。</sub>',
  },
  mention: {
    en: (counts: string, numbers: string) =>
      `**Held back: ${counts}.** No issue was opened for ${numbers}, because those of the day for a new source were used up.`,
    ja: (counts: string, numbers: string) =>
      `**保留: ${counts}。** 新しい検知元に割り当てた本日分の Issue を使い切ったため、${numbers} の Issue は作成されていません。`,
  },
  next: {
    en: (numbers: string) => `Next: \`/adopt ${numbers}\`.`,
    ja: (numbers: string) => `次の対応: \`/adopt ${numbers}\`。`,
  },
  by: { en: (who: string) => `For ${who} by policy.`, ja: (who: string) => `ポリシーにより ${who} にお知らせします。` },
});
