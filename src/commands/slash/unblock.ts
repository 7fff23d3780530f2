import type { LedgerEntry } from '../../domain/ledger.ts';
import { actionWords } from '../../messages/actions.ts';
import { summaryWords } from '../../messages/summaries.ts';
import { targetWords } from '../../messages/target.ts';
import { indicator } from '../../publish/indicator.ts';
import { code } from '../../publish/text.ts';
import { tasksOnTarget } from '../../store/actions.ts';
import { moveTask } from '../../store/tasks.ts';
import { type Command, refused } from '../command.ts';
import { readTarget } from '../target.ts';

export const unblock: Command = {
  name: 'unblock',
  usage: '/unblock <ip|domain>',
  summary: summaryWords.table.unblock,
  right: 'responder',
  onMerged: true,
  async run({ tx, incident, author, rest, now, locale: { language } }) {
    const words = actionWords(language);
    const read = readTarget(rest);
    if ('refusal' in read)
      return refused('', `${code(rest || words.nothing, 100)}: ${targetWords(language)[read.refusal]}`);
    const understood = words.unblock(indicator(read.entity)) + (read.refanged ? words.defanged : '');
    const held = await tasksOnTarget(tx, 'block', read.entity);
    if (held.length === 0) return refused(understood, words.notBlocked);
    const ledger: LedgerEntry[] = [];
    for (const task of held) {
      const to = { status: 'undoing' as const, detail: words.unblockAsked(author), dueAt: now };
      const entry = await moveTask(tx, task, to, now);
      if (!entry) return refused(understood, words.oneMovedOn);
      ledger.push(entry);
    }
    const here = held.filter((t) => t.incidentId === incident.id).map((t) => t.id);
    const elsewhere = held.length - here.length;
    const answer = elsewhere > 0 ? words.elsewhereToo(elsewhere) : '';
    return { state: here.length > 0 ? 'waiting' : 'done', understood, answer, tasks: here, ledger };
  },
};
