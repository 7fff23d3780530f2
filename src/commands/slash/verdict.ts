import { verdictText } from '../../domain/verdict.ts';
import { code } from '../../publish/text.ts';
import { type Command, refused } from '../command.ts';
import { givable, readVerdict } from '../read-verdict.ts';

export const verdict: Command = {
  name: 'verdict',
  usage: '/verdict <tp|fp|benign|suspicious|…> [why]',
  summary: 'say what it is, without closing',
  right: 'analyst',
  decides: () => true,
  async run({ tx, incident, author, rest }) {
    const read = readVerdict(rest);
    if (!read) return refused('', `say one of ${givable.map((v) => `\`${v}\``).join(', ')}`);
    await tx.query('update incident set verdict = $2, verdict_by = $3, verdict_why = $4 where id = $1', [
      incident.id,
      read.verdict,
      author,
      read.why,
    ]);
    return {
      state: 'done',
      understood: `verdict ${verdictText(read.verdict)}`,
      answer: `confirmed, not closed${read.why ? `; why: ${code(read.why)}` : ''}`,
      ledger: [
        { kind: 'verdict', incidentId: incident.id, body: { verdict: read.verdict, why: read.why, by: author } },
      ],
    };
  },
};
