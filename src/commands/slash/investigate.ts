import type { Command } from '../command.ts';

export const investigate: Command = {
  name: 'investigate',
  usage: '/investigate',
  summary: 'look again, now',
  right: 'analyst',
  async run({ tx, incident, now }) {
    await tx.query('update incident set investigate_at = $2 where id = $1', [incident.id, now]);
    return { state: 'done', understood: 'look again', answer: 'the result will stand in the issue above' };
  },
};
