import { messages } from './messages.ts';

/** Sections of an incident's issue that are in the open, warnings, and the section of people. */
export const issueWords = messages({
  pointer: {
    en: (path: string) => `Not everything fits here: the full text is in ${path} on the branch \`yagura/data\`.`,
    ja: (path: string) => `ここにはすべて収まりません。全文はブランチ \`yagura/data\` の ${path} にあります。`,
  },
  ruleSaw: { en: '**What the rule saw**', ja: '**ルールの検知内容**' },
  productSays: { en: '**What the product says**', ja: '**製品の報告内容**' },
  rule: {
    en: (credit: string, file: string) => `- Rule: ${credit}, ${file}`,
    ja: (credit: string, file: string) => `- ルール: ${credit}、${file}`,
  },
  credit: {
    en: (title: string, author: string) => `${title} by ${author}`,
    ja: (title: string, author: string) => `${title} (作者 ${author})`,
  },
  checked: { en: '**What we checked**', ja: '**確認したこと**' },
  couldNotLook: {
    en: (what: string) => `- Could not look: ${what}`,
    ja: (what: string) => `- 確認できず: ${what}`,
  },
  questions: { en: '**Questions that decide it**', ja: '**判断の決め手になる質問**' },
  questionsAbout: {
    en: (place: string) => `**Questions that decide it** about ${place}`,
    ja: (place: string) => `**判断の決め手になる質問** (${place} について)`,
  },
  planted: {
    en: (where: string, quote: string) =>
      `> ⚠️ Text in the ${where} tries to give instructions to whoever investigates: ${quote}`,
    ja: (where: string, quote: string) => `> ⚠️ 調査する者に指示を与えようとする文があります (${where}): ${quote}`,
  },
  modelStopped: {
    en: (why: string) => `> ℹ️ The model did not finish: ${why}. What it said until then stands here.`,
    ja: (why: string) => `> ℹ️ モデルは最後まで終えていません: ${why}。それまでの内容を載せています。`,
  },
  modelSilent: {
    en: (why: string) => `> ℹ️ The model gave no report: ${why}. What stands here was checked without it.`,
    ja: (why: string) => `> ℹ️ モデルからの報告はありません: ${why}。モデルなしで確認した内容を載せています。`,
  },
  notes: {
    en: '**Notes** (yours; kept through every edit)',
    ja: '**メモ** (自由に書けます。更新しても消えません)',
  },
  diagramMore: {
    en: (count: number) => `… ${count} more, see the timeline`,
    ja: (count: number) => `… ほか ${count} 件、タイムラインを参照`,
  },
});
