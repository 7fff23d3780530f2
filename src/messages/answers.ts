import { messages } from './messages.ts';

/** Answers of the commands about an incident as a whole. */
export const answerWords = messages({
  incidentIs: {
    en: (status: string) => `this incident is ${status}`,
    ja: (status: string) => `このインシデントは${status}です`,
  },
  isAlready: { en: (status: string) => `this is ${status} already`, ja: (status: string) => `すでに${status}です` },
  sayOneOf: {
    en: (list: string) => `say one of ${list}`,
    ja: (list: string) => `次のどれかを書いてください: ${list}`,
  },
  noted: { en: 'noted', ja: '記録しました' },

  adoptedAlready: { en: 'it is one already', ja: 'すでにインシデントです' },
  noReport: { en: 'its text could not be read as a report', ja: '本文を報告として読めませんでした' },
  adopt: { en: 'take this issue as an alert', ja: 'この Issue をアラートとして受け取る' },
  adopted: {
    en: 'what we see of it will stand in a comment below',
    ja: '分かったことは下のコメントに書きます',
  },

  askWhat: {
    en: 'ask something: `/ask did this host talk to anybody else?`',
    ja: '質問を書いてください: `/ask このホストはほかとも通信しましたか`',
  },
  ask: { en: 'ask', ja: '質問' },
  noModel: {
    en: 'no model is set up here; `/investigate` runs the checks of the playbook without one',
    ja: 'モデルが設定されていません。`/investigate` はモデルなしでプレイブックの調査を行います',
  },
  askLimit: {
    en: (limit: number) => `a question has at most ${limit} characters`,
    ja: (limit: number) => `質問は ${limit} 文字までです`,
  },
  askModel: { en: 'ask the model', ja: 'モデルに質問' },
  answerComes: { en: 'the answer will be a comment of its own', ja: '回答は別のコメントで書きます' },

  lookAgain: { en: 'look again', ja: '再調査' },
  resultAbove: {
    en: 'the result will stand in the issue above',
    ja: '結果は上の Issue に書きます',
  },
  focusUnread: {
    en: ', without the focus: no model is set up to read it',
    ja: '。モデルが設定されていないため、書かれた点は読まれません',
  },
  stop: { en: 'stop', ja: '停止' },
  noneAtWork: { en: 'no model is at work here', ja: '動いているモデルはありません' },
  stopModel: { en: 'stop the model', ja: 'モデルを停止' },
  stopped: {
    en: 'it begins nothing more; what it has found will stand in the issue above',
    ja: '新しい調査は始めません。分かったことは上の Issue に書きます',
  },

  verdictFirst: {
    en: (list: string) => `say what it is first: ${list}, then why`,
    ja: (list: string) => `先に判定、続けて理由を書いてください: ${list}`,
  },
  closeAs: {
    en: (verdict: string) => `close as ${verdict}`,
    ja: (verdict: string) => `${verdict} としてクローズ`,
  },
  sayWhy: {
    en: 'say why, so that the next one like it is faster',
    ja: '次の同じような件が早く済むように、理由を書いてください',
  },
  sayWhichIssue: {
    en: 'say of which issue: `/close dup #12`',
    ja: '重複先の Issue を書いてください: `/close dup #12`',
  },
  closed: { en: (why: string) => `closed; why: ${why}`, ja: (why: string) => `クローズしました。理由: ${why}` },
  stillActive: {
    en: (count: number) => `; ${count} task${count > 1 ? 's' : ''} stay active until their time is up or \`/undo\``,
    ja: (count: number) => `。タスク ${count} 件は、期限が来るか \`/undo\` されるまで有効です`,
  },
  reopenMerged: {
    en: 'its alerts are in another incident now; go on there',
    ja: 'アラートは別のインシデントに移りました。続きはそちらでお願いします',
  },
  isOpen: { en: 'it is open', ja: 'すでに開いています' },
  openAgain: { en: 'open again', ja: '再び開く' },
  verdictAgain: { en: 'its verdict is asked again', ja: '判定をあらためて求めます' },
  verdict: { en: (verdict: string) => `verdict ${verdict}`, ja: (verdict: string) => `判定 ${verdict}` },
  confirmed: { en: 'confirmed, not closed', ja: '確定しました。クローズはしていません' },
  why: { en: (why: string) => `; why: ${why}`, ja: (why: string) => `。理由: ${why}` },
  severity: { en: (severity: string) => `severity ${severity}`, ja: (severity: string) => `重大度 ${severity}` },
  severityWas: { en: (severity: string) => `was ${severity}`, ja: (severity: string) => `変更前は ${severity}` },

  untilWhen: {
    en: 'say until when: `/snooze 4h`, `/snooze 2026-03-02`',
    ja: 'いつまでかを書いてください: `/snooze 4h`、`/snooze 2026-03-02`',
  },
  until: { en: (time: string) => `until ${time}`, ja: (time: string) => `${time} まで` },
  tooFar: { en: 'that is not within the next 90 days', ja: '今から 90 日以内ではありません' },
  putOff: { en: (time: string) => `put off until ${time}`, ja: (time: string) => `${time} まで保留` },

  haveIt: { en: 'you have it already', ja: 'すでにあなたが担当しています' },
  hasThis: { en: (person: string) => `${person} has this`, ja: (person: string) => `${person} が担当` },
  takenOver: {
    en: (person: string) => `, taken over from ${person}`,
    ja: (person: string) => `。${person} から引き継ぎました`,
  },
  toWhom: {
    en: 'say to whom, then what they should know: `/handover hana look at web-02 too`',
    ja: '引き継ぐ相手、続けて伝えることを書いてください: `/handover hana web-02 も見てください`',
  },
  handOver: { en: (person: string) => `hand over to ${person}`, ja: (person: string) => `${person} に引き継ぐ` },
  hasIt: {
    en: (person: string) => `${person} has it already`,
    ja: (person: string) => `すでに ${person} が担当しています`,
  },
  couldNothing: {
    en: (person: string, holders: string) =>
      `${person} could do nothing with it: that needs the right analyst (${holders})`,
    ja: (person: string, holders: string) => `${person} には何もできません。analyst の権限が必要です (${holders})`,
  },
  cannotRead: {
    en: (who: string) => `${who} cannot read this repository`,
    ja: (who: string) => `${who} はこのリポジトリを読めません`,
  },
  isPart: {
    en: (person: string, entity: string) => `${person} is part of this incident as ${entity}: name somebody else`,
    ja: (person: string, entity: string) =>
      `${person} は ${entity} としてこのインシデントに関わっています。別の人を指定してください`,
  },
  from: { en: (person: string) => `from ${person}`, ja: (person: string) => `${person} から` },
  note: { en: (note: string) => `; note: ${note}`, ja: (note: string) => `。メモ: ${note}` },
  nothingWaits: {
    en: 'Nothing waits: no approval, no task, no question',
    ja: '残っていることはありません: 承認待ち、タスク、質問なし',
  },

  oneALine: { en: 'one command a line, at the start of the line', ja: 'コマンドは 1 行に 1 つ、行の先頭に書きます' },
  whoIsWhat: {
    en: 'Who is what, by policies/response.md:',
    ja: 'だれがどの権限か (policies/response.md による):',
  },
});
