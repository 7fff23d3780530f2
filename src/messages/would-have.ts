import { messages } from './messages.ts';

/** What a digest says in `mode: observe`: what Yagura would have done where its mode lets it. */
export const wouldHaveWords = messages({
  part: {
    en: (count: string) => `### What would have been done, were the mode not observe (${count})`,
    ja: (count: string) => `### observe でなければ行っていたこと(${count})`,
  },
  nothing: { en: 'nobody told, nothing proposed', ja: '通知も提案もなし' },
  told: { en: (who: string) => `told ${who}`, ja: (who: string) => `通知 ${who}` },
  onCall: { en: 'who is on call', ja: '当番' },
  channel: { en: (id: string) => `channel ${id}`, ja: (id: string) => `チャンネル ${id}` },
  proposed: { en: (what: string) => `proposed ${what}`, ja: (what: string) => `提案 ${what}` },
  ran: { en: (what: string) => `run by itself ${what}`, ja: (what: string) => `自動実行 ${what}` },
  action: {
    en: (action: string, target: string) => `${action} ${target}`,
    ja: (action: string, target: string) => `${action} ${target}`,
  },
});
