import { messages } from './messages.ts';

/** The issue that counts what was open already. */
export const inventoryWords = messages({
  title: {
    en: 'Inventory: what was open when its source was connected',
    ja: '棚卸し: 接続時にすでに未解決だったもの',
  },
  headline: {
    en: (total: string, worst: string) =>
      `⚪ **${total} ${total === '1' ? 'alert was' : 'alerts were'} open already; nobody was told of them.**${worst === '' ? '' : ` ${worst}.`}`,
    ja: (total: string, worst: string) =>
      `⚪ **接続時にすでに未解決だったアラートは ${total} 件です。誰にも通知していません。**${worst === '' ? '' : ` ${worst}。`}`,
  },
  nothing: { en: '⚪ **Nothing of it is open any more.**', ja: '⚪ **未解決のものは残っていません。**' },
  settled: {
    en: (count: string) => `${count} fixed or dismissed since.`,
    ja: (count: string) => `その後 ${count} 件が解決または却下されました。`,
  },
  severity: { en: 'Severity', ja: '重大度' },
  kind: { en: 'Kind', ja: '種別' },
  age: { en: 'Open for', ja: '経過期間' },
  below: { en: (days: number) => `under ${days} days`, ja: (days: number) => `${days} 日未満` },
  between: {
    en: (from: number, to: number) => `${from} to ${to} days`,
    ja: (from: number, to: number) => `${from}〜${to} 日`,
  },
  longer: { en: (days: number) => `${days} days or longer`, ja: (days: number) => `${days} 日以上` },
  of: {
    en: (what: string, count: string) => `${what}: ${count}`,
    ja: (what: string, count: string) => `${what} ${count} 件`,
  },
  severe: {
    en: (severity: string, count: string) => `${count} ${severity}`,
    ja: (severity: string, count: string) => `${severity} ${count} 件`,
  },
  doNext: { en: '**Do next** (an analyst)', ja: '**次の対応** (analyst 権限の人)' },
  adopt: {
    en: (numbers: string) => `\`/adopt ${numbers}\` opens an issue for each of these numbers`,
    ja: (numbers: string) => `\`/adopt ${numbers}\`: 番号ごとに Issue を作成します`,
  },
  adoptAll: {
    en: (limit: number) => `\`/adopt all critical\` opens one for all that are critical, at most ${limit} at a time`,
    ja: (limit: number) => `\`/adopt all critical\`: critical のすべてについて作成します(一度に ${limit} 件まで)`,
  },
  byPolicy: {
    en: 'by policy: `quiet: adopt:` in `yagura.md`',
    ja: 'ポリシーで指定する場合: `yagura.md` の `quiet: adopt:`',
  },
  places: {
    en: (count: string) => `### By repository or product (${count})`,
    ja: (count: string) => `### リポジトリ・製品別(${count})`,
  },
  place: {
    en: (name: string, total: string, counts: string, oldest: string) =>
      `- ${name}: ${total} (${counts}), the oldest of ${oldest}`,
    ja: (name: string, total: string, counts: string, oldest: string) =>
      `- ${name}: ${total} 件(${counts})、最古 ${oldest}`,
  },
  worst: {
    en: (shown: string, total: string) =>
      shown === total ? `### All (${total})` : `### The most severe ${shown} of ${total}`,
    ja: (shown: string, total: string) =>
      shown === total ? `### すべて(${total})` : `### 重大度の高い順に ${shown} 件(全 ${total} 件)`,
  },
  more: { en: (count: string) => `And ${count} more.`, ja: (count: string) => `ほか ${count} 件。` },
  kept: {
    en: '<sub>Kept by Yagura; edits here are lost. What its source says is fixed leaves this list; what happens anew gets an issue.</sub>',
    ja: '<sub>Yagura が更新します。ここでの編集は失われます。検知元で解決済みになったものはこの一覧から消え、新たに起きたことには Issue が作成されます。</sub>',
  },
});
