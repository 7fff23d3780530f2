import { messages } from './messages.ts';

/** The comment that answers a question. */
export const askWords = messages({
  asked: {
    en: (question: string, person: string) => `${question} (${person} asked)`,
    ja: (question: string, person: string) => `${question} (${person} の質問)`,
  },
  more: { en: (count: number) => `and ${count} more`, ja: (count: number) => `ほか ${count} 件` },
  nothing: {
    en: 'Nothing in the evidence of this incident answers it.',
    ja: 'このインシデントの証拠からは答えられません。',
  },
  couldNotSay: { en: (what: string) => `Could not say: ${what}.`, ja: (what: string) => `答えられないこと: ${what}。` },
});
