import { answerWords } from '../../messages/answers.ts';
import { summaryWords } from '../../messages/summaries.ts';
import { reopenIncident } from '../../store/reopen.ts';
import { type Command, refused } from '../command.ts';

export const reopen: Command = {
  name: 'reopen',
  usage: '/reopen',
  summary: summaryWords.table.reopen,
  right: 'analyst',
  harmless: () => true,
  async run({ tx, incident, author, now, policy, locale }) {
    const words = answerWords(locale.language);
    if (incident.status === 'merged') return refused('', words.reopenMerged);
    if (incident.status === 'open') return refused('', words.isOpen);
    await reopenIncident(tx, incident.id, { now, policy });
    return {
      state: 'done',
      understood: words.openAgain,
      answer: words.verdictAgain,
      ledger: [{ kind: 'incident.reopened', incidentId: incident.id, body: { by: author } }],
    };
  },
};
