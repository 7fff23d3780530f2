import { messages } from './messages.ts';

/** What is said of people who are not mentioned. */
export const mentionWords = messages({
  crowded: {
    en: (most: number) => `Nobody is mentioned here: ${most} incidents that nobody took call people already.`,
    ja: (most: number) =>
      `ここではだれにもメンションしません: 担当者のいないインシデント ${most} 件ですでに呼び出しています。`,
  },
});
