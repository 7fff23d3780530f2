import { prose } from '../../publish/text.ts';
import type { Command } from '../command.ts';
import { holdersOf } from '../rights.ts';

export const help: Command = {
  name: 'help',
  usage: '/help',
  summary: 'what can be typed here, and by whom',
  right: 'reader',
  onMerged: true,
  async run({ commands, policy }) {
    const lines = [...commands.values()].map((c) => `  - \`${c.usage}\` ${c.summary} (${c.right})`);
    const who = (['analyst', 'responder'] as const).map((r) => `  - ${r}: ${prose(holdersOf(r, policy))}`);
    return {
      state: 'done',
      understood: 'one command a line, at the start of the line',
      answer: ['', ...lines, '', '  Who is what, by policies/response.md:', ...who].join('\n'),
    };
  },
};
