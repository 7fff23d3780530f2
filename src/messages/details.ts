import { messages } from './messages.ts';

/** The folded sections of an issue, and its foot. */
export const detailsWords = messages({
  tasks: { en: (count: number) => `Tasks (${count})`, ja: (count: number) => `タスク (${count})` },
  earlier: {
    en: (count: number) => `Earlier recommendations (${count})`,
    ja: (count: number) => `以前の推奨対応 (${count})`,
  },
  recommended: {
    en: (id: string, action: string, target: string, became: string) => `- ${id} ${action} ${target}: ${became}`,
    ja: (id: string, action: string, target: string, became: string) => `- ${id} ${target} を ${action}: ${became}`,
  },
  replacedBy: { en: (id: string) => `replaced by ${id}`, ja: (id: string) => `${id} に置き換え` },
  path: { en: 'Attack path', ja: '攻撃の流れ' },
  timeline: { en: (count: number) => `Timeline (${count})`, ja: (count: number) => `タイムライン (${count})` },
  from: { en: (time: string) => `From ${time}:`, ja: (time: string) => `${time} から:` },
  on: { en: (place: string) => ` on ${place}`, ja: (place: string) => ` (${place})` },
  times: { en: (count: number) => `, ${count} times`, ja: (count: number) => `、${count} 回` },
  moreAssessed: { en: 'More of the assessment', ja: '見立ての続き' },
  together: {
    en: (count: number) => `Why these ${count} alerts are together`,
    ja: (count: number) => `この ${count} 件のアラートをまとめた理由`,
  },
  span: { en: (span: string) => `${span} from first to last.`, ja: (span: string) => `最初から最後まで ${span}。` },
  entities: { en: (count: number) => `Entities (${count})`, ja: (count: number) => `エンティティ (${count})` },
  fromText: { en: (role: string) => `${role}, from text`, ja: (role: string) => `${role}、本文から` },
  alerts: {
    en: (alerts: number, records: number) => `Alerts (${alerts}), records (${records})`,
    ja: (alerts: number, records: number) => `アラート (${alerts})、レコード (${records})`,
  },
  alert: {
    en: (id: string, product: string, rule: string) => `- alert ${id}: ${product} rule ${rule}`,
    ja: (id: string, product: string, rule: string) => `- アラート ${id}: ${product} ルール ${rule}`,
  },
  notRated: { en: 'not rated', ja: '評価なし' },
  raised: {
    en: (from: string, because: string) => `; raised from ${from}: ${because}`,
    ja: (from: string, because: string) => ` (${from} から引き上げ: ${because})`,
  },
  evidence: { en: (counts: string) => `Evidence: ${counts}`, ja: (counts: string) => `証拠: ${counts}` },
  found: { en: 'found', ja: 'あり' },
  nothing: { en: 'looked, found nothing', ja: '該当なし' },
  blind: { en: 'could not look', ja: '確認できず' },
  foundNothing: { en: ' found nothing:', ja: ' 該当なし:' },
  couldNotLook: { en: ' could not look:', ja: ' 確認できず:' },
  policy: { en: (policy: string) => `policy ${policy}`, ja: (policy: string) => `ポリシー ${policy}` },
  safeDefaults: { en: 'safe defaults', ja: '安全な既定値' },
  playbook: { en: (name: string) => `playbook ${name}`, ja: (name: string) => `プレイブック ${name}` },
  noModel: { en: 'no model', ja: 'モデルなし' },
  incident: { en: (id: string) => `incident ${id}`, ja: (id: string) => `インシデント ${id}` },
  observing: {
    en: '**mode observe: nothing is run, nobody is mentioned**',
    ja: '**モード observe: 何も実行せず、誰にもメンションしません**',
  },
});
