import { type Command, refused } from '../command.ts';

export const adopt: Command = {
  name: 'adopt',
  usage: '/adopt',
  summary: 'make this issue an incident; its text is never edited',
  right: 'analyst',
  withoutIncident: true,
  async run({ incident, adoptIssue }) {
    if (incident) return refused('', 'it is one already');
    const taken = await adoptIssue();
    if (!taken) return refused('', 'its text could not be read as a report');
    return {
      state: 'done',
      understood: 'take this issue as an alert',
      answer: 'what we see of it will stand in a comment below',
    };
  },
};
