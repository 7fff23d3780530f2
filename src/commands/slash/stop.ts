import { answerWords } from '../../messages/answers.ts';
import { summaryWords } from '../../messages/summaries.ts';
import { stopRuns } from '../../store/investigations.ts';
import { type Command, refused } from '../command.ts';

export const stop: Command = {
  name: 'stop',
  usage: '/stop',
  summary: summaryWords.table.stop,
  right: 'analyst',
  async run({ tx, incident, now, author, locale }) {
    const words = answerWords(locale.language);
    const stopped = await stopRuns(tx, incident.id, now);
    if (stopped === 0) return refused(words.stop, words.noneAtWork);
    return {
      state: 'done',
      understood: words.stopModel,
      answer: words.stopped,
      ledger: [{ kind: 'incident.changed', incidentId: incident.id, body: { stop: true, by: author } }],
    };
  },
};
