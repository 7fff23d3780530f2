import { messages } from './messages.ts';

/** What we answer to a comment with commands. */
export const receiptWords = messages({
  received: { en: 'received', ja: '受け付けました' },
  commands: {
    en: (person: string, count: number) => `${person}, ${count} commands:`,
    ja: (person: string, count: number) => `${person} さん、コマンド ${count} 件:`,
  },
});
