import { verdictText } from '../../domain/verdict.ts';
import { code } from '../../publish/text.ts';
import { type Command, refused } from '../command.ts';
import { givable, readVerdict } from '../read-verdict.ts';

export const close: Command = {
  name: 'close',
  usage: '/close <tp|fp|benign|dup #n|…> <why>',
  summary: 'give the verdict and close',
  right: 'analyst',
  decides: () => true,
  async run({ tx, incident, author, rest, now }) {
    if (incident.status !== 'open') return refused('', `this is ${incident.status} already`);
    const read = readVerdict(rest);
    if (!read) return refused('', `say what it is first: ${givable.map((v) => `\`${v}\``).join(', ')}, then why`);
    if (read.why === '')
      return refused(`close as ${verdictText(read.verdict)}`, 'say why, so that the next one like it is faster');
    if (read.verdict === 'duplicate' && !/#\d+/.test(read.why))
      return refused('close as duplicate', 'say of which issue: `/close dup #12`');
    await tx.query(
      `update incident set status = 'closed', closed_at = $2, closed_by = $3, verdict = $4, verdict_by = $3, verdict_why = $5,
         investigate_at = null where id = $1`,
      [incident.id, now, author, read.verdict, read.why],
    );
    await tx.query(`update recommendation set status = 'withdrawn' where incident_id = $1 and status = 'open'`, [
      incident.id,
    ]);
    const active = await tx.query<{ n: number }>(
      `select count(*)::int as n from task where incident_id = $1 and status in ('active', 'unverified')`,
      [incident.id],
    );
    const left = active.rows[0]?.n ?? 0;
    const still =
      left > 0 ? `; ${left} task${left > 1 ? 's' : ''} stay active until their time is up or \`/undo\`` : '';
    return {
      state: 'done',
      understood: `close as ${verdictText(read.verdict)}`,
      answer: `closed; why: ${code(read.why)}${still}`,
      ledger: [
        {
          kind: 'incident.closed',
          incidentId: incident.id,
          body: { verdict: read.verdict, why: read.why, by: author },
        },
      ],
    };
  },
};
