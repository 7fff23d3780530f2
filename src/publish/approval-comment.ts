import type { Recommendation } from '../domain/recommendation.ts';
import { indicator } from './indicator.ts';
import { person, prose } from './text.ts';
import { both, length } from './times.ts';

/** `ken, acme/soc or role admin`; nobody when there are none. */
export function orList(names: readonly string[]): string {
  const shown = names.slice(0, 6).map((name) => prose(name));
  if (names.length > shown.length) shown.push(`${names.length - shown.length} more`);
  const last = shown.pop();
  if (last === undefined) return 'nobody else';
  return shown.length === 0 ? last : `${shown.join(', ')} or ${last}`;
}

/** The comment after half of the time; `woken` is who is on call and mentioned, when they could give it. */
export function approvalReminder(
  r: Recommendation,
  time: { until: Date; timeZone: string },
  who: { approvers: readonly string[]; woken: string | undefined },
): string {
  const mention = who.woken === undefined ? '' : `@${who.woken}: `;
  return `⏳ ${mention}**${r.id} waits for approval until ${both(time.until, time.timeZone)}:** ${what(r)}. ${orList(who.approvers)} can type \`/approve ${r.id}\` or \`/reject ${r.id}\`.`;
}

/** The comment when the time is over; a proposal of Yagura's own stands, without the approvals it had. */
export function approvalOver(r: Recommendation, within: number): string {
  const time = length(within * 1000);
  if (r.requestedBy === 'yagura')
    return `⌛ **The approval of ${r.id} by ${r.approvals.map(person).join(', ')} ran out:** nobody joined it within ${time}. ${r.id} is open as before: ${what(r)}.`;
  return `⌛ **${r.id} expired:** nobody approved it within ${time}: ${what(r)}. If it is still wanted, ask again.`;
}

function what(r: Recommendation): string {
  const by = r.requestedBy === 'yagura' ? '' : `, asked by ${person(r.requestedBy)}`;
  return `${r.action} ${indicator(r.target)} on ${r.resources.join(', ')} for ${length(r.duration * 1000)}${by}`;
}
