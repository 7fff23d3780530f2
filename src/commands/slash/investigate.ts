import { cutText } from '../../domain/cut.ts';
import { beginAsked } from '../../store/investigations.ts';
import type { Command } from '../command.ts';

/** Characters of a focus; more is a story, not a focus. */
export const focusLimit = 500;

export const investigate: Command = {
  name: 'investigate',
  usage: '/investigate [focus]',
  summary: 'look again, now; with a model, at what you name',
  right: 'analyst',
  async run({ tx, incident, now, author, rest, model }) {
    await tx.query('update incident set investigate_at = $2 where id = $1', [incident.id, now]);
    const focus = cutText(rest.trim(), focusLimit);
    if (model) await beginAsked(tx, now, { incident, kind: 'investigate', askedBy: author, focus: focus || null });
    const unread = focus !== '' && !model ? ', without the focus: no model is set up to read it' : '';
    return {
      state: 'done',
      understood: 'look again',
      answer: `the result will stand in the issue above${unread}`,
      ledger: [{ kind: 'incident.changed', incidentId: incident.id, body: { investigate: focus || null, by: author } }],
    };
  },
};
