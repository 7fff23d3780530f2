import { messages } from './messages.ts';

/** The comment that says what an investigation found, and the one that says an incident became worse. */
export const reportWords = messages({
  forPeople: {
    en: (people: string) => `For ${people} by policy.`,
    ja: (people: string) => `ポリシーによる宛先: ${people}`,
  },
  foot: {
    en: (playbook: string) => `details, evidence and commands in the issue above · playbook ${playbook}`,
    ja: (playbook: string) => `詳細・証拠・コマンドは上の Issue にあります · プレイブック ${playbook}`,
  },
  modelYet: { en: 'the model has yet to report', ja: 'モデルの報告待ち' },
  noModel: { en: 'no model', ja: 'モデルなし' },
  modelSilent: { en: 'the model gave no report', ja: 'モデルからの報告なし' },
  notAssessed: {
    en: (soon: string, without: string, severity: string) =>
      `**${soon} Checked, not assessed (${without}), severity ${severity}.**`,
    ja: (soon: string, without: string, severity: string) =>
      `**${soon}確認済み、未評価 (${without})、重大度 ${severity}。**`,
  },
  likely: {
    en: (verdict: string, severity: string, because: string) =>
      `**Likely ${verdict}, severity ${severity}:** ${because}.`,
    ja: (verdict: string, severity: string, because: string) =>
      `**おそらく${verdict}、重大度 ${severity}:** ${because}。`,
  },
  byPolicy: { en: 'by policy', ja: 'ポリシーによります' },
  alert: { en: 'an alert', ja: 'アラート' },
  notDecided: {
    en: (soon: string, severity: string, what: string, why: string) =>
      `**${soon} Not decided, severity ${severity}:** ${what}. Why not: ${why}.`,
    ja: (soon: string, severity: string, what: string, why: string) =>
      `**${soon}判断できません、重大度 ${severity}:** ${what}。理由: ${why}。`,
  },
  decided: {
    en: (soon: string, said: string, severity: string, because: string) =>
      `**${soon} ${said}, severity ${severity}:** ${because}.`,
    ja: (soon: string, said: string, severity: string, because: string) =>
      `**${soon}${said}、重大度 ${severity}:** ${because}。`,
  },
  or: {
    en: (statement: string, claim: string) => `Or: ${statement}. ${claim}`,
    ja: (statement: string, claim: string) => `または: ${statement}。${claim}`,
  },
  orHarmless: {
    en: (statement: string, claim: string) => `Or harmless: ${statement}. ${claim}`,
    ja: (statement: string, claim: string) => `または無害: ${statement}。${claim}`,
  },
  toAsk: {
    en: (question: string) => `- To be asked: ${question}`,
    ja: (question: string) => `- 確認すべき質問: ${question}`,
  },
  raised: {
    en: (to: string, alert: string, floor: string | undefined, from: string) =>
      `**Severity is now ${to}:** ${alert} joined${floor === undefined ? '' : `, by policy: ${floor}`}; it was ${from}.`,
    ja: (to: string, alert: string, floor: string | undefined, from: string) =>
      `**重大度が ${to} になりました:** ${alert} が加わりました${floor === undefined ? '' : ` (ポリシーによる: ${floor})`}。以前は ${from} でした。`,
  },
  pressing: {
    en: (severity: string) =>
      `**Exploited and exposed now:** this does not wait for its turn any more; severity ${severity}.`,
    ja: (severity: string) =>
      `**悪用され、かつ外部に公開された状態になりました:** 順番を待たずに対応が必要です。重大度は ${severity} です。`,
  },
  raisedBy: {
    en: (title: string, product: string, rule: string | undefined) =>
      `${title} (${product}${rule === undefined ? '' : `, rule ${rule}`})`,
    ja: (title: string, product: string, rule: string | undefined) =>
      `${title} (${product}${rule === undefined ? '' : `、ルール ${rule}`})`,
  },
});
