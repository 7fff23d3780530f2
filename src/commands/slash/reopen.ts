import { answerWords } from '../../messages/answers.ts';
import { summaryWords } from '../../messages/summaries.ts';
import { type Command, refused } from '../command.ts';

export const reopen: Command = {
  name: 'reopen',
  usage: '/reopen',
  summary: summaryWords.table.reopen,
  right: 'analyst',
  harmless: () => true,
  async run({ tx, incident, author, now, locale }) {
    const words = answerWords(locale.language);
    if (incident.status === 'merged') return refused('', words.reopenMerged);
    if (incident.status === 'open') return refused('', words.isOpen);
    await tx.query(
      `update incident set status = 'open', closed_at = null, closed_by = null, settled = null, settled_why = null, verdict = 'not-assessed', verdict_by = null,
         verdict_why = null, investigate_at = $2 where id = $1`,
      [incident.id, now],
    );
    return {
      state: 'done',
      understood: words.openAgain,
      answer: words.verdictAgain,
      ledger: [{ kind: 'incident.reopened', incidentId: incident.id, body: { by: author } }],
    };
  },
};
