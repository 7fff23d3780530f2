import { leftOverLines } from '../../publish/left-over.ts';
import { code, person, prose } from '../../publish/text.ts';
import { loadLeftOver } from '../../store/left-over.ts';
import { type Command, refused } from '../command.ts';
import { holdersOf } from '../rights.ts';

export const handover: Command = {
  name: 'handover',
  usage: '/handover <@person> [note]',
  summary: 'give it to somebody, with what waits for them',
  right: 'analyst',
  async run({ tx, incident, policy, locale, author, rest, rightOf }) {
    if (incident.status !== 'open') return refused('', `this incident is ${incident.status}`);
    const [, to, note = ''] = /^@?([a-z0-9](?:[a-z0-9_-]{0,37}[a-z0-9])?)(?:\s+(.*))?$/i.exec(rest) ?? [];
    if (to === undefined)
      return refused('', 'say to whom, then what they should know: `/handover hana look at web-02 too`');
    const understood = `hand over to ${person(to)}`;
    if (incident.owner?.toLowerCase() === to.toLowerCase()) return refused(understood, `${person(to)} has it already`);
    if ((await rightOf(to)) === 'reader')
      return refused(
        understood,
        `${person(to)} could do nothing with it: that needs the right analyst (${prose(holdersOf('analyst', policy))})`,
      );
    await tx.query('update incident set owner = $2 where id = $1', [incident.id, to]);
    const from = incident.owner ?? author;
    const lines = leftOverLines(await loadLeftOver(tx, incident.id), locale);
    const waits = lines.length === 0 ? '\n  - Nothing waits: no approval, no task, no question' : '';
    return {
      state: 'done',
      understood: `${person(to)} has this`,
      answer: `from ${person(from)}${note === '' ? '' : `; note: ${code(note)}`}${lines.map((line) => `\n  - ${line}`).join('')}${waits}`,
      ledger: [{ kind: 'incident.changed', incidentId: incident.id, body: { owner: to, by: author, from, note } }],
    };
  },
};
