import { messages } from './messages.ts';

/** What an investigation writes down of itself: what tools found, what became of a model's answer. */
export const investigationWords = messages({
  nothing: {
    en: (sought: string[]) => `Looked, found nothing: ${sought.join(', ')}`,
    ja: (sought: string[]) => `確認したが該当なし: ${sought.join('、')}`,
  },
  records: {
    en: (count: number) => `Raw records kept: ${count}`,
    ja: (count: number) => `生レコード保存: ${count} 件`,
  },
  otherIncidents: { en: 'other incidents with these entities', ja: '同じエンティティを含むほかのインシデント' },
  similarIncidents: { en: 'similar closed incidents', ja: '類似のクローズ済みインシデント' },
  context: {
    en: 'what the organization says about them',
    ja: '組織による記述',
  },
  turned: {
    en: 'The model sees nothing bad, but text in this incident tries to make it say so',
    ja: 'モデルは問題なしと見ていますが、このインシデントにはそう言わせようとする文が含まれています',
  },
  unfounded: {
    en: 'The model gave no reason that stands in the evidence',
    ja: 'モデルは証拠に基づく理由を示しませんでした',
  },
  unweighed: {
    en: 'The model did not weigh two readings of it, a harmless one among them',
    ja: 'モデルは、無害な場合を含む 2 つ以上の仮説を比較しませんでした',
  },
  nothingLeft: {
    en: 'No evidence is left for the reading the model thought likeliest',
    ja: 'モデルが最も有力とした仮説を支える証拠が残っていません',
  },
  contrary: {
    en: (verdict: string, harmless: boolean) =>
      `The model said ${verdict}, but thought ${harmless ? 'a harmless' : 'a harmful'} reading likeliest`,
    ja: (verdict: string, harmless: boolean) =>
      `モデルは「${verdict}」としましたが、最も有力とした仮説は${harmless ? '無害' : '有害'}なものでした`,
  },
  shapeless: {
    en: 'what it wrote had not the shape of an answer',
    ja: '書かれたものが回答の形式になっていませんでした',
  },
  declined: {
    en: (why: string) => `it refused to answer (${why || 'no reason given'})`,
    ja: (why: string) => `モデルが回答を拒否しました(${why || '理由は示されませんでした'})`,
  },
  away: {
    en: (why: string) => `it could not be reached: ${why}`,
    ja: (why: string) => `モデルに接続できませんでした: ${why}`,
  },
  broken: {
    en: (why: string) => `the request was not accepted: ${why}`,
    ja: (why: string) => `要求が受け付けられませんでした: ${why}`,
  },
  changed: {
    en: 'what it was told has changed since it began',
    ja: '開始後に前提となる情報が変わりました',
  },
  stopped: { en: 'somebody stopped it', ja: '停止が指示されました' },
  usedUp: {
    en: (limit: string) => `its budget was used up: ${limit}`,
    ja: (limit: string) => `予算の上限に達しました: ${limit}`,
  },
  requestsPerRun: {
    en: (count: number) => `${count} requests a run`,
    ja: (count: number) => `1 回 ${count} リクエスト`,
  },
  minutesPerRun: { en: (count: number) => `${count} minutes a run`, ja: (count: number) => `1 回 ${count} 分` },
  tokensPerIncident: {
    en: (count: number) => `${count} tokens an incident`,
    ja: (count: number) => `1 件 ${count} トークン`,
  },
  moneyPerIncident: { en: (dollars: number) => `$${dollars} an incident`, ja: (dollars: number) => `1 件 $${dollars}` },
  moneyPerMonth: { en: (dollars: number) => `$${dollars} a month`, ja: (dollars: number) => `1 か月 $${dollars}` },
  titleOfAlert: { en: 'title of an alert', ja: 'アラートの件名' },
  field: { en: (name: string) => `field ${name}`, ja: (name: string) => `フィールド ${name}` },
  nameOf: { en: (type: string) => `name of a ${type}`, ja: (type: string) => `${type} の名前` },
  rawRecord: { en: 'raw record', ja: '生レコード' },
});
