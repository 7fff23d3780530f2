import { messages } from './messages.ts';

/** What merging a commit of the config repository would change: each goes on from "Merging this". */
export const policyChangeWords = messages({
  mode: {
    en: (raised: boolean, from: string, to: string, meaning: string) =>
      `${raised ? 'raises' : 'lowers'} mode from ${from} to ${to}: ${meaning}`,
    ja: (raised: boolean, from: string, to: string, meaning: string) =>
      `mode を ${from} から ${to} に${raised ? '上げる' : '下げる'}: ${meaning}`,
  },
  observe: {
    en: 'nobody is mentioned and nothing is ever done',
    ja: '誰にもメンションせず、何も実行しない',
  },
  recommend: { en: 'actions are proposed, none is done', ja: '対応を提案するだけで、実行はしない' },
  approve: { en: 'actions are done when a person approves', ja: '人が承認すると対応を実行する' },
  auto: { en: 'rules with autonomy auto act by themselves', ja: 'autonomy が auto のルールは自動で実行する' },
  gives: {
    en: (right: string, names: string) => `gives the right ${right} to ${names}`,
    ja: (right: string, names: string) => `権限 ${right} を ${names} に与える`,
  },
  takes: {
    en: (right: string, names: string) => `takes the right ${right} from ${names}`,
    ja: (right: string, names: string) => `権限 ${right} を ${names} から外す`,
  },
  unprotects: {
    en: (names: string) => `no longer protects ${names}`,
    ja: (names: string) => `${names} の保護をやめる`,
  },
  protects: {
    en: (names: string) => `protects from being blocked ${names}`,
    ja: (names: string) => `${names} を遮断の対象外にする`,
  },
  andMore: {
    en: (names: string, more: number) => `${names} and ${more} more`,
    ja: (names: string, more: number) => `${names} ほか ${more} 件`,
  },
  team: { en: (team: string) => `team ${team}`, ja: (team: string) => `チーム ${team}` },
  role: { en: (role: string) => `role ${role}`, ja: (role: string) => `ロール ${role}` },
  addsResponse: {
    en: (id: string, what: string, how: string) => `adds response ${id}: ${what}, ${how}`,
    ja: (id: string, what: string, how: string) => `対応ルール ${id} を追加する: ${what}、${how}`,
  },
  response: {
    en: (action: string, entities: string, resources: string) => `${action} of ${entities} on ${resources}`,
    ja: (action: string, entities: string, resources: string) => `${resources} で ${entities} を ${action}`,
  },
  autonomyFor: {
    en: (autonomy: string, duration: string) => `autonomy ${autonomy}, for ${duration}`,
    ja: (autonomy: string, duration: string) => `autonomy ${autonomy}、期間 ${duration}`,
  },
  oneWord: { en: ', in an emergency on one word', ja: '、緊急時は 1 人の判断で実行' },
  removesResponse: {
    en: (id: string) => `removes response ${id}`,
    ja: (id: string) => `対応ルール ${id} を削除する`,
  },
  autonomy: {
    en: (raised: boolean, id: string, from: string, to: string) =>
      `${raised ? 'raises' : 'lowers'} autonomy of ${id} from ${from} to ${to}`,
    ja: (raised: boolean, id: string, from: string, to: string) =>
      `${id} の autonomy を ${from} から ${to} に${raised ? '上げる' : '下げる'}`,
  },
  held: {
    en: (mode: string) => ` (held at ${mode} by mode)`,
    ja: (mode: string) => `(mode により ${mode} にとどまる)`,
  },
  changesOf: {
    en: (what: string, id: string, from: string, to: string) => `changes ${what} of ${id} from ${from} to ${to}`,
    ja: (what: string, id: string, from: string, to: string) => `${id} の${what}を ${from} から ${to} に変える`,
  },
  action: { en: 'action', ja: 'アクション' },
  entityTypes: { en: 'entity types', ja: 'エンティティの種類' },
  resources: { en: 'resources', ja: 'リソース' },
  duration: { en: 'duration', ja: '期間' },
  longestDuration: { en: 'longest duration', ja: '最長期間' },
  approvals: { en: 'approvals', ja: '承認数' },
  requesterMayApprove: { en: '"requester may approve"', ja: '「申請者も承認できる」' },
  emergency: { en: '"emergency"', ja: '「emergency」' },
  yes: { en: 'yes', ja: 'はい' },
  no: { en: 'no', ja: 'いいえ' },
  whenApplies: { en: (id: string) => `changes when ${id} applies`, ja: (id: string) => `${id} の適用条件を変える` },
  addsResource: {
    en: (id: string, connector: string) => `adds resource ${id} (connector ${connector})`,
    ja: (id: string, connector: string) => `リソース ${id} を追加する(コネクタ ${connector})`,
  },
  changesResource: {
    en: (id: string, connector: string) => `changes resource ${id} (connector ${connector})`,
    ja: (id: string, connector: string) => `リソース ${id} を変える(コネクタ ${connector})`,
  },
  removesResource: { en: (id: string) => `removes resource ${id}`, ja: (id: string) => `リソース ${id} を削除する` },
  masks: {
    en: (what: string) => `masks ${what} in what comes in`,
    ja: (what: string) => `受信したものの${what}を伏せる`,
  },
  keeps: {
    en: (what: string) => `keeps ${what}, which were masked`,
    ja: (what: string) => `これまで伏せていた${what}をそのまま残す`,
  },
  mailAddresses: { en: 'mail addresses', ja: 'メールアドレス' },
  telephoneNumbers: { en: 'telephone numbers', ja: '電話番号' },
  names: { en: 'names', ja: '氏名' },
  staffAddresses: { en: 'staff addresses', ja: '職員のアドレス' },
  nameFields: { en: 'name fields', ja: '氏名のフィールド' },
  staffNetworks: { en: 'staff networks', ja: '職員のネットワーク' },
  changesList: {
    en: (what: string, from: string, to: string) => `changes ${what} from ${from} to ${to}`,
    ja: (what: string, from: string, to: string) => `${what}を ${from} から ${to} に変える`,
  },
  adds: {
    en: (what: string, name: string) => `adds ${what} ${name}`,
    ja: (what: string, name: string) => `${what} ${name} を追加する`,
  },
  changes: {
    en: (what: string, name: string) => `changes ${what} ${name}`,
    ja: (what: string, name: string) => `${what} ${name} を変える`,
  },
  removes: {
    en: (what: string, name: string) => `removes ${what} ${name}`,
    ja: (what: string, name: string) => `${what} ${name} を削除する`,
  },
  severityFloor: { en: 'severity floor', ja: '重大度の下限' },
  verdictRule: { en: 'verdict rule', ja: '判定ルール' },
  notificationChannel: { en: 'notification channel', ja: '通知チャネル' },
  playbook: { en: 'playbook', ja: 'プレイブック' },
  contextOf: { en: 'context of', ja: 'コンテキスト' },
  detections: { en: 'detections', ja: '検知ルール' },
  noRota: { en: 'removes the rota: nobody is on call', ja: '当番表を削除する: 当番がいなくなる' },
  rota: {
    en: (names: string) => `changes who is on call when; in turn: ${names}`,
    ja: (names: string) => `当番を変える。順番: ${names}`,
  },
  description: { en: 'changes the description of the organization', ja: '組織の説明を変える' },
  organization: { en: 'organization', ja: '組織名' },
  language: { en: 'language', ja: '言語' },
  timeZone: { en: 'time zone', ja: 'タイムゾーン' },
  joinWindow: { en: 'join window', ja: 'まとめる時間幅' },
  queue: { en: 'queue', ja: 'キュー' },
  kept: { en: 'kept', ja: 'あり' },
  notKept: { en: 'not kept', ja: 'なし' },
  mentions: { en: 'mentions', ja: 'メンション' },
  nobody: { en: 'nobody', ja: 'なし' },
  mentioned: {
    en: (people: string, severity: string) => `${people} from ${severity}`,
    ja: (people: string, severity: string) => `${severity} 以上で ${people}`,
  },
  onCall: { en: 'on call', ja: '当番' },
  takeWithin: {
    en: (severity: string, duration: string) => `from ${severity}, ${duration} to take it`,
    ja: (severity: string, duration: string) => `${severity} 以上、引き受けまで ${duration}`,
  },
  approveWithin: { en: 'time for an approval', ja: '承認の期限' },
  confirmWithin: { en: 'time without a second voice', ja: '2 人目の確認の期限' },
  budget: { en: 'budget', ja: '作成数の上限' },
  perHour: {
    en: (hour: number, minute: number) => `${hour} an hour, ${minute} a minute`,
    ja: (hour: number, minute: number) => `1 時間 ${hour} 件、1 分 ${minute} 件`,
  },
  placeholders: { en: 'placeholders', ja: 'プレースホルダー' },
});
