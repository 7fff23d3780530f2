import { messages } from './messages.ts';

/** Who is asked to take an incident, and why them. */
export const onCallWords = messages({
  youAre: {
    en: (who: string) => `${who}, you are on call`,
    ja: (who: string) => `${who} さん、あなたがオンコール担当です`,
  },
  notTaken: {
    en: (who: string, last: string, time: string) => `${who}, ${last} did not take this in ${time}`,
    ja: (who: string, last: string, time: string) => `${who} さん、${last} が ${time}以内に引き受けませんでした`,
  },
  takeIt: {
    en: (why: string, what: string, time: string, then: string) =>
      `**${why}:** ${what}. \`/take\` it by ${time}; ${then}.`,
    ja: (why: string, what: string, time: string, then: string) =>
      `**${why}:** ${what}。${time} までに \`/take\` してください。${then}。`,
  },
  what: {
    en: (title: string, severity: string) => `${title}, severity ${severity}`,
    ja: (title: string, severity: string) => `${title}、重大度 ${severity}`,
  },
  nobodyElse: { en: 'nobody else can be asked', ja: 'ほかに依頼できる人はいません' },
  next: { en: (who: string) => `${who} is asked next`, ja: (who: string) => `次は ${who} に依頼します` },
  because: {
    en: (because: string, severity: string) => `<sub>on call ${because}; asked from severity ${severity} up</sub>`,
    ja: (because: string, severity: string) =>
      `<sub>オンコールの理由: ${because}。重大度 ${severity} 以上で依頼します</sub>`,
  },
  nobodyTook: {
    en: (what: string, asked: string) =>
      `**Nobody took this:** ${what}. Asked: ${asked}; nobody more is. Whoever reads this: \`/take\`.`,
    ja: (what: string, asked: string) =>
      `**だれも引き受けていません:** ${what}。依頼した人: ${asked}。これ以上の依頼はしません。これを読んだ人は \`/take\` してください。`,
  },
  nobodyAsked: {
    en: (what: string, why: string) =>
      `**Nobody was asked to take this:** ${what}. ${why}: somebody else has to \`/take\` it.`,
    ja: (what: string, why: string) =>
      `**だれにも依頼していません:** ${what}。${why}。ほかの人が \`/take\` してください。`,
  },
  noneReads: {
    en: 'Of the people on call none can read this repository',
    ja: 'オンコールの担当者に、このリポジトリを読める人がいません',
  },
  allPart: {
    en: 'All people on call are part of this incident themselves',
    ja: 'オンコールの担当者は全員、このインシデントの関係者です',
  },
  noneLeft: {
    en: 'All people on call are part of this incident themselves, or cannot read this repository',
    ja: 'オンコールの担当者は全員、このインシデントの関係者か、このリポジトリを読めない人です',
  },

  byTurn: { en: (place: string) => `by turn (${place})`, ja: (place: string) => `当番の順番 (${place})` },
  inPlace: {
    en: (place: string, why: string) => `in place of the rotation (${place})${why === '' ? '' : `: ${why}`}`,
    ja: (place: string, why: string) => `当番の変更 (${place})${why === '' ? '' : `: ${why}`}`,
  },
  standIn: {
    en: (login: string, place: string) => `for ${login}, who is away (${place})`,
    ja: (login: string, place: string) => `不在の ${login} の代わり (${place})`,
  },
});
