import { person } from '../../publish/text.ts';
import { type Command, refused } from '../command.ts';

export const take: Command = {
  name: 'take',
  usage: '/take',
  summary: 'say that you have this',
  right: 'analyst',
  async run({ tx, incident, author }) {
    if (incident.owner === author) return refused('', 'you have it already');
    await tx.query('update incident set owner = $2 where id = $1', [incident.id, author]);
    const from = incident.owner ? `, taken over from ${person(incident.owner)}` : '';
    return {
      state: 'done',
      understood: `${person(author)} has this`,
      answer: `noted${from}`,
      ledger: [{ kind: 'incident.changed', incidentId: incident.id, body: { owner: author, by: author } }],
    };
  },
};
