import { messages } from './messages.ts';

/** Where a vulnerable package is and what mends it. */
export const vulnerableWords = messages({
  mended: { en: '**Mended everywhere**', ja: '**すべて修正済み**' },
  toMend: {
    en: (left: number, total: number, by: string | undefined, version: string | undefined) =>
      `**To mend: ${left} of ${total}${by === undefined ? '' : ` ${by}`}**${version === undefined ? '' : `, fixed in ${version}`}; it closes by itself when its source says that all are mended.`,
    ja: (left: number, total: number, by: string | undefined, version: string | undefined) =>
      `**要修正: ${total} 件中 ${left} 件${by === undefined ? '' : `、${by}`}**${version === undefined ? '' : `、修正版 ${version}`}。検知元がすべて修正済みと報告すると、自動でクローズします。`,
  },
  by: { en: (day: string) => `by ${day}`, ja: (day: string) => `期限 ${day}` },
  overdue: { en: (day: string) => `overdue since ${day}`, ja: (day: string) => `期限切れ (${day})` },
  severity: { en: (severity: string) => `severity ${severity}`, ja: (severity: string) => `重大度 ${severity}` },
  epss: {
    en: (percent: string) => `EPSS ${percent} % (exploited within 30 days)`,
    ja: (percent: string) => `EPSS ${percent} % (30 日以内に悪用される確率)`,
  },
  exploited: {
    en: '**known to be exploited** (KEV)',
    ja: '**悪用が確認されています** (KEV)',
  },
  notExploited: { en: 'not in the KEV list', ja: 'KEV の一覧になし' },
  exposed: { en: '**exposed**, says the context', ja: 'コンテキストによると**外部に公開**' },
  nothingKnown: {
    en: 'whether it is exploited or exposed is not known here',
    ja: '悪用や外部公開の情報はありません',
  },
  fixedIn: { en: (version: string) => `fixed in ${version}`, ja: (version: string) => `修正版 ${version}` },
  noFix: { en: 'no fixed version yet', ja: '修正版なし' },
  inUse: { en: (version: string) => `${version} in use`, ja: (version: string) => `使用中 ${version}` },
  vulnerable: { en: (range: string) => `vulnerable ${range}`, ja: (range: string) => `脆弱な範囲 ${range}` },
  possible: {
    en: (version: string | undefined) =>
      version === undefined ? 'possible, its version is not known' : `possible, it cannot be told of ${version}`,
    ja: (version: string | undefined) =>
      version === undefined ? '可能性あり (バージョン不明)' : `可能性あり (${version} では判定できません)`,
  },
  update: { en: (pull: string) => `update ${pull}`, ja: (pull: string) => `更新の PR ${pull}` },
  noUpdate: { en: 'no update open', ja: '更新の PR なし' },
  inManifest: {
    en: (name: string, manifest: string) => `${name} in ${manifest}`,
    ja: (name: string, manifest: string) => `${manifest} の ${name}`,
  },
  owner: { en: (owner: string) => `owner ${owner}`, ja: (owner: string) => `担当 ${owner}` },
  noOwner: { en: 'no owner named', ja: '担当の指定なし' },
  open: { en: '**open**', ja: '**未修正**' },
  openAgain: { en: '**open again**', ja: '**再発**' },
  fixed: { en: '✅ fixed', ja: '✅ 修正済み' },
  dismissed: {
    en: (why: string | undefined) => `➖ dismissed${why === undefined ? '' : ` (${why})`}`,
    ja: (why: string | undefined) => `➖ 却下${why === undefined ? '' : ` (${why})`}`,
  },
});
