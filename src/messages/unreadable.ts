import { messages } from './messages.ts';

/** Why a record cannot be read as what it was sent for. */
export const unreadableWords = messages({
  noSource: {
    en: (source: string) => `there is no source "${source}"`,
    ja: (source: string) => `ソース "${source}" はありません`,
  },
  noAlert: { en: 'the record holds no alert', ja: 'レコードにアラートがありません' },
  cannotBeStored: { en: 'the record cannot be stored', ja: 'レコードを保存できません' },
  auditd: {
    en: 'This is not a line of audit.log: it has no type=… msg=audit(…).',
    ja: 'audit.log の行ではありません。type=… msg=audit(…) がありません。',
  },
  cloudtrail: {
    en: 'This holds no CloudTrail event: nothing in it has an eventName and an eventSource.',
    ja: 'CloudTrail のイベントがありません。eventName と eventSource を持つものがありません。',
  },
  falco: {
    en: 'This is not a Falco alert: it has no rule name in `rule`.',
    ja: 'Falco のアラートではありません。`rule` にルール名がありません。',
  },
  notObject: {
    en: 'A generic alert is a JSON object; this is something else.',
    ja: '汎用のアラートは JSON オブジェクトですが、これは違います。',
  },
  noTitle: {
    en: (names: string) => `A generic alert needs a title: text in one of ${names}.`,
    ja: (names: string) => `汎用のアラートにはタイトルが必要です。${names} のいずれかにテキストを入れてください。`,
  },
  github: {
    en: 'This is not the body of a webhook of GitHub that is read as an alert.',
    ja: 'アラートとして読み取る GitHub の Webhook の本文ではありません。',
  },
  guardduty: {
    en: 'This holds no GuardDuty finding: nothing in it has an id and a type.',
    ja: 'GuardDuty の検出結果がありません。id と type を持つものがありません。',
  },
  report: {
    en: 'This is not an issue: it has no number.',
    ja: 'Issue ではありません。番号がありません。',
  },
  webAccess: {
    en: 'This is no line of an access log in the common or combined format, nor one as JSON.',
    ja: 'common または combined 形式のアクセスログの行でも、JSON の行でもありません。',
  },
  windows: {
    en: 'This is not a Windows event: it has no event id together with a channel or a provider.',
    ja: 'Windows のイベントではありません。イベント ID と、チャネルまたはプロバイダーの両方がそろっていません。',
  },
});
