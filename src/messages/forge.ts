import { messages } from './messages.ts';

/** What GitHub said no to, or that it said nothing: in its own words behind ours. */
export const forgeWords = messages({
  answered: {
    en: (status: number, said: string) => `GitHub answered ${status}: ${said}`,
    ja: (status: number, said: string) => `GitHub の応答は ${status} でした: ${said}`,
  },
  noAnswer: {
    en: (why: string) => `GitHub did not answer: ${why}`,
    ja: (why: string) => `GitHub から応答がありません: ${why}`,
  },
  moved: {
    en: (status: number) => `GitHub answered ${status}: it has moved.`,
    ja: (status: number) => `GitHub の応答は ${status} でした。移動されています。`,
  },
  notUnderstood: {
    en: (where: string) => `GitHub answered in a shape not understood (${where}).`,
    ja: (where: string) => `GitHub の応答の形式を解釈できません (${where})。`,
  },
  notInstalled: {
    en: (repository: string) => `The app is not installed on ${repository}.`,
    ja: (repository: string) => `${repository} にアプリがインストールされていません。`,
  },
});
