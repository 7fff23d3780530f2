import type { Incident } from '../domain/incident.ts';
import type { OnCall } from '../domain/on-call.ts';
import type { Policy } from '../domain/policy.ts';
import { urgency } from './headline.ts';
import { mentionedFor } from './report-comment.ts';
import { clause, code, person } from './text.ts';
import { both, length } from './times.ts';

/** Somebody is asked, after those who did not take it. */
export interface Asking {
  to: OnCall;
  /** Asked before, in order. */
  before: readonly string[];
  takeBy: Date;
  /** Who is asked then; nobody when undefined. */
  then: string | undefined;
}

type Ruled = Pick<Policy, 'mention' | 'mode' | 'timeZone' | 'language' | 'onCall'>;

/** The comment that asks one person to take an incident; its first line stands alone, and is the only mention. */
export function onCallComment(incident: Incident, { to, before, takeBy, then }: Asking, policy: Ruled): string {
  const last = before.at(-1);
  // Whom the first report or a raised severity mentions by name knows of it already.
  const woken = last === undefined && mentionedFor(incident, policy).includes(to.login);
  const who = woken ? person(to.login) : `@${to.login}`;
  const why =
    last === undefined
      ? `${who}, you are on call`
      : `${who}, ${person(last)} did not take this in ${length(policy.onCall.takeWithin * 1000, policy.language)}`;
  const else_ = then === undefined ? 'nobody else can be asked' : `${person(then)} is asked next`;
  return [
    `${urgency(incident).sign} **${why}:** ${what(incident)}. \`/take\` it by ${both(takeBy, policy.timeZone)}; ${else_}.`,
    '',
    `<sub>on call ${clause(to.because)}; asked from severity ${policy.onCall.severity} up</sub>`,
  ].join('\n');
}

/** The comment after the last one was asked. */
export function nobodyTookComment(incident: Incident, asked: readonly string[]): string {
  return `${urgency(incident).sign} **Nobody took this:** ${what(incident)}. Asked: ${asked.map(person).join(', ')}; nobody more is. Whoever reads this: \`/take\`.`;
}

function what({ title, severity }: Incident): string {
  return `${code(title, 120)}, severity ${severity}`;
}
