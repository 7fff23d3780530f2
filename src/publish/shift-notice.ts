import { type Titled, titleIn } from '../domain/alert-title.ts';
import type { LeftOver } from '../domain/left-over.ts';
import type { Locale } from '../domain/locale.ts';
import type { OnCall } from '../domain/on-call.ts';
import { issueText } from '../domain/sentence.ts';
import type { Severity } from '../domain/severity.ts';
import { restrictedWords } from '../messages/restricted.ts';
import { shiftWords } from '../messages/shift.ts';
import { leftOverLines } from './left-over.ts';
import { onCallReason } from './on-call-reason.ts';
import { clause, code, person } from './text.ts';
import { both } from './times.ts';

/** An open incident that somebody had, or was asked to take, when their shift ended. */
export interface Handed extends Titled {
  issue: number;
  /** `owner/name` when its issue stands in another repository than the notice. */
  repository?: string;
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
 * who comes, whom the rota names. Besides those listed `more` are open, and `hidden` in restricted rooms.
 */
export function shiftNotice(
  { from, to }: Shift,
  handed: Handed[],
  { more, hidden }: { more: number; hidden: number },
  locale: Locale,
): string {
  const { language, timeZone } = locale;
  const words = shiftWords(language);
  const count = handed.length + more + hidden;
  const title = words.title(person(from), to ? person(to.login) : words.nobody, count);
  const first = to
    ? words.youAre(to.login, both(to.until, timeZone), clause(onCallReason(to.because, language)))
    : words.nobodyIs;
  return [
    title,
    `${first} ${words.had(person(from))}`,
    '',
    ...handed.flatMap((one) => [
      `- ${incidentLine(one, locale)}`,
      ...leftOverLines(one.left, locale)
        .slice(0, waiting)
        .map((line) => `  - ${line}`),
    ]),
    ...(more > 0 ? [`- ${words.more(more)}`] : []),
    ...(hidden > 0 ? [`- ${restrictedWords(language).openRestricted(hidden)}`] : []),
    '',
    words.stays,
  ].join('\n');
}

function incidentLine(handed: Handed, { language, timeZone }: Locale): string {
  const { severity, owner, openedAt, snoozedUntil } = handed;
  const words = shiftWords(language);
  const until = snoozedUntil === null ? undefined : both(snoozedUntil, timeZone);
  const what = words.incident(code(titleIn(handed, language), 120), severity, both(openedAt, timeZone), until);
  return `${issueText(handed)} ${what}${owner === null ? words.nobodyHas : words.has(person(owner))}`;
}
