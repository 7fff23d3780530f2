import { actionWords } from '../../messages/actions.ts';
import { statusWords } from '../../messages/statuses.ts';
import { summaryWords } from '../../messages/summaries.ts';
import { indicator } from '../../publish/indicator.ts';
import { code } from '../../publish/text.ts';
import { loadTasks } from '../../store/actions.ts';
import { moveTask } from '../../store/tasks.ts';
import { type Command, refused } from '../command.ts';

export const undo: Command = {
  name: 'undo',
  usage: '/undo <T1>',
  summary: summaryWords.table.undo,
  right: 'responder',
  onMerged: () => true,
  async run({ tx, incident, author, rest, now, locale: { language } }) {
    const words = actionWords(language);
    const id = rest.toUpperCase();
    const task = (await loadTasks(tx, incident.id)).find((t) => t.id === id);
    if (!task) return refused(words.undo(code(id, 40)), words.noTask);
    const understood = words.undo(`${id}: ${words.act(task.action, indicator(task.target), code(task.resource))}`);
    if (task.status === 'undone' || task.status === 'expired')
      return refused(understood, words.isAlready(statusWords(language)[task.status]));
    if (task.status === 'undoing') return refused(understood, words.underWay);
    const entry = await moveTask(tx, task, { status: 'undoing', detail: words.undoAsked(author), dueAt: now }, now);
    if (!entry) return refused(understood, words.movedOn);
    return { state: 'waiting', understood, answer: '', tasks: [id], ledger: [entry] };
  },
};
