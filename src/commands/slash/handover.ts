import { answerWords } from '../../messages/answers.ts';
import { summaryWords } from '../../messages/summaries.ts';
import { indicator } from '../../publish/indicator.ts';
import { leftOverLines } from '../../publish/left-over.ts';
import { code, person, prose } from '../../publish/text.ts';
import { loadLeftOver } from '../../store/left-over.ts';
import { ownPart } from '../../store/own-part.ts';
import { type Command, refused } from '../command.ts';
import { notOpen } from '../not-open.ts';
import { holdersOf } from '../rights.ts';

export const handover: Command = {
  name: 'handover',
  usage: '/handover <@person> [note]',
  summary: summaryWords.table.handover,
  right: 'analyst',
  async run({ tx, incident, policy, author, rest, rightOf, reads, locale }) {
    const { language } = locale;
    const words = answerWords(language);
    const ended = notOpen({ incident, locale });
    if (ended !== undefined) return refused('', ended);
    const [, to, note = ''] = /^@?([a-z0-9](?:[a-z0-9_-]{0,37}[a-z0-9])?)(?:\s+(.*))?$/i.exec(rest) ?? [];
    if (to === undefined) return refused('', words.toWhom);
    const understood = words.handOver(person(to));
    if (incident.owner?.toLowerCase() === to.toLowerCase()) return refused(understood, words.hasIt(person(to)));
    if ((await rightOf(to)) === 'reader')
      return refused(understood, words.couldNothing(person(to), prose(holdersOf('analyst', policy, language))));
    if (!(await reads(to))) return refused(understood, words.cannotRead(person(to)));
    const part = await ownPart(tx, incident.id, to, policy);
    if (part) return refused(understood, words.isPart(person(to), indicator(part)));
    await tx.query('update incident set owner = $2 where id = $1', [incident.id, to]);
    const from = incident.owner ?? author;
    const lines = leftOverLines(await loadLeftOver(tx, incident.id), locale);
    const told = note === '' ? '' : words.note(code(note));
    const waits = lines.length === 0 ? [words.nothingWaits] : lines;
    return {
      state: 'done',
      understood: words.hasThis(person(to)),
      answer: `${words.from(person(from))}${told}${waits.map((line) => `\n  - ${line}`).join('')}`,
      ledger: [{ kind: 'incident.changed', incidentId: incident.id, body: { owner: to, by: author, from, note } }],
    };
  },
};
