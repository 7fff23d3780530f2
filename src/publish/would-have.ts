import { titleIn } from '../domain/alert-title.ts';
import type { Policy } from '../domain/policy.ts';
import type { ObservedIncident } from '../domain/quiet-lists.ts';
import { listsWords } from '../messages/lists.ts';
import { wouldHaveWords } from '../messages/would-have.ts';
import { indicator } from './indicator.ts';
import { counted, listPart, severe } from './listed.ts';
import { code, name, person } from './text.ts';
import { wouldTell } from './would-tell.ts';

/** UTF-16 units of the part. */
const room = 18_000;

/** What a team on trial reads: of each incident of the day whom Yagura would have told, what it proposes and would have run. */
export function wouldHavePart(observed: readonly ObservedIncident[], total: number, policy: Policy): string {
  const words = wouldHaveWords(policy.language);
  const lines = observed.map((one) => {
    const shown = one.issue === undefined ? `\`${one.number}\`` : `#${one.issue}`;
    const parts = [...told(one, policy), ...actions(one, policy)];
    const would = parts.length === 0 ? words.nothing : parts.join('; ');
    return `- ${shown} ${severe(one.severity)} ${code(titleIn(one, policy.language), 80)}: ${would}`;
  });
  return listPart(() => words.part(counted(total)), lines, { total, room, language: policy.language });
}

function told(one: ObservedIncident, { observed, onCall, language }: Policy): string[] {
  if (!observed) return [];
  const words = wouldHaveWords(language);
  const would = wouldTell(one, { ...observed, onCall });
  const who = [
    ...would.mentioned.map(person),
    ...(would.onCall ? [words.onCall] : []),
    ...would.channels.map((id) => words.channel(name(id))),
  ];
  return who.length === 0 ? [] : [words.told(who.join(listsWords(language).and))];
}

/** What its rule lets run without a person is said apart. */
function actions({ proposed }: ObservedIncident, { responses, language }: Policy): string[] {
  const words = wouldHaveWords(language);
  const auto = (rule: string) => responses.find(({ id }) => id === rule)?.autonomy === 'auto';
  const told = (some: ObservedIncident['proposed']) =>
    some.map(({ action, target }) => words.action(action, indicator(target))).join(listsWords(language).and);
  const byPeople = proposed.filter(({ rule }) => !auto(rule));
  const alone = proposed.filter(({ rule }) => auto(rule));
  return [
    ...(byPeople.length > 0 ? [words.proposed(told(byPeople))] : []),
    ...(alone.length > 0 ? [words.ran(told(alone))] : []),
  ];
}
