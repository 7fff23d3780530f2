import { messages } from './messages.ts';

/** What is said of a task: why it ended, what it waits for. */
export const taskWords = messages({
  ended: {
    en: (id: string, status: string) => `**${id} ${status}.**`,
    ja: (id: string, status: string) => `**${id} ${status}。**`,
  },
  neverBlock: {
    en: (entry: string) => `${entry} is on the never-block list now`,
    ja: (entry: string) => `${entry} はブロック禁止リストに入りました`,
  },
  byMode: {
    en: (mode: string) => `mode ${mode} in yagura.md lets nothing run now`,
    ja: (mode: string) => `yagura.md の mode (${mode}) により、今は何も実行しません`,
  },
  over: {
    en: 'its time was over before it could be done',
    ja: '実行する前に期限が過ぎました',
  },
  notSeen: {
    en: (seen: string) => `applied, but not seen there: ${seen}`,
    ja: (seen: string) => `適用しましたが、適用先で確認できません: ${seen}`,
  },
  heldBy: {
    en: (reference: string) => `still held by ${reference}`,
    ja: (reference: string) => `${reference} により継続中`,
  },
  heldElsewhere: {
    en: 'still held by a task in a restricted repository',
    ja: '閲覧制限のあるリポジトリのタスクにより継続中',
  },
  tryAgain: { en: (why: string) => `will try again: ${why}`, ja: (why: string) => `再試行します: ${why}` },
  mayHold: {
    en: (why: string) => `could not be taken back, so it may still hold: ${why}`,
    ja: (why: string) => `取り消せませんでした。まだ有効な可能性があります: ${why}`,
  },
});
