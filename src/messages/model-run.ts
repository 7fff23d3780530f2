import { messages } from './messages.ts';

/** By which models a text was written, and for how much. Numbers come in as they are shown. */
export const modelRunWords = messages({
  takenOut: {
    en: (count: string) => `${count} sentence${count === '1' ? '' : 's'} taken out`,
    ja: (count: string) => `${count} 文を除外`,
  },
  title: { en: (cost: string) => `Model: ${cost}`, ja: (cost: string) => `モデル: ${cost}` },
  requests: {
    en: (count: string) => `${count} request${count === '1' ? '' : 's'}`,
    ja: (count: string) => `要求 ${count} 回`,
  },
  noAnswer: { en: '- No model answered.', ja: '- 応答したモデルはありません。' },
  tokens: {
    en: (input: string, cached: string, output: string) => `${input} tokens in, ${cached} cached, ${output} out`,
    ja: (input: string, cached: string, output: string) =>
      `入力 ${input} トークン、キャッシュ ${cached}、出力 ${output}`,
  },
  prompts: { en: (names: string) => `- prompts: ${names}`, ja: (names: string) => `- プロンプト: ${names}` },
  noPrice: { en: 'no price known', ja: '料金不明' },
  cheap: { en: 'less than $0.001', ja: '$0.001 未満' },
});
