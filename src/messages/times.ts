import { messages } from './messages.ts';

/** Units of lengths of time, behind a number. */
export const timesWords = messages({
  days: { en: (count: number) => `${count} d`, ja: (count: number) => `${count} 日` },
  hours: { en: (count: number) => `${count} h`, ja: (count: number) => `${count} 時間` },
  minutes: { en: (count: number) => `${count} min`, ja: (count: number) => `${count} 分` },
  seconds: { en: (count: number) => `${count} s`, ja: (count: number) => `${count} 秒` },
});
