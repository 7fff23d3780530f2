import { messages } from './messages.ts';

/** Why an action may not run yet, or not at all. */
export const authorizeWords = messages({
  byMode: { en: (mode: string) => `mode ${mode} in yagura.md`, ja: (mode: string) => `yagura.md の mode (${mode})` },
  byAutonomy: {
    en: (autonomy: string, rule: string) => `autonomy ${autonomy} of rule ${rule}`,
    ja: (autonomy: string, rule: string) => `ルール ${rule} の autonomy (${autonomy})`,
  },
  notWhoAsked: {
    en: 'who asked may not be the one who approves',
    ja: '依頼した人は承認できません',
  },
  asksFor: {
    en: (rule: string, people: number) => `rule ${rule} asks for ${people} people`,
    ja: (rule: string, people: number) => `ルール ${rule} では ${people} 人の承認が必要です`,
  },
  and: { en: '; ', ja: '。' },
});
