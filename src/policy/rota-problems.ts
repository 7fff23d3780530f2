import { nearest } from '../domain/nearest.ts';
import { onCall } from '../domain/on-call.ts';
import type { Policy, PolicyProblem } from '../domain/policy.ts';
import type { Absence, Override, Rota } from '../domain/rota.ts';
import { instantOf, wallTime } from '../domain/zoned-time.ts';
import { shown } from './problems.ts';

/** What is wrong with people and rota once all files are read: nobody of that login, two at once, nobody at all. */
export function rotaProblems(policy: Policy): PolicyProblem[] {
  const { rota } = policy.onCall;
  const twice = repeatedLogins(policy);
  if (!rota) return twice;
  const unknown = unknownLogins(policy, rota);
  // Who would be on call is asked only of a rota whose entries are good.
  return [...twice, ...unknown, ...overlaps(rota), ...(unknown.length > 0 ? [] : gaps(policy, rota))];
}

function repeatedLogins({ people }: Policy): PolicyProblem[] {
  return people.flatMap(({ login, origin }, k) => {
    const first = people.findIndex((one) => one.login === login);
    const message = `login ${shown(login)} is already that of ${people[first]?.origin.path}.`;
    return first < k ? [{ ...origin, message }] : [];
  });
}

function unknownLogins({ people }: Policy, rota: Rota): PolicyProblem[] {
  const logins = people.map(({ login }) => login);
  const named = [
    ...rota.rotation,
    ...rota.overrides,
    ...rota.away,
    ...rota.away.flatMap(({ substitute, origin }) => (substitute === undefined ? [] : [{ login: substitute, origin }])),
  ];
  return named.flatMap(({ login, origin }) => {
    if (logins.includes(login)) return [];
    const near = nearest(login, logins);
    const hint = near === undefined ? `give one a line login: ${login}.` : `did you mean ${near}?`;
    return [{ ...origin, message: `No file of kind: person has the login ${shown(login)}; ${hint}` }];
  });
}

/** Two overrides at the same time would leave open which one holds. */
function overlaps({ overrides, timeZone }: Rota): PolicyProblem[] {
  const sorted = [...overrides].sort((a, b) => a.from.getTime() - b.from.getTime() || a.origin.line - b.origin.line);
  let last: Override | undefined;
  return sorted.flatMap((next) => {
    const other = last;
    if (!other || next.to > other.to) last = next;
    if (!other || next.from >= other.to) return [];
    const message = `This override begins before the one in line ${other.origin.line} ends (${written(other.to, timeZone)}).`;
    return [{ ...next.origin, message }];
  });
}

/** From the start on somebody must always be on call; only absences can make it nobody. Told at who left last. */
function gaps(policy: Policy, rota: Rota): PolicyProblem[] {
  const planned = [...rota.away, ...rota.overrides].flatMap(({ from, to }) => [from, to]);
  const told = new Set<Absence>();
  return [instantOf(rota.start, rota.timeZone), ...planned.sort((a, b) => a.getTime() - b.getTime())].flatMap((at) => {
    if (wallTime(at, rota.timeZone) < rota.start || onCall(policy, at) !== undefined) return [];
    const last = rota.away.filter((one) => one.from <= at && at < one.to).sort(latestFirst)[0];
    if (!last || told.has(last)) return [];
    told.add(last);
    const message = `From ${written(at, rota.timeZone)} nobody is on call: all of the rotation are away, and nobody stands in.`;
    return [{ ...last.origin, message }];
  });
}

function latestFirst(a: Absence, b: Absence): number {
  return b.from.getTime() - a.from.getTime() || b.origin.line - a.origin.line;
}

/** `2026-03-02 09:00` on the wall of the rota. */
function written(at: Date, timeZone: string): string {
  return new Date(wallTime(at, timeZone)).toISOString().slice(0, 16).replace('T', ' ');
}
