import type { LeftOver } from '../domain/left-over.ts';
import type { Language, Locale } from '../domain/locale.ts';
import type { Task } from '../domain/task.ts';
import { actionWords } from '../messages/actions.ts';
import { emergencyWords } from '../messages/emergency.ts';
import { listsWords } from '../messages/lists.ts';
import { shiftWords } from '../messages/shift.ts';
import { statusWords } from '../messages/statuses.ts';
import { indicator } from './indicator.ts';
import { code, person, prose } from './text.ts';
import { inZone } from './times.ts';

/** Lines of one kind that are shown; the issue has the rest. */
const shown = 5;

/** One line for each thing that waits, without a bullet; none when nothing does. */
export function leftOverLines(left: LeftOver, locale: Locale): string[] {
  const { language, timeZone } = locale;
  const words = shiftWords(language);
  const and = listsWords(language).and;
  const act = actionWords(language).act;
  const some = <Item>(items: Item[], line: (item: Item) => string) => firstOf(items, line, language);
  const task = (t: Task) => `${t.id} ${act(t.action, indicator(t.target), t.resource)}`;
  const questions = [...left.asked.map((ask) => ({ ask, who: words.theModel })), ...left.questions];
  return [
    ...some(left.pending, (r) => {
      const what = `${r.id} ${words.wanted(r.action, indicator(r.target))}`;
      return words.waits(what, person(r.requestedBy), r.approvals.map(person).join(and));
    }),
    ...(left.proposed.length > 0 ? [words.proposed(left.proposed.slice(0, 20).join(and))] : []),
    ...some(left.runningOut, (t) => {
      return words.runsOut(inZone(t.expiresAt, timeZone), task(t)) + (t.alone ? emergencyWords(language).without : '');
    }),
    ...some(left.stuck, (t) => `${task(t)}: **${statusWords(language)[t.status]}**`),
    ...some(questions, (q) => words.unanswered(code(q.ask, 200), prose(q.who))),
  ];
}

function firstOf<Item>(items: Item[], line: (item: Item) => string, language: Language): string[] {
  const lines = items.slice(0, shown).map(line);
  return items.length > shown ? [...lines, shiftWords(language).moreLikeIt(items.length - shown)] : lines;
}
