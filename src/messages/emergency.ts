import { messages } from './messages.ts';

/** What one person on call let run alone. */
export const emergencyWords = messages({
  what: {
    en: (action: string, target: string, resources: string) => `${action} ${target} on ${resources}`,
    ja: (action: string, target: string, resources: string) => `${resources} で ${target} を ${action}`,
  },
  alone: {
    en: (until: string, why: string) => `alone, in an emergency, without a second voice until ${until}; why: ${why}`,
    ja: (until: string, why: string) => `緊急時の単独承認(${until} まで二人目の承認なし)、理由: ${why}`,
  },
  told: {
    en: (who: string, by: string, id: string, what: string) => `🚨 ${who}**${by} runs ${id} alone:** ${what}`,
    ja: (who: string, by: string, id: string, what: string) =>
      `🚨 ${who}**${by} さんが ${id} を単独で実行します:** ${what}`,
  },
  why: { en: (why: string) => `Why: ${why}.`, ja: (why: string) => `理由: ${why}。` },
  untilConfirmed: {
    en: (until: string, who: string, id: string, whole: string) =>
      `It is taken back at ${until} unless ${who} types \`/approve ${id}\`; then it runs for ${whole} in all.`,
    ja: (until: string, who: string, id: string, whole: string) =>
      `${who} が \`/approve ${id}\` を入力しなければ、${until} に取り消されます。承認されれば合計 ${whole} 続きます。`,
  },
  nobodyToConfirm: {
    en: (until: string) => `It is taken back at ${until}: nobody else can confirm it.`,
    ja: (until: string) => `承認できる人がほかにいないため、${until} に取り消されます。`,
  },
  endNow: {
    en: (commands: string) => `To end it now: ${commands}.`,
    ja: (commands: string) => `今すぐ終えるには: ${commands}。`,
  },
  takenBack: {
    en: (id: string, by: string, from: string, until: string, what: string) =>
      `↩️ **${id} is taken back:** ${by} ran it alone at ${from}, and nobody confirmed it by ${until}: ${what}.`,
    ja: (id: string, by: string, from: string, until: string, what: string) =>
      `↩️ **${id} を取り消します:** ${by} さんが ${from} に単独で実行しましたが、${until} までに承認がありませんでした: ${what}。`,
  },
  openAgain: {
    en: (id: string) => `${id} is open as before, and takes two people now.`,
    ja: (id: string) => `${id} は元どおり承認待ちで、今度は二人の承認が必要です。`,
  },
  toConfirm: {
    en: (id: string, by: string, what: string, until: string, who: string) =>
      `- \`/approve ${id}\` confirms what ${by} runs alone: ${what}, **without a second voice until ${until}** (${who} can)`,
    ja: (id: string, by: string, what: string, until: string, who: string) =>
      `- \`/approve ${id}\` で ${by} さんの単独実行を承認: ${what}、**${until} まで二人目の承認なし**(承認できる人: ${who})`,
  },
  without: { en: ', without a second voice', ja: '、二人目の承認なし' },
  confirmed: {
    en: (by: string, until: string) => `second voice for what ${by} began alone; it runs on until ${until}`,
    ja: (by: string, until: string) => `${by} さんの単独実行への二人目の承認、${until} まで続きます`,
  },
  stillToConfirm: {
    en: (id: string, until: string) =>
      `; ${id} runs on the word of one person until ${until}, and \`/approve ${id}\` confirms it here still`,
    ja: (id: string, until: string) =>
      `。${id} は ${until} まで一人の判断で実行中です。クローズ後も \`/approve ${id}\` で承認できます`,
  },
  oneAtATime: {
    en: 'in an emergency one at a time, with the reason: `/approve R1 emergency <why>`',
    ja: '緊急時は 1 件ずつ、理由を付けて入力してください: `/approve R1 emergency <why>`',
  },
  sayWhy: {
    en: (id: string) => `say why: \`/approve ${id} emergency <why>\``,
    ja: (id: string) => `理由を書いてください: \`/approve ${id} emergency <why>\``,
  },
  notMarked: {
    en: (rule: string) => `rule ${rule} lets nobody run it alone (\`emergency: true\` in policies/response.md would)`,
    ja: (rule: string) =>
      `ルール ${rule} では単独実行が認められていません(policies/response.md の \`emergency: true\` が必要です)`,
  },
  notOnCall: {
    en: (who: string) => `only who is on call runs it alone: ${who} now`,
    ja: (who: string) => `単独で実行できるのはオンコール担当者だけです: 現在は ${who}`,
  },
  nobodyOnCall: {
    en: 'only who is on call runs it alone, and nobody is on call now',
    ja: '単独で実行できるのはオンコール担当者だけですが、現在オンコール担当者がいません',
  },
  once: {
    en: 'it ran on the word of one person before; now it takes two',
    ja: '以前に一人の判断で実行されています。今回は二人の承認が必要です',
  },
  over: {
    en: (until: string) => `its time without a second voice ended at ${until}, so it is being taken back`,
    ja: (until: string) => `二人目の承認の期限(${until})を過ぎたため、取り消されます`,
  },
  notConfirmed: { en: 'nobody confirmed it in time', ja: '期限までに二人目の承認がありませんでした' },
  nothingHolds: {
    en: 'nothing of it holds any more',
    ja: '実行中のものはもうありません',
  },
});
