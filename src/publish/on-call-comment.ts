import { titleIn } from '../domain/alert-title.ts';
import type { Incident } from '../domain/incident.ts';
import type { Language } from '../domain/locale.ts';
import type { OnCall } from '../domain/on-call.ts';
import type { Policy } from '../domain/policy.ts';
import { listsWords } from '../messages/lists.ts';
import { onCallWords } from '../messages/on-call.ts';
import { urgency } from './headline.ts';
import { onCallReason } from './on-call-reason.ts';
import { clause, code, person } from './text.ts';
import { both, length } from './times.ts';

/** Somebody is asked, after those who did not take it. */
export interface Asking {
  to: OnCall;
  /** Asked before, in order. */
  before: readonly string[];
  takeBy: Date;
  /** Who is asked then; nobody when undefined. */
  next: string | undefined;
}

type Ruled = Pick<Policy, 'timeZone' | 'language' | 'onCall'>;

/** The comment that asks one person to take an incident; its first line stands alone, and is the only mention. */
export function onCallComment(incident: Incident, { to, before, takeBy, next }: Asking, policy: Ruled): string {
  const { language } = policy;
  const words = onCallWords(language);
  const last = before.at(-1);
  const who = `@${to.login}`;
  const why =
    last === undefined
      ? words.youAre(who)
      : words.notTaken(who, person(last), length(policy.onCall.takeWithin * 1000, language));
  const after = next === undefined ? words.nobodyElse : words.next(person(next));
  return [
    `${urgency(incident).sign} ${words.takeIt(why, what(incident, language), both(takeBy, policy.timeZone), after)}`,
    '',
    words.because(clause(onCallReason(to.because, language)), policy.onCall.severity),
  ].join('\n');
}

/** The comment after the last one was asked. */
export function nobodyTookComment(incident: Incident, asked: readonly string[], language: Language): string {
  const words = onCallWords(language);
  const people = asked.map(person).join(listsWords(language).and);
  return `${urgency(incident).sign} ${words.nobodyTook(what(incident, language), people)}`;
}

/** The comment when nobody on call may be asked: who is part of the incident, and who cannot read it. */
export function nobodyAskedComment(
  incident: Incident,
  some: { part: boolean; unread: boolean },
  language: Language,
): string {
  const words = onCallWords(language);
  const why = some.part ? (some.unread ? words.noneLeft : words.allPart) : words.noneReads;
  return `${urgency(incident).sign} ${words.nobodyAsked(what(incident, language), why)}`;
}

function what(incident: Incident, language: Language): string {
  return onCallWords(language).what(code(titleIn(incident, language), 120), incident.severity);
}
