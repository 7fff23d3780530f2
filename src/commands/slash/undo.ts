import { indicator } from '../../publish/indicator.ts';
import { code } from '../../publish/text.ts';
import { loadTasks } from '../../store/actions.ts';
import { moveTask } from '../../store/tasks.ts';
import { type Command, refused } from '../command.ts';

export const undo: Command = {
  name: 'undo',
  usage: '/undo <T1>',
  summary: 'take back a task',
  right: 'responder',
  onMerged: true,
  async run({ tx, incident, author, rest, now }) {
    const id = rest.toUpperCase();
    const task = (await loadTasks(tx, incident.id)).find((t) => t.id === id);
    if (!task) return refused(`undo ${code(id, 40)}`, 'there is no task of that number here');
    const understood = `undo ${id}: ${task.action} ${indicator(task.target)} on ${code(task.resource)}`;
    if (task.status === 'undone' || task.status === 'expired')
      return refused(understood, `it is ${task.status} already`);
    if (task.status === 'undoing') return refused(understood, 'that is under way');
    const entry = await moveTask(tx, task, { status: 'undoing', detail: `undo asked by ${author}`, dueAt: now }, now);
    if (!entry) return refused(understood, 'it moved on just now; look at it and try again');
    return { state: 'waiting', understood, answer: '', tasks: [id], ledger: [entry] };
  },
};
