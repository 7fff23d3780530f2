import { messages } from './messages.ts';

/** What is said of an approval that is waited for. */
export const approvalWords = messages({
  reminder: {
    en: (id: string, until: string, what: string, approvers: string) =>
      `**${id} waits for approval until ${until}:** ${what}. ${approvers} can type \`/approve ${id}\` or \`/reject ${id}\`.`,
    ja: (id: string, until: string, what: string, approvers: string) =>
      `**${id} は ${until} まで承認を待っています:** ${what}。承認できる人: ${approvers}。\`/approve ${id}\` または \`/reject ${id}\` と書いてください。`,
  },
  ranOut: {
    en: (id: string, people: string, time: string, what: string) =>
      `**The approval of ${id} by ${people} ran out:** nobody joined it within ${time}. ${id} is open as before: ${what}.`,
    ja: (id: string, people: string, time: string, what: string) =>
      `**${people} による ${id} の承認は期限切れになりました:** ${time}以内にほかの承認がありませんでした。${id} は元どおり承認できます: ${what}。`,
  },
  expired: {
    en: (id: string, time: string, what: string) =>
      `**${id} expired:** nobody approved it within ${time}: ${what}. If it is still wanted, ask again.`,
    ja: (id: string, time: string, what: string) =>
      `**${id} は期限切れになりました:** ${time}以内に承認されませんでした: ${what}。まだ必要であれば、もう一度依頼してください。`,
  },
  askedBy: { en: (person: string) => `, asked by ${person}`, ja: (person: string) => `、依頼 ${person}` },
});
