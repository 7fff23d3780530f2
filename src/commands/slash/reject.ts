import { code } from '../../publish/text.ts';
import { loadRecommendations } from '../../store/actions.ts';
import { setStatus } from '../../store/proposals.ts';
import { type Command, refused } from '../command.ts';

export const reject: Command = {
  name: 'reject',
  usage: '/reject <R1> [why]',
  summary: 'say no to a recommendation',
  right: 'responder',
  async run({ tx, incident, author, rest }) {
    const [word = '', ...why] = rest.split(/\s+/);
    const id = word.toUpperCase();
    const found = (await loadRecommendations(tx, incident.id)).find((r) => r.id === id);
    if (!found) return refused(`reject ${code(id, 40)}`, 'there is no recommendation of that number here');
    if (found.status !== 'open') return refused(`reject ${id}`, `it is ${found.status} already`);
    await setStatus(tx, incident.id, id, 'rejected');
    const reason = why.join(' ');
    return {
      state: 'done',
      understood: `reject ${id}`,
      answer: reason === '' ? 'noted' : `noted; why: ${code(reason)}`,
      ledger: [
        { kind: 'approval', incidentId: incident.id, body: { recommendation: id, rejectedBy: author, why: reason } },
      ],
    };
  },
};
