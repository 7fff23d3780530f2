import { answerWords } from '../../messages/answers.ts';
import { summaryWords } from '../../messages/summaries.ts';
import { person } from '../../publish/text.ts';
import { type Command, refused } from '../command.ts';

export const take: Command = {
  name: 'take',
  usage: '/take',
  summary: summaryWords.table.take,
  right: 'analyst',
  async run({ tx, incident, author, locale }) {
    const words = answerWords(locale.language);
    if (incident.owner === author) return refused('', words.haveIt);
    await tx.query('update incident set owner = $2 where id = $1', [incident.id, author]);
    const from = incident.owner ? words.takenOver(person(incident.owner)) : '';
    return {
      state: 'done',
      understood: words.hasThis(person(author)),
      answer: words.noted + from,
      ledger: [{ kind: 'incident.changed', incidentId: incident.id, body: { owner: author, by: author } }],
    };
  },
};
