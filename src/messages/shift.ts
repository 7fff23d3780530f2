import { messages } from './messages.ts';

/** What is handed from one person to the next. */
export const shiftWords = messages({
  title: {
    en: (from: string, to: string, count: number) => `Hand-over from ${from} to ${to}: ${count} open`,
    ja: (from: string, to: string, count: number) => `引き継ぎ: ${from} から ${to} へ、未解決 ${count} 件`,
  },
  nobody: { en: 'nobody', ja: '担当者なし' },
  youAre: {
    en: (login: string, until: string, because: string) => `@${login}, you are on call until ${until}, ${because}.`,
    ja: (login: string, until: string, because: string) =>
      `@${login} さん、${until} まであなたがオンコール担当です。理由: ${because}。`,
  },
  nobodyIs: { en: '**Nobody is on call now.**', ja: '**現在、オンコール担当者はいません。**' },
  had: {
    en: (person: string) => `${person} had, or was asked to take:`,
    ja: (person: string) => `${person} が担当していたもの、または依頼されていたもの:`,
  },
  more: { en: (count: number) => `and ${count} more`, ja: (count: number) => `ほか ${count} 件` },
  stays: {
    en: 'Each stays with who has it until somebody types `/take` there. Close this issue when you have read it.',
    ja: 'だれかがそこで `/take` するまで、担当者は変わりません。読み終えたら、この Issue をクローズしてください。',
  },
  incident: {
    en: (title: string, severity: string, since: string, until: string | undefined) =>
      `${title}, severity ${severity}, since ${since}${until === undefined ? '' : `, put off until ${until}`}`,
    ja: (title: string, severity: string, since: string, until: string | undefined) =>
      `${title}、重大度 ${severity}、${since} から${until === undefined ? '' : `、${until} まで保留`}`,
  },
  nobodyHas: { en: '; nobody has it', ja: '。担当者なし' },
  has: { en: (person: string) => `; ${person} has it`, ja: (person: string) => `。担当 ${person}` },

  waits: {
    en: (what: string, asked: string, approved: string) =>
      `Waits for approval: ${what}, asked by ${asked}${approved === '' ? '' : `, approved by ${approved}`}`,
    ja: (what: string, asked: string, approved: string) =>
      `承認待ち: ${what}、依頼 ${asked}${approved === '' ? '' : `、承認 ${approved}`}`,
  },
  wanted: {
    en: (action: string, target: string) => `${action} ${target}`,
    ja: (action: string, target: string) => `${target} を ${action}`,
  },
  proposed: {
    en: (ids: string) => `Proposed, not answered: ${ids}`,
    ja: (ids: string) => `提案済み、未回答: ${ids}`,
  },
  runsOut: {
    en: (time: string, task: string) => `Runs out ${time}: ${task}`,
    ja: (time: string, task: string) => `${time} に期限切れ: ${task}`,
  },
  unanswered: {
    en: (question: string, who: string) => `Unanswered: ${question}${who === '' ? '' : ` (${who})`}`,
    ja: (question: string, who: string) => `未回答: ${question}${who === '' ? '' : ` (${who})`}`,
  },
  theModel: { en: 'the model', ja: 'モデル' },
  moreLikeIt: {
    en: (count: number) => `and ${count} more like it`,
    ja: (count: number) => `同様のものがほか ${count} 件`,
  },
});
