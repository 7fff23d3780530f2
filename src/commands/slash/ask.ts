import { answerWords } from '../../messages/answers.ts';
import { summaryWords } from '../../messages/summaries.ts';
import { beginAsked } from '../../store/investigations.ts';
import { type Command, refused } from '../command.ts';

/** Characters of a question. */
const questionLimit = 500;

export const ask: Command = {
  name: 'ask',
  usage: '/ask <question>',
  summary: summaryWords.table.ask,
  right: 'analyst',
  harmless: () => true,
  async run({ tx, incident, now, author, rest, model, locale }) {
    const words = answerWords(locale.language);
    const question = rest.trim();
    if (question === '') return refused('', words.askWhat);
    if (!model) return refused(words.ask, words.noModel);
    if (question.length > questionLimit) return refused(words.ask, words.askLimit(questionLimit));
    await beginAsked(tx, now, { incident, kind: 'ask', askedBy: author, focus: question });
    return {
      state: 'done',
      understood: words.askModel,
      answer: words.answerComes,
      ledger: [{ kind: 'incident.changed', incidentId: incident.id, body: { ask: question, by: author } }],
    };
  },
};
