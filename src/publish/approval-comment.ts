import type { Language, Locale } from '../domain/locale.ts';
import type { Recommendation } from '../domain/recommendation.ts';
import { listsWords } from '../messages/lists.ts';
import { indicator } from './indicator.ts';
import { person, prose } from './text.ts';
import { both, length } from './times.ts';

/** `ken, acme/soc or role admin`; nobody when there are none. */
export function orList(names: readonly string[], language: Language): string {
  const words = listsWords(language);
  const shown = names.slice(0, 6).map((name) => prose(name));
  if (names.length > shown.length) shown.push(words.more(names.length - shown.length));
  const last = shown.pop();
  if (last === undefined) return words.nobodyElse;
  return shown.length === 0 ? last : words.or(shown.join(words.and), last);
}

/** The comment after half of the time; `woken` is who is on call and mentioned, when they could give it. */
export function approvalReminder(
  r: Recommendation,
  time: { until: Date; locale: Locale },
  who: { approvers: readonly string[]; woken: string | undefined },
): string {
  const mention = who.woken === undefined ? '' : `@${who.woken}: `;
  return `⏳ ${mention}**${r.id} waits for approval until ${both(time.until, time.locale.timeZone)}:** ${what(r, time.locale.language)}. ${orList(who.approvers, time.locale.language)} can type \`/approve ${r.id}\` or \`/reject ${r.id}\`.`;
}

/** The comment when the time is over; a proposal of Yagura's own stands, without the approvals it had. */
export function approvalOver(r: Recommendation, within: number, language: Language): string {
  const time = length(within * 1000, language);
  if (r.requestedBy === 'yagura')
    return `⌛ **The approval of ${r.id} by ${r.approvals.map(person).join(', ')} ran out:** nobody joined it within ${time}. ${r.id} is open as before: ${what(r, language)}.`;
  return `⌛ **${r.id} expired:** nobody approved it within ${time}: ${what(r, language)}. If it is still wanted, ask again.`;
}

function what(r: Recommendation, language: Language): string {
  const by = r.requestedBy === 'yagura' ? '' : `, asked by ${person(r.requestedBy)}`;
  return `${r.action} ${indicator(r.target)} on ${r.resources.join(', ')} for ${length(r.duration * 1000, language)}${by}`;
}
