import { actionWords } from '../../messages/actions.ts';
import { answerWords } from '../../messages/answers.ts';
import { statusWords } from '../../messages/statuses.ts';
import { summaryWords } from '../../messages/summaries.ts';
import { code } from '../../publish/text.ts';
import { loadRecommendations } from '../../store/actions.ts';
import { setStatus } from '../../store/proposals.ts';
import { type Command, refused } from '../command.ts';

export const reject: Command = {
  name: 'reject',
  usage: '/reject <R1> [why]',
  summary: summaryWords.table.reject,
  right: 'responder',
  async run({ tx, incident, author, rest, locale: { language } }) {
    const words = actionWords(language);
    const { noted, why: because } = answerWords(language);
    const [word = '', ...why] = rest.split(/\s+/);
    const id = word.toUpperCase();
    const found = (await loadRecommendations(tx, incident.id)).find((r) => r.id === id);
    if (!found) return refused(words.reject(code(id, 40)), words.noRecommendation);
    if (found.status !== 'open') return refused(words.reject(id), words.isAlready(statusWords(language)[found.status]));
    await setStatus(tx, incident.id, id, 'rejected');
    const reason = why.join(' ');
    return {
      state: 'done',
      understood: words.reject(id),
      answer: reason === '' ? noted : noted + because(code(reason)),
      ledger: [
        { kind: 'approval', incidentId: incident.id, body: { recommendation: id, rejectedBy: author, why: reason } },
      ],
    };
  },
};
