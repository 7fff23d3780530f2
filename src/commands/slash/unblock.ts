import type { LedgerEntry } from '../../domain/ledger.ts';
import { indicator } from '../../publish/indicator.ts';
import { code } from '../../publish/text.ts';
import { tasksOnTarget } from '../../store/actions.ts';
import { moveTask } from '../../store/tasks.ts';
import { type Command, refused } from '../command.ts';
import { readTarget } from '../target.ts';

export const unblock: Command = {
  name: 'unblock',
  usage: '/unblock <ip|domain>',
  summary: 'take back every block of a target, whichever incident asked for it',
  right: 'responder',
  onMerged: true,
  async run({ tx, incident, author, rest, now }) {
    const read = readTarget(rest);
    if ('refusal' in read) return refused('', `${code(rest || '(nothing)', 100)}: ${read.refusal}`);
    const understood = `unblock ${indicator(read.entity)}${read.refanged ? ' (written defanged)' : ''}`;
    const held = await tasksOnTarget(tx, 'block', read.entity);
    if (held.length === 0) return refused(understood, 'nothing of ours blocks it');
    const ledger: LedgerEntry[] = [];
    for (const task of held) {
      const to = { status: 'undoing' as const, detail: `unblock asked by ${author}`, dueAt: now };
      const entry = await moveTask(tx, task, to, now);
      if (!entry) return refused(understood, 'one of its tasks moved on just now; try again');
      ledger.push(entry);
    }
    const here = held.filter((t) => t.incidentId === incident.id).map((t) => t.id);
    const elsewhere = held.length - here.length;
    const answer = elsewhere > 0 ? `${elsewhere} task${elsewhere > 1 ? 's' : ''} of other incidents too` : '';
    return { state: here.length > 0 ? 'waiting' : 'done', understood, answer, tasks: here, ledger };
  },
};
