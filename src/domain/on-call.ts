import type { Policy } from './policy.ts';
import type { Absence, Person, Rota } from './rota.ts';
import { instantOf, wallTime } from './zoned-time.ts';

/** Somebody to turn to, and why them. */
export interface OnCall {
  login: string;
  because: OnCallReason;
}

/** `place` is where it stands: `context/people/rota.md:5`. */
export type OnCallReason =
  | { is: 'turn'; place: string }
  | { is: 'override'; place: string; why?: string }
  | { is: 'stand-in'; place: string; absent: string };

type Staffed = Pick<Policy, 'onCall' | 'people'>;

/** Who is on call at a moment, and until when; undefined without a rota, before its start, and when all are away. */
export function onCall(policy: Staffed, at: Date): (OnCall & { until: Date }) | undefined {
  const { rota } = policy.onCall;
  const holder = rota && holderAt(rota, at);
  if (!rota || !holder) return undefined;
  return { ...holder, until: nextShiftChange(policy, at)?.at ?? shiftEnd(rota, at) };
}

/**
 * Who is asked when `asked` did not answer: who is on call, then the others of the rotation in turn, those at work now
 * before those who sleep. Undefined when all were asked.
 */
export function nextOnCall(policy: Staffed, at: Date, asked: readonly string[]): OnCall | undefined {
  const { rota } = policy.onCall;
  if (!rota) return undefined;
  const holder = holderAt(rota, at);
  const others = standIns(rota, at);
  const working = others.filter(({ login }) => atWork(policy.people, login, at, rota.timeZone));
  const inTurn = [...(holder ? [holder] : []), ...working, ...others];
  return inTurn.find(({ login }) => !asked.includes(login));
}

/** When somebody else is on call than at `at`; undefined when that never comes. */
export function nextShiftChange(
  policy: Pick<Policy, 'onCall'>,
  at: Date,
): { at: Date; from: string | undefined; to: string | undefined } | undefined {
  const { rota } = policy.onCall;
  if (!rota) return undefined;
  const from = holderAt(rota, at)?.login;
  const planned = [...rota.overrides, ...rota.away];
  let time = at;
  // Once nothing is planned any more, each of the rotation has had a turn within its length.
  for (let left = 2 * planned.length + rota.rotation.length + 1; left > 0; left -= 1) {
    const after = time.getTime();
    const moments = planned.flatMap((one) => [one.from.getTime(), one.to.getTime()]).filter((moment) => moment > after);
    time = new Date(Math.min(shiftEnd(rota, time).getTime(), ...moments));
    const to = holderAt(rota, time)?.login;
    if (to !== from) return { at: time, from, to };
  }
  return undefined;
}

/** Whether somebody works at a moment; undefined when nobody wrote down their hours. */
function atWork(people: readonly Person[], login: string, at: Date, timeZone: string): boolean | undefined {
  const person = people.find((one) => one.login === login);
  if (!person?.hours) return undefined;
  const { days, from, to } = person.hours;
  const wall = new Date(wallTime(at, person.timeZone ?? timeZone));
  const minute = wall.getUTCHours() * 60 + wall.getUTCMinutes();
  const today = days.includes(wall.getUTCDay());
  if (from < to) return today && minute >= from && minute < to;
  const yesterday = days.includes((wall.getUTCDay() + 6) % 7);
  return (today && minute >= from) || (yesterday && minute < to);
}

function holderAt(rota: Rota, at: Date): OnCall | undefined {
  const override = rota.overrides.find(({ from, to }) => from <= at && at < to);
  if (override) {
    const why = override.because === undefined ? {} : { why: override.because };
    return { login: override.login, because: { is: 'override', place: place(override), ...why } };
  }
  return standIns(rota, at)[0];
}

/** Everybody of the rotation who can be on call at a moment, each once: whose turn it is first, for who is away a substitute. */
function standIns(rota: Rota, at: Date): OnCall[] {
  const week = weekOf(rota, at);
  const count = rota.rotation.length;
  if (week < 0) return [];
  const found: OnCall[] = [];
  for (let k = 0; k < count; k += 1) {
    const turn = rota.rotation[(week + k) % count];
    const one = turn && present(rota, turn.login, at);
    if (one && !found.some(({ login }) => login === one.login)) found.push(one);
  }
  return found;
}

/** Somebody, or who stands in for them; undefined when both are away. */
function present(rota: Rota, login: string, at: Date): OnCall | undefined {
  const absence = awayAt(rota, login, at);
  if (!absence) return { login, because: { is: 'turn', place: place(rota) } };
  const { substitute } = absence;
  if (substitute === undefined || awayAt(rota, substitute, at)) return undefined;
  return { login: substitute, because: { is: 'stand-in', place: place(absence), absent: login } };
}

function awayAt(rota: Rota, login: string, at: Date): Absence | undefined {
  return rota.away.find((one) => one.login === login && one.from <= at && at < one.to);
}

function place({ origin }: Pick<Rota, 'origin'>): string {
  return `${origin.path}:${origin.line}`;
}

const weekMs = 7 * 24 * 3_600_000;

/** When a week of the rotation begins: at the same time on the wall, however long the weeks before were. */
function weekStart(rota: Rota, week: number): Date {
  return instantOf(rota.start + week * weekMs, rota.timeZone);
}

/** The number of the week a moment is in, from 0; below 0 before the start. */
function weekOf(rota: Rota, at: Date): number {
  const near = Math.floor((wallTime(at, rota.timeZone) - rota.start) / weekMs);
  // Where the clock jumps at the time of the change, what it shows may be of the week beside.
  if (at < weekStart(rota, near)) return near - 1;
  return at < weekStart(rota, near + 1) ? near : near + 1;
}

/** When the week of a moment ends; before the start, the start. */
function shiftEnd(rota: Rota, at: Date): Date {
  return weekStart(rota, Math.max(0, weekOf(rota, at) + 1));
}
