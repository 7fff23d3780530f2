import type { Language, Locale } from '../domain/locale.ts';
import type { Recommendation } from '../domain/recommendation.ts';
import { actionWords } from '../messages/actions.ts';
import { approvalWords } from '../messages/approval.ts';
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
  const { language, timeZone } = time.locale;
  const mention = who.woken === undefined ? '' : `@${who.woken}: `;
  const approvers = orList(who.approvers, language);
  return `⏳ ${mention}${approvalWords(language).reminder(r.id, both(time.until, timeZone), what(r, language), approvers)}`;
}

/** The comment when the time is over; a proposal of Yagura's own stands, without the approvals it had. */
export function approvalOver(r: Recommendation, within: number, language: Language): string {
  const words = approvalWords(language);
  const time = length(within * 1000, language);
  const people = r.approvals.map(person).join(listsWords(language).and);
  if (r.requestedBy === 'yagura') return `⌛ ${words.ranOut(r.id, people, time, what(r, language))}`;
  return `⌛ ${words.expired(r.id, time, what(r, language))}`;
}

function what(r: Recommendation, language: Language): string {
  const by = r.requestedBy === 'yagura' ? '' : approvalWords(language).askedBy(person(r.requestedBy));
  const resources = r.resources.join(listsWords(language).and);
  const time = length(r.duration * 1000, language);
  return actionWords(language).actFor(r.action, indicator(r.target), resources, time) + by;
}
