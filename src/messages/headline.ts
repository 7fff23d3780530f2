import { messages } from './messages.ts';

/** Title and first lines of an incident's issue: they are the notification. */
export const headlineWords = messages({
  noTitle: { en: 'Alert without a title', ja: 'タイトルのないアラート' },
  titleAt: {
    en: (title: string, place: string) => `${title} on ${place}`,
    ja: (title: string, place: string) => `${title} (${place})`,
  },
  saidBy: {
    en: (verdict: string, person: string) => `**${verdict}, says ${person}.**`,
    ja: (verdict: string, person: string) => `**${verdict} (${person} の判断)。**`,
  },
  soon: { en: (soon: string) => `**${soon}**`, ja: (soon: string) => `**${soon}**` },
  soonAnd: {
    en: (soon: string, said: string) => `**${soon} ${said}.**`,
    ja: (soon: string, said: string) => `**${soon}${said}。**`,
  },
  notDecided: {
    en: (why: string) => `**Not decided:** ${why}.`,
    ja: (why: string) => `**判断できません:** ${why}。`,
  },
  likely: {
    en: (verdict: string, because: string) => `**Likely ${verdict}:** ${because}.`,
    ja: (verdict: string, because: string) => `**おそらく${verdict}:** ${because}。`,
  },
  byPolicy: { en: 'by policy', ja: 'ポリシーによります' },
  notAssessed: { en: '**Not assessed.**', ja: '**未評価です。**' },
  checksRun: { en: '**Not assessed:** checks are running.', ja: '**未評価:** 確認を実行中です。' },
  modelYet: {
    en: '**Not assessed:** checked, and the model has yet to report.',
    ja: '**未評価:** 確認は終わり、モデルの報告を待っています。',
  },
  withoutModel: { en: '**Not assessed:** checked without a model.', ja: '**未評価:** モデルなしで確認しました。' },
  modelCouldNot: {
    en: '**Not assessed:** the model could not decide.',
    ja: '**未評価:** モデルは判断できませんでした。',
  },
  partOf: {
    en: (issue: string | undefined) =>
      `⚪ **Part of ${issue ?? 'another incident'} now:** an alert connects the two. Go on there.`,
    ja: (issue: string | undefined) =>
      `⚪ **${issue ?? '別のインシデント'} に統合しました:** 両方をつなぐアラートがあります。続きはそちらで行ってください。`,
  },
  closed: {
    en: (verdict: string | undefined, by: string | undefined, why: string | undefined) =>
      `⚪ **Closed ${verdict === undefined ? 'without a verdict' : `as ${verdict}`}**${by === undefined ? '' : ` by ${by}`}${why === undefined ? '.' : `: ${why}`}`,
    ja: (verdict: string | undefined, by: string | undefined, why: string | undefined) =>
      `⚪ **クローズ済み: ${verdict ?? '判定なし'}**${by === undefined ? '' : ` (${by})`}${why === undefined ? '。' : `: ${why}`}`,
  },
  settled: {
    en: (how: 'fixed' | 'dismissed', product: string, why: string | undefined) =>
      `⚪ **${how === 'fixed' ? 'Fixed' : 'Dismissed'}, says ${product}**${why === undefined ? '' : `: ${why}`}.`,
    ja: (how: 'fixed' | 'dismissed', product: string, why: string | undefined) =>
      `⚪ **${how === 'fixed' ? '修正済み' : '却下'} (${product} による)**${why === undefined ? '' : `: ${why}`}。`,
  },
  itsSource: { en: 'its source', ja: '検知元' },
  itWas: { en: (what: string) => `It was ${what}.`, ja: (what: string) => `対象: ${what}。` },
  gone: { en: 'an alert that is not here any more', ja: 'すでにここにないアラート' },
  at: {
    en: (title: string, place: string, others: number) =>
      `${title} on ${place}${others > 0 ? ` and ${others} more` : ''}`,
    ja: (title: string, place: string, others: number) =>
      `${place}${others > 0 ? ` ほか ${others} 件の` : ' の'} ${title}`,
  },
  severity: { en: (severity: string) => `Severity ${severity}.`, ja: (severity: string) => `重大度 ${severity}。` },
  severitySetBy: {
    en: (severity: string, person: string) => `Severity ${severity}, set by ${person}.`,
    ja: (severity: string, person: string) => `重大度 ${severity} (${person} が設定)。`,
  },
  severityByPolicy: {
    en: (severity: string) => `Severity ${severity} by policy.`,
    ja: (severity: string) => `重大度 ${severity} (ポリシーによる)。`,
  },
  notRated: { en: 'not rated', ja: '評価なし' },
  severityNotRated: {
    en: (severity: string, product: string) => `Not rated by ${product}, so it counts as ${severity}.`,
    ja: (severity: string, product: string) => `${product} による重大度の評価なし (${severity} として扱います)。`,
  },
  severitySaid: {
    en: (severity: string, product: string) => `Severity ${severity}, says ${product}.`,
    ja: (severity: string, product: string) => `重大度 ${severity} (${product} による)。`,
  },
  active: {
    en: (count: number) => `${count} response task${count > 1 ? 's' : ''} active.`,
    ja: (count: number) => `対応タスク ${count} 件が有効です。`,
  },
  unsure: {
    en: (count: number) => `**${count} not verified.**`,
    ja: (count: number) => `**${count} 件は未検証です。**`,
  },
  failed: { en: (count: number) => `**${count} failed.**`, ja: (count: number) => `**${count} 件が失敗しました。**` },
  owner: { en: (person: string) => `**Who:** ${person}`, ja: (person: string) => `**担当:** ${person}` },
  nobodyYet: {
    en: (asked: string | undefined) =>
      `**Who:** nobody yet${asked === undefined ? '' : ` (${asked} was asked)`}, \`/take\``,
    ja: (asked: string | undefined) =>
      `**担当:** なし${asked === undefined ? '' : ` (${asked} に依頼済み)`}、\`/take\``,
  },
  since: { en: (time: string) => `**Since:** ${time}`, ja: (time: string) => `**発生:** ${time}` },
  snoozed: { en: (time: string) => `**Snoozed until:** ${time}`, ja: (time: string) => `**保留期限:** ${time}` },
  blind: {
    en: (count: number) => `**Could not look:** ${count} check${count > 1 ? 's' : ''}, see below`,
    ja: (count: number) => `**確認できず:** ${count} 件 (下を参照)`,
  },
  earlier: {
    en: (issue: string) => `**Earlier:** ${issue}`,
    ja: (issue: string) => `**以前のインシデント:** ${issue}`,
  },
  cameIn: {
    en: (alerts: number, records: number | undefined, span: string, from: string) =>
      `${alerts} alert${alerts > 1 ? 's' : ''}${records === undefined ? '' : ` (${records} records)`} in ${span} from ${from}.`,
    ja: (alerts: number, records: number | undefined, span: string, from: string) =>
      `${span}の間にアラート ${alerts} 件${records === undefined ? '' : ` (レコード ${records} 件)`}、検知元 ${from}。`,
  },
  where: { en: (places: string) => `Where: ${places}.`, ja: (places: string) => `場所: ${places}。` },
});
