import { beginAsked } from '../../store/investigations.ts';
import { type Command, refused } from '../command.ts';

/** Characters of a question. */
const questionLimit = 500;

export const ask: Command = {
  name: 'ask',
  usage: '/ask <question>',
  summary: 'ask the model about this incident; it answers here, from evidence',
  right: 'analyst',
  async run({ tx, incident, now, author, rest, model }) {
    const question = rest.trim();
    if (question === '') return refused('', 'ask something: `/ask did this host talk to anybody else?`');
    if (!model)
      return refused('ask', 'no model is set up here; `/investigate` runs the checks of the playbook without one');
    if (question.length > questionLimit) return refused('ask', `a question has at most ${questionLimit} characters`);
    await beginAsked(tx, now, { incident, kind: 'ask', askedBy: author, focus: question });
    return {
      state: 'done',
      understood: 'ask the model',
      answer: 'the answer will be a comment of its own',
      ledger: [{ kind: 'incident.changed', incidentId: incident.id, body: { ask: question, by: author } }],
    };
  },
};
