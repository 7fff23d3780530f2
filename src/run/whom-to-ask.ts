import { nextOnCall, type OnCall } from '../domain/on-call.ts';
import type { Policy } from '../domain/policy.ts';
import type { Due } from '../store/asking.ts';
import { type NamedWhere, type NotNamed, whyNotNamed } from './why-not-named.ts';

/** Whose turn it is, whose after that, and who was passed over. */
export interface Turn {
  to: OnCall | undefined;
  /** Asked when `to` does not answer; undefined: nobody more. */
  next: string | undefined;
  passed: { login: string; because: NotNamed }[];
}

/** People asked about one incident. */
const mostAsked = 3;

/** The next to ask of those who may be named: nobody when none is left. */
export async function whomToAsk(
  where: NamedWhere,
  policy: Policy,
  { id, asked }: Due,
  { now, takeBy }: { now: Date; takeBy: Date },
): Promise<Turn> {
  const passed: Turn['passed'] = [];
  const firstAt = async (at: Date, from: readonly string[]): Promise<OnCall | undefined> => {
    if (from.length >= mostAsked) return undefined;
    const one = nextOnCall(policy, at, [...from, ...passed.map(({ login }) => login)]);
    const because = one && (await whyNotNamed(where, policy, id, one.login));
    if (!one || because === undefined) return one;
    passed.push({ login: one.login, because });
    return firstAt(at, from);
  };
  const to = await firstAt(now, asked);
  const next = to && (await firstAt(takeBy, [...asked, to.login]));
  return { to, next: next?.login, passed };
}

/** What keeps those who were passed over from being asked. */
export function whyNobody(passed: Turn['passed']): { part: boolean; unread: boolean } {
  const some = (why: NotNamed) => passed.some(({ because }) => because === why);
  return { part: some('part of it'), unread: some('cannot read it') };
}
