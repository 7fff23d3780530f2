import { type Command, refused } from '../command.ts';

export const reopen: Command = {
  name: 'reopen',
  usage: '/reopen',
  summary: 'open a closed incident again',
  right: 'analyst',
  async run({ tx, incident, author, now }) {
    if (incident.status === 'merged') return refused('', 'its alerts are in another incident now; go on there');
    if (incident.status === 'open') return refused('', 'it is open');
    await tx.query(
      `update incident set status = 'open', closed_at = null, closed_by = null, settled = null, settled_why = null, verdict = 'not-assessed', verdict_by = null,
         verdict_why = null, investigate_at = $2 where id = $1`,
      [incident.id, now],
    );
    return {
      state: 'done',
      understood: 'open again',
      answer: `its verdict is asked again`,
      ledger: [{ kind: 'incident.reopened', incidentId: incident.id, body: { by: author } }],
    };
  },
};
