import { messages } from './messages.ts';

/** Verdicts as a person reads them, by id: `verdictWords(language)[verdict]`. */
export const verdictWords = messages({
  'not-assessed': { en: 'not assessed', ja: '未評価' },
  'false-positive': { en: 'false positive', ja: '誤検知' },
  'true-positive': { en: 'true positive', ja: '正検知' },
  disregard: { en: 'disregard', ja: '対応不要' },
  suspicious: { en: 'suspicious', ja: '不審' },
  benign: { en: 'benign', ja: '無害' },
  test: { en: 'test', ja: 'テスト' },
  'insufficient-data': { en: 'insufficient data', ja: '情報不足' },
  'security-risk': { en: 'security risk', ja: 'セキュリティリスク' },
  'managed-externally': { en: 'managed externally', ja: '外部で対応' },
  duplicate: { en: 'duplicate', ja: '重複' },
});
