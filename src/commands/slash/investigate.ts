import { cutText } from '../../domain/cut.ts';
import { answerWords } from '../../messages/answers.ts';
import { summaryWords } from '../../messages/summaries.ts';
import { beginAsked } from '../../store/investigations.ts';
import type { Command } from '../command.ts';

/** Characters of a focus; more is a story, not a focus. */
export const focusLimit = 500;

export const investigate: Command = {
  name: 'investigate',
  usage: '/investigate [focus]',
  summary: summaryWords.table.investigate,
  right: 'analyst',
  harmless: () => true,
  async run({ tx, incident, now, author, rest, model, locale }) {
    const words = answerWords(locale.language);
    await tx.query('update incident set investigate_at = $2 where id = $1', [incident.id, now]);
    const focus = cutText(rest.trim(), focusLimit);
    if (model) await beginAsked(tx, now, { incident, kind: 'investigate', askedBy: author, focus: focus || null });
    const unread = focus !== '' && !model ? words.focusUnread : '';
    return {
      state: 'done',
      understood: words.lookAgain,
      answer: words.resultAbove + unread,
      ledger: [{ kind: 'incident.changed', incidentId: incident.id, body: { investigate: focus || null, by: author } }],
    };
  },
};
