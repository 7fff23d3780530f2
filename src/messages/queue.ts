import { messages } from './messages.ts';

/** The issue that ranks what is open. */
export const queueWords = messages({
  title: { en: 'Queue: what is open, most urgent first', ja: 'キュー: 未解決のもの (緊急度順)' },
  now: { en: 'Now', ja: '今すぐ' },
  soon: { en: 'Soon', ja: '早めに' },
  inTurn: { en: 'In its turn', ja: '順番に' },
  toMend: { en: 'To mend', ja: '直すもの' },
  snoozed: { en: 'Snoozed', ja: '保留中' },
  nothingOpen: { en: '⚪ **Nothing is open.**', ja: '⚪ **未解決のものはありません。**' },
  more: {
    en: (count: number) => `And ${count} more: filter the issues by their labels.`,
    ja: (count: number) => `ほか ${count} 件: Issue をラベルで絞り込んでください。`,
  },
  kept: {
    en: '<sub>Kept by Yagura; edits here are lost. `label:incident` filters as well.</sub>',
    ja: '<sub>Yagura が更新します。ここでの編集は失われます。`label:incident` でも絞り込めます。</sub>',
  },
  keptUnpinned: {
    en: '<sub>Kept by Yagura; edits here are lost. GitHub did not let Yagura pin this issue: pin it by hand, or filter by `label:incident`.</sub>',
    ja: '<sub>Yagura が更新します。ここでの編集は失われます。Yagura ではこの Issue をピン留めできませんでした。手動でピン留めするか、`label:incident` で絞り込んでください。</sub>',
  },
  calm: {
    en: (total: number) => `⚪ **Nothing needs somebody now.** ${total} open.`,
    ja: (total: number) => `⚪ **今すぐ対応が必要なものはありません。** 未解決 ${total} 件。`,
  },
  urgent: {
    en: (urgent: number, alone: number, total: number) => {
      const nobody = alone === 0 ? 'each has somebody' : `${alone} ${alone === 1 ? 'has' : 'have'} nobody`;
      return `🔴 **${urgent} ${urgent === 1 ? 'needs' : 'need'} somebody now; ${nobody}.** ${total} open.`;
    },
    ja: (urgent: number, alone: number, total: number) => {
      const nobody = alone === 0 ? 'すべて担当者がいます' : `うち ${alone} 件は担当者がいません`;
      return `🔴 **${urgent} 件が今すぐ対応を必要としています。${nobody}。** 未解決 ${total} 件。`;
    },
  },
  nobodyHasIt: {
    en: (asked?: string) => (asked === undefined ? '**nobody has it**' : `**nobody has it yet**, asked ${asked}`),
    ja: (asked?: string) => (asked === undefined ? '**担当者なし**' : `**担当者なし** (${asked} に依頼済み)`),
  },
  hasIt: { en: (person: string) => `${person} has it`, ja: (person: string) => `担当 ${person}` },
  toApprove: { en: (count: number) => `${count} to approve`, ja: (count: number) => `承認待ち ${count} 件` },
  until: { en: (time: string) => `until ${time}`, ja: (time: string) => `期限 ${time}` },
  since: { en: (time: string) => `since ${time}`, ja: (time: string) => `発生 ${time}` },
  justOpened: {
    en: (within: string) => `opened under ${within} ago`,
    ja: (within: string) => `起票から ${within}未満`,
  },
  opened: { en: (ago: string) => `opened ${ago} ago`, ja: (ago: string) => `起票から ${ago}` },
  severity: {
    en: (severity: string, because: string) => `${severity}, ${because}`,
    ja: (severity: string, because: string) => `${severity} (${because})`,
  },
  between: { en: '; ', ja: '、' },
  due: { en: (day: string) => `to mend by ${day}`, ja: (day: string) => `修正期限 ${day}` },
  overdue: { en: (day: string) => `**overdue since ${day}**`, ja: (day: string) => `**期限切れ (${day})**` },
  setBy: { en: (person: string) => `set by ${person}`, ja: (person: string) => `${person} が設定` },
  byPolicy: { en: 'by policy', ja: 'ポリシーによる' },
  notRatedBy: {
    en: (product: string) => `not rated by ${product}`,
    ja: (product: string) => `${product} による評価なし`,
  },
  says: { en: (product: string) => `says ${product}`, ja: (product: string) => `${product} による` },
  itsProduct: { en: 'its product', ja: '製品' },
});
