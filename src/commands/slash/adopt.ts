import { answerWords } from '../../messages/answers.ts';
import { summaryWords } from '../../messages/summaries.ts';
import { type Command, refused } from '../command.ts';

export const adopt: Command = {
  name: 'adopt',
  usage: '/adopt',
  summary: summaryWords.table.adopt,
  right: 'analyst',
  withoutIncident: true,
  async run({ incident, adoptIssue, locale }) {
    const words = answerWords(locale.language);
    if (incident) return refused('', words.adoptedAlready);
    const taken = await adoptIssue();
    if (!taken) return refused('', words.noReport);
    return { state: 'done', understood: words.adopt, answer: words.adopted };
  },
};
