import type { Emergency } from '../domain/emergency.ts';
import type { IncidentView } from '../domain/incident-view.ts';
import type { Locale } from '../domain/locale.ts';
import type { Recommendation } from '../domain/recommendation.ts';
import { emergencyWords } from '../messages/emergency.ts';
import { orList } from './approval-comment.ts';
import { indicator } from './indicator.ts';
import { code, person } from './text.ts';
import { inZone, length } from './times.ts';

/** Names one comment mentions at most. */
const mentioned = 6;

/** Whom of those who can confirm it the comment mentions: a role has no name that anybody would hear. */
export function calledToConfirm(approvers: readonly string[]): string[] {
  return approvers.filter((who) => /^[a-z0-9][a-z0-9_./-]*$/.test(who)).slice(0, mentioned);
}

/**
 * The comment that tells at once that somebody let something run alone. It mentions who can confirm it, whom the policy
 * names as responders.
 */
export function aloneComment(
  { by, why, confirmBy }: Emergency,
  r: Recommendation,
  { tasks, approvers }: { tasks: readonly string[]; approvers: readonly string[] },
  { language, timeZone }: Locale,
): string {
  const words = emergencyWords(language);
  const until = inZone(confirmBy, timeZone);
  const called = calledToConfirm(approvers);
  const mention = called.length === 0 ? '' : `${called.map((who) => `@${who}`).join(' ')} `;
  const whole = length(r.duration * 1000, language);
  return [
    words.told(mention, person(by.login), r.id, `${what(r, language)}.`),
    words.why(code(why)),
    approvers.length === 0
      ? words.nobodyToConfirm(until)
      : words.untilConfirmed(until, orList(approvers, language), r.id, whole),
    words.endNow(tasks.map((id) => `\`/undo ${id}\``).join(', ')),
  ].join(language === 'ja' ? '' : ' ');
}

/** The comment when nobody confirmed it; `open`: it can be approved as before. */
export function takenBackComment(
  { by, beganAt, confirmBy }: Emergency,
  r: Recommendation,
  open: boolean,
  { language, timeZone }: Locale,
): string {
  const words = emergencyWords(language);
  const [from, until] = [inZone(beganAt, timeZone), inZone(confirmBy, timeZone)];
  const told = words.takenBack(r.id, person(by.login), from, until, what(r, language));
  return open ? `${told} ${words.openAgain(r.id)}` : told;
}

/** What of an issue waits for a second voice, a line each. */
export function toConfirmLines({ recommendations, alone = {}, policy }: IncidentView): string[] {
  const { language, timeZone } = policy;
  return recommendations.flatMap((r) => {
    const one = alone[r.id];
    if (!one) return [];
    const until = inZone(one.until, timeZone);
    const who = orList(one.approvers, language);
    return [emergencyWords(language).toConfirm(r.id, person(one.by), what(r, language), until, who)];
  });
}

function what(r: Recommendation, language: Locale['language']): string {
  return emergencyWords(language).what(r.action, indicator(r.target), r.resources.join(', '));
}
