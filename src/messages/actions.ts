import { messages } from './messages.ts';

/** Answers of the commands that let something happen outside, or take it back. */
export const actionWords = messages({
  act: {
    en: (action: string, target: string, resources: string) => `${action} ${target} on ${resources}`,
    ja: (action: string, target: string, resources: string) => `${resources} で ${target} を ${action}`,
  },
  actFor: {
    en: (action: string, target: string, resources: string, time: string) =>
      `${action} ${target} on ${resources} for ${time}`,
    ja: (action: string, target: string, resources: string, time: string) =>
      `${resources} で ${target} を ${time} ${action}`,
  },
  defanged: { en: ' (written defanged)', ja: ' (無害化表記から復元)' },
  nothing: { en: '(nothing)', ja: '(なし)' },
  isAlready: { en: (status: string) => `it is ${status} already`, ja: (status: string) => `すでに${status}です` },
  noRecommendation: {
    en: 'there is no recommendation of that number here',
    ja: 'その番号の推奨対応はここにありません',
  },
  noTask: { en: 'there is no task of that number here', ja: 'その番号のタスクはここにありません' },
  notHere: {
    en: (why: string) => `it cannot be done here: ${why}`,
    ja: (why: string) => `ここでは実行できません: ${why}`,
  },
  noConnector: {
    en: (action: string) => `no connector loaded here can ${action}`,
    ja: (action: string) => `${action} を行えるコネクターがここにはありません`,
  },
  dryRun: {
    en: (because: string, would: string, until: string) =>
      `dry run only, by ${because}: nothing was done; it would ${would}, until ${until}`,
    ja: (because: string, would: string, until: string) =>
      `ドライランのみです (${because})。何も行っていません。実行する場合の内容: ${would} (${until} まで)`,
  },
  noResource: { en: 'no such resource in the policy', ja: 'ポリシーにないリソース' },
  connector: { en: (name: string) => `connector ${name}`, ja: (name: string) => `コネクター ${name}` },

  sayWhich: {
    en: 'say which: `/approve R1` or `/approve all`',
    ja: 'どれを承認するか書いてください: `/approve R1` または `/approve all`',
  },
  allShown: { en: 'all that was shown when you wrote', ja: '書かれた時点で表示されていたものすべて' },
  nothingThen: { en: 'nothing was recommended then', ja: 'その時点で推奨対応はありませんでした' },
  approve: { en: (what: string) => `approve ${what}`, ja: (what: string) => `承認 ${what}` },
  ruleGone: {
    en: (rule: string) => `rule ${rule} of the policy in force does not allow it any more`,
    ja: (rule: string) => `現在のポリシーのルール ${rule} では許可されなくなりました`,
  },
  ruleMoved: {
    en: (rule: string) => `rule ${rule} of the policy in force does not mean this target here any more`,
    ja: (rule: string) => `現在のポリシーのルール ${rule} は、この対象に当てはまらなくなりました`,
  },
  ruleShorter: {
    en: (rule: string, most: string, asked: string) =>
      `rule ${rule} allows ${most} at most now, and this is for ${asked}`,
    ja: (rule: string, most: string, asked: string) =>
      `現在のルール ${rule} で許可されるのは ${most} までで、これは ${asked} です`,
  },
  askAnother: {
    en: (because: string, others: string) => `${because}; ask another of ${others}`,
    ja: (because: string, others: string) => `${because}。ほかの人に依頼してください: ${others}`,
  },
  heard: {
    en: (missing: number, because: string) =>
      `heard; ${missing} more ${missing === 1 ? 'person' : 'people'} needed: ${because}`,
    ja: (missing: number, because: string) => `受け付けました。あと ${missing} 人の承認が必要です: ${because}`,
  },
  replacedBy: {
    en: (id: string) => `it was replaced by ${id}; approve that one`,
    ja: (id: string) => `${id} に置き換えられました。そちらを承認してください`,
  },
  replaced: {
    en: 'it was replaced by another; approve that one',
    ja: '別のものに置き換えられました。そちらを承認してください',
  },
  notShown: {
    en: 'GitHub had not shown it yet when you wrote; read it in the issue and approve again',
    ja: '書かれた時点では GitHub にまだ表示されていませんでした。Issue で内容を読んでから、もう一度承認してください',
  },
  notWhatWasShown: {
    en: 'what is stored is not what was shown; nothing was done, and the ledger has both',
    ja: '保存されている内容が表示された内容と違います。何も行っていません。両方が台帳にあります',
  },
  neverBlock: {
    en: (entry: string) => `${entry} is on the never-block list`,
    ja: (entry: string) => `${entry} はブロック禁止リストにあります`,
  },
  approvedAlready: { en: 'you approved it already', ja: 'すでにあなたが承認しています' },
  approvedOf: {
    en: (approved: number, all: number) => `${approved} of ${all} approved`,
    ja: (approved: number, all: number) => `${all} 件中 ${approved} 件を承認`,
  },
  not: { en: (line: string) => `not ${line}`, ja: (line: string) => `見送り: ${line}` },

  reject: { en: (id: string) => `reject ${id}`, ja: (id: string) => `却下 ${id}` },
  undo: { en: (what: string) => `undo ${what}`, ja: (what: string) => `取り消し ${what}` },
  underWay: { en: 'that is under way', ja: '取り消しの途中です' },
  movedOn: {
    en: 'it moved on just now; look at it and try again',
    ja: '今ちょうど状態が変わりました。確認してからもう一度実行してください',
  },
  unblock: { en: (target: string) => `unblock ${target}`, ja: (target: string) => `ブロック解除 ${target}` },
  notBlocked: { en: 'nothing of ours blocks it', ja: 'Yagura によるブロックはありません' },
  oneMovedOn: {
    en: 'one of its tasks moved on just now; try again',
    ja: 'タスクの 1 つが今ちょうど変わりました。もう一度実行してください',
  },
  elsewhereToo: {
    en: (count: number) => `${count} task${count > 1 ? 's' : ''} of other incidents too`,
    ja: (count: number) => `ほかのインシデントのタスク ${count} 件も取り消します`,
  },
  staysBlocked: {
    en: (count: number) =>
      `${count} task${count > 1 ? 's' : ''} of other issue repositories stay${count > 1 ? '' : 's'}: that is for somebody with the right there`,
    ja: (count: number) => `ほかの Issue リポジトリのタスク ${count} 件は残ります: そちらで権限のある人が取り消せます`,
  },
  staysTheirs: {
    en: (count: number) =>
      `${count} task${count > 1 ? 's' : ''} of incidents you are part of stay${count > 1 ? '' : 's'}: somebody else decides there`,
    ja: (count: number) => `あなたが関わっているインシデントのタスク ${count} 件は残ります: 判断は別の人が行います`,
  },
  unblockAsked: {
    en: (person: string) => `unblock asked by ${person}`,
    ja: (person: string) => `${person} がブロック解除を依頼`,
  },
  undoAsked: {
    en: (person: string) => `undo asked by ${person}`,
    ja: (person: string) => `${person} が取り消しを依頼`,
  },
});
