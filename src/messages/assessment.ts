import type { Confidence } from '../domain/assessment.ts';
import { messages } from './messages.ts';

const confidenceInJapanese: Record<Confidence, string> = { low: '低', medium: '中', high: '高' };

/** What a model makes of an incident. */
export const assessmentWords = messages({
  likely: { en: (verdict: string) => `likely ${verdict}`, ja: (verdict: string) => `おそらく${verdict}` },
  confidence: {
    en: (said: string, confidence: Confidence) => `${said} (${confidence} confidence)`,
    ja: (said: string, confidence: Confidence) => `${said} (確度: ${confidenceInJapanese[confidence]})`,
  },
  notEnough: { en: 'the evidence is not enough', ja: '証拠が足りません' },
  judge: {
    en: (said: string) => `Judge for yourself, the model says ${said}`,
    ja: (said: string) => `自分で判断してください。モデルの判定: ${said}`,
  },
  disagrees: {
    en: (said: string) => `**The model disagrees: ${said}.**`,
    ja: (said: string) => `**モデルの見解は異なります: ${said}。**`,
  },
  likeliestReading: {
    en: (said: string) => `**Assessment** (likeliest reading): ${said}`,
    ja: (said: string) => `**見立て** (最も有力な仮説): ${said}`,
  },
  undecidedReading: {
    en: (said: string) => `**Assessment** (likeliest reading, not decided): ${said}`,
    ja: (said: string) => `**見立て** (最も有力な仮説、未確定): ${said}`,
  },
  modelSays: {
    en: (verdict: string) => `The model says ${verdict}.`,
    ja: (verdict: string) => `モデルの判定: ${verdict}。`,
  },
  why: { en: (because: string) => `Why: ${because}.`, ja: (because: string) => `理由: ${because}。` },
  raise: {
    en: (severity: string) => `- \`/severity ${severity}\` is what the model proposes`,
    ja: (severity: string) => `- モデルの提案は \`/severity ${severity}\``,
  },
  lower: {
    en: (to: string, from: string) => `- The model would call the severity ${to}, below ${from}`,
    ja: (to: string, from: string) => `- モデルは重大度を ${from} より低い ${to} と見ています`,
  },
  forAndAgainst: { en: '**What speaks for and against it**', ja: '**裏付けと反証**' },
  for: { en: (text: string) => `For: ${text}`, ja: (text: string) => `裏付け: ${text}` },
  against: { en: (text: string) => `Against: ${text}`, ja: (text: string) => `反証: ${text}` },
  asAbove: { en: '**The likeliest**, as said above', ja: '**最も有力な仮説** (上記)' },
  harmlessAbove: {
    en: '**The likeliest** (harmless), as said above',
    ja: '**最も有力な仮説** (無害、上記)',
  },
  harmless: { en: (said: string) => `**Harmless**: ${said}`, ja: (said: string) => `**無害**: ${said}` },
  or: { en: (said: string) => `**Or**: ${said}`, ja: (said: string) => `**または**: ${said}` },
  moreOnLikeliest: { en: '- More on the likeliest', ja: '- 最も有力な仮説の続き' },
  moreOn: { en: (which: string) => `- More on ${which}`, ja: (which: string) => `- 続き: ${which}` },
  affected: { en: (assets: string) => `**Affected:** ${assets}`, ja: (assets: string) => `**影響範囲:** ${assets}` },
  howDone: { en: '**How it was done** (MITRE ATT&CK)', ja: '**手口** (MITRE ATT&CK)' },
});
