import type { LedgerEntry } from '../../domain/ledger.ts';
import type { Policy } from '../../domain/policy.ts';
import type { Task } from '../../domain/task.ts';
import { actionWords } from '../../messages/actions.ts';
import { summaryWords } from '../../messages/summaries.ts';
import { targetWords } from '../../messages/target.ts';
import type { Sql } from '../../ports/store.ts';
import { indicator } from '../../publish/indicator.ts';
import { code } from '../../publish/text.ts';
import { tasksOnTarget } from '../../store/actions.ts';
import { ownPart } from '../../store/own-part.ts';
import { moveTask } from '../../store/tasks.ts';
import { type Command, refused } from '../command.ts';
import { readTarget } from '../target.ts';

export const unblock: Command = {
  name: 'unblock',
  usage: '/unblock <ip|domain>',
  summary: summaryWords.table.unblock,
  right: 'responder',
  onMerged: () => true,
  async run({ tx, incident, policy, author, rest, comment, now, locale: { language } }) {
    const words = actionWords(language);
    const read = readTarget(rest);
    if ('refusal' in read)
      return refused('', `${code(rest || words.nothing, 100)}: ${targetWords(language)[read.refusal]}`);
    const understood = words.unblock(indicator(read.entity)) + (read.refanged ? words.defanged : '');
    const all = await tasksOnTarget(tx, 'block', read.entity);
    // A right ends at its room, and of what another room does only a number is told.
    const here = all.filter(({ room }) => room === comment.room);
    const held = await notTheirs(tx, here, author, policy);
    const [there, theirs] = [all.length - here.length, here.length - held.length];
    const stays = [there > 0 ? words.staysBlocked(there) : '', theirs > 0 ? words.staysTheirs(theirs) : '']
      .filter((part) => part !== '')
      .join('; ');
    if (held.length === 0) return refused(understood, stays || words.notBlocked);
    const ledger: LedgerEntry[] = [];
    for (const task of held) {
      const to = { status: 'undoing' as const, detail: words.unblockAsked(author), dueAt: now };
      const entry = await moveTask(tx, task, to, now);
      if (!entry) return refused(understood, words.oneMovedOn);
      ledger.push(entry);
    }
    const tasks = held.filter((t) => t.incidentId === incident.id).map((t) => t.id);
    const elsewhere = held.length - tasks.length;
    // Beside what was understood, since the states of the tasks take the answer's place.
    const parts = [understood, elsewhere > 0 ? words.elsewhereToo(elsewhere) : '', stays];
    const told = parts.filter((part) => part !== '').join('; ');
    return { state: tasks.length > 0 ? 'waiting' : 'done', understood: told, answer: '', tasks, ledger };
  },
};

/** Without those of incidents that somebody is part of. */
async function notTheirs<One extends Task>(tx: Sql, tasks: One[], author: string, policy: Policy): Promise<One[]> {
  const theirs = new Set<string>();
  for (const id of new Set(tasks.map(({ incidentId }) => incidentId)))
    if (await ownPart(tx, id, author, policy)) theirs.add(id);
  return tasks.filter(({ incidentId }) => !theirs.has(incidentId));
}
