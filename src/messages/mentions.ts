import { messages } from './messages.ts';

/** What is said of people who are not mentioned. */
export const mentionWords = messages({
  crowded: {
    en: (most: number) => `Nobody is mentioned yet: ${most} incidents that nobody took call people already.`,
    ja: (most: number) =>
      `まだだれにもメンションしていません: 担当者のいないインシデント ${most} 件ですでに呼び出しています。`,
  },
  stillOpen: {
    en: (what: string) => `**Nobody took this yet:** ${what}. \`/take\` it.`,
    ja: (what: string) => `**まだだれも引き受けていません:** ${what}。\`/take\` してください。`,
  },
});
