import type { LeftOver } from '../domain/left-over.ts';
import type { Locale } from '../domain/locale.ts';
import { emergencyWords } from '../messages/emergency.ts';
import { indicator } from './indicator.ts';
import { code, person, prose } from './text.ts';
import { inZone } from './times.ts';

/** Lines of one kind that are shown; the issue has the rest. */
const shown = 5;

/** One line for each thing that waits, without a bullet; none when nothing does. */
export function leftOverLines(left: LeftOver, { language, timeZone }: Locale): string[] {
  return [
    ...some(left.pending, (r) => {
      const by = r.approvals.length > 0 ? `, approved by ${r.approvals.map(person).join(', ')}` : '';
      return `Waits for approval: ${r.id} ${r.action} ${indicator(r.target)}, asked by ${person(r.requestedBy)}${by}`;
    }),
    ...(left.proposed.length > 0 ? [`Proposed, not answered: ${left.proposed.slice(0, 20).join(', ')}`] : []),
    ...some(left.runningOut, (t) => {
      return `Runs out ${inZone(t.expiresAt, timeZone)}: ${t.id} ${t.action} ${indicator(t.target)} on ${t.resource}${t.alone ? emergencyWords(language).without : ''}`;
    }),
    ...some(left.stuck, (t) => `${t.id} ${t.action} ${indicator(t.target)} on ${t.resource}: **${t.status}**`),
    ...some(left.questions, (q) => `Unanswered: ${code(q.ask, 200)}${q.who === '' ? '' : ` (${prose(q.who)})`}`),
  ];
}

function some<Item>(items: Item[], line: (item: Item) => string): string[] {
  const lines = items.slice(0, shown).map(line);
  return items.length > shown ? [...lines, `and ${items.length - shown} more like it`] : lines;
}
