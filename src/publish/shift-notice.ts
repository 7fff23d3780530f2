import type { LeftOver } from '../domain/left-over.ts';
import type { Locale } from '../domain/locale.ts';
import type { OnCall } from '../domain/on-call.ts';
import type { Severity } from '../domain/severity.ts';
import { leftOverLines } from './left-over.ts';
import { clause, code, person } from './text.ts';
import { both } from './times.ts';

/** An open incident that somebody had, or was asked to take, when their shift ended. */
export interface Handed {
  issue: number;
  title: string;
  severity: Severity;
  owner: string | null;
  openedAt: Date;
  snoozedUntil: Date | null;
  left: LeftOver;
}

/** A change of who is on call; `to` is unset when nobody is. */
export interface Shift {
  from: string;
  to?: OnCall & { until: Date };
}

/** Lines below one incident, so that all fit into a body of GitHub; its issue has the rest. */
const waiting = 6;

/**
 * The issue that tells who comes on call what the one before had: its title on the first line, then the body. It mentions
 * who comes, whom the rota names. `more` are open besides those listed.
 */
export function shiftNotice({ from, to }: Shift, handed: Handed[], more: number, locale: Locale): string {
  const { timeZone } = locale;
  const count = handed.length + more;
  const title = `Hand-over from ${person(from)} to ${to ? person(to.login) : 'nobody'}: ${count} open`;
  const first = to
    ? `@${to.login}, you are on call until ${both(to.until, timeZone)}, ${clause(to.because)}.`
    : '**Nobody is on call now.**';
  return [
    title,
    `${first} ${person(from)} had, or was asked to take:`,
    '',
    ...handed.flatMap((one) => [
      `- ${incidentLine(one, timeZone)}`,
      ...leftOverLines(one.left, locale)
        .slice(0, waiting)
        .map((line) => `  - ${line}`),
    ]),
    ...(more > 0 ? [`- and ${more} more`] : []),
    '',
    'Each stays with who has it until somebody types `/take` there. Close this issue when you have read it.',
  ].join('\n');
}

function incidentLine({ issue, title, severity, owner, openedAt, snoozedUntil }: Handed, timeZone: string): string {
  const off = snoozedUntil === null ? '' : `, put off until ${both(snoozedUntil, timeZone)}`;
  const who = owner === null ? 'nobody has it' : `${person(owner)} has it`;
  return `#${issue} ${code(title, 120)}, severity ${severity}, since ${both(openedAt, timeZone)}${off}; ${who}`;
}
