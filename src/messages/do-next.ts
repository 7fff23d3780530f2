import { messages } from './messages.ts';

/** What to type now, and what was done. */
export const doNextWords = messages({
  title: { en: '**Do next**', ja: '**次の対応**' },
  titleFor: {
    en: (who: string) => `**Do next** (${who})`,
    ja: (who: string) => `**次の対応** (${who})`,
  },
  aResponder: { en: 'a responder', ja: 'responder 権限の人' },
  take: { en: '- `/take` if you have this', ja: '- `/take`: 担当する場合' },
  whenNothing: { en: '`/close fp <why>` when it is nothing', ja: '`/close fp <理由>`: 問題なしの場合' },
  whenDealt: { en: '`/close tp <why>` when it is dealt with', ja: '`/close tp <理由>`: 対応が済んだ場合' },
  whenNotOurs: {
    en: '`/close fp <why>` when it does not concern us',
    ja: '`/close fp <理由>`: 自組織に関係しない場合',
  },
  whenAgreed: {
    en: (verdict: string) => `\`/close ${verdict} <why>\` when you agree`,
    ja: (verdict: string) => `\`/close ${verdict} <理由>\`: 同意する場合`,
  },
  all: { en: 'All: `/approve all`', ja: 'すべて: `/approve all`' },
  notRight: {
    en: (id: string) => `Not right: \`/reject ${id} <why>\``,
    ja: (id: string) => `不適切なら: \`/reject ${id} <理由>\``,
  },
  later: { en: 'Later: `/snooze 4h`', ja: '後で: `/snooze 4h`' },
  more: { en: 'More: `/help`', ja: 'ほか: `/help`' },
  nothing: {
    en: '- nothing: it opens again by itself when its source says so',
    ja: '- なし: 検知元が再び報告すると自動で再オープンします',
  },
  reopen: { en: '- `/reopen` if this is not over', ja: '- `/reopen`: まだ終わっていない場合' },
  whatWasIt: {
    en: '- `/verdict fp <why>` or `/verdict tp <why>`: what was it?',
    ja: '- `/verdict fp <理由>` または `/verdict tp <理由>`: 何だったかを記録',
  },
  moreOf: {
    en: (count: number, ids: string) => `- and ${count} more: ${ids}`,
    ja: (count: number, ids: string) => `- ほか ${count} 件: ${ids}`,
  },
  dryRun: { en: '(dry run only)', ja: '(ドライランのみ)' },
  what: {
    en: (action: string, target: string, on: string, time: string) => `${action} ${target} on ${on} for ${time}`,
    ja: (action: string, target: string, on: string, time: string) => `${on} で ${target} を ${time} ${action}`,
  },
  asked: { en: (person: string) => `(asked by ${person})`, ja: (person: string) => `(${person} の依頼)` },
  approved: {
    en: (people: string) => `(approved by ${people}, one more needed)`,
    ja: (people: string) => `(${people} が承認済み、あと 1 人必要)`,
  },
  shownIn: {
    en: (target: string, resources: string, repositories: string) =>
      `Everybody who reads ${repositories} will see ${target} in the list of ${resources}.`,
    ja: (target: string, resources: string, repositories: string) =>
      `${repositories} を読める人全員に、${resources} のリストの ${target} が見えます。`,
  },
  whoCan: {
    en: (people: string, until: string) => `(${people} can, until ${until})`,
    ja: (people: string, until: string) => `(承認できる人: ${people}、期限 ${until})`,
  },
  task: {
    en: (id: string, action: string, target: string, on: string) => `${id} ${action} ${target} on ${on}`,
    ja: (id: string, action: string, target: string, on: string) => `${id} ${on} で ${target} を ${action}`,
  },
  taskVerified: { en: 'verified', ja: '検証済み' },
  taskUntil: { en: (time: string) => `until ${time}`, ja: (time: string) => `期限 ${time}` },
  taskAskedBy: { en: (person: string) => `asked by ${person}`, ja: (person: string) => `依頼 ${person}` },
  taskApprovedBy: { en: (people: string) => `approved by ${people}`, ja: (people: string) => `承認 ${people}` },
  taskUndo: { en: (id: string) => `undo with \`/undo ${id}\``, ja: (id: string) => `取り消しは \`/undo ${id}\`` },
  taskSaw: {
    en: (line: string, detail: string) => `${line}. ${detail}`,
    ja: (line: string, detail: string) => `${line}。${detail}`,
  },
  modelNow: {
    en: (because: string) => `The model would do this now: ${because}.`,
    ja: (because: string) => `モデルは今すぐの実施を勧めています: ${because}。`,
  },
  modelWait: {
    en: (because: string) => `The model would wait: ${because}.`,
    ja: (because: string) => `モデルは待つことを勧めています: ${because}。`,
  },
  next: { en: (step: string) => `Next: ${step}.`, ja: (step: string) => `次の対応: ${step}。` },
  nextClose: { en: '`/close benign <why>` when you agree', ja: '`/close benign <理由>` (同意する場合)' },
  nextJudge: { en: '`/take` and judge for yourself', ja: '`/take` して自分で判断してください' },
  nextTake: { en: '`/take` if you have this', ja: '`/take` (担当する場合)' },
  nextApprove: {
    en: (id: string, action: string, target: string, dry: boolean, waits: boolean) =>
      `\`/approve ${id}\` to ${action} ${target}${dry ? ' (dry run only)' : ''}${waits ? ', though the model would wait' : ''}`,
    ja: (id: string, action: string, target: string, dry: boolean, waits: boolean) =>
      `\`/approve ${id}\` で ${target} を ${action}${dry ? ' (ドライランのみ)' : ''}${waits ? '。ただしモデルは待つことを勧めています' : ''}`,
  },
});
