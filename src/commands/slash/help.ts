import { answerWords } from '../../messages/answers.ts';
import { summaryWords } from '../../messages/summaries.ts';
import { prose } from '../../publish/text.ts';
import type { Command } from '../command.ts';
import { holdersOf } from '../rights.ts';

export const help: Command = {
  name: 'help',
  usage: '/help',
  summary: summaryWords.table.help,
  right: 'reader',
  harmless: () => true,
  onMerged: () => true,
  async run({ commands, policy, locale: { language } }) {
    const words = answerWords(language);
    const lines = [...commands.values()].map((c) => `  - \`${c.usage}\` ${c.summary[language]} (${c.right})`);
    const who = (['analyst', 'responder'] as const).map((r) => `  - ${r}: ${prose(holdersOf(r, policy, language))}`);
    return {
      state: 'done',
      understood: words.oneALine,
      answer: ['', ...lines, '', `  ${words.whoIsWhat}`, ...who].join('\n'),
    };
  },
};
