import { messages } from './messages.ts';

/** How soon somebody should look. */
export const urgencyWords = messages({
  now: { en: 'Look now.', ja: '今すぐ確認してください。' },
  today: { en: 'Look today.', ja: '今日中に確認してください。' },
  thisWeek: { en: 'Look this week.', ja: '今週中に確認してください。' },
  later: { en: 'Can wait for working hours.', ja: '営業時間まで待てます。' },
});
