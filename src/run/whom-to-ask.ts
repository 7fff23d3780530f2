import { nextOnCall, type OnCall } from '../domain/on-call.ts';
import type { Policy } from '../domain/policy.ts';
import { type Forge, ForgeError, type RepoRef } from '../ports/forge.ts';
import type { Sql } from '../ports/store.ts';
import type { Due } from '../store/asking.ts';
import { ownPart } from '../store/own-part.ts';

/** Whose turn it is, whose after that, and who was passed over. */
export interface Turn {
  to: OnCall | undefined;
  /** Asked when `to` does not answer; undefined: nobody more. */
  next: string | undefined;
  passed: { login: string; because: 'cannot read it' | 'part of it' }[];
}

/** People asked about one incident. */
const mostAsked = 3;

/**
 * The next to ask who can read the repository `room` and is not part of the incident, since nobody decides about
 * themselves; when all who can read it are, the first of them is asked all the same. A forge that does not say who can
 * keeps nobody from being asked.
 */
export async function whomToAsk(
  { sql, forge, room }: { sql: Sql; forge: Pick<Forge, 'roleOf'>; room: RepoRef },
  policy: Policy,
  { id, asked }: Due,
  { now, takeBy }: { now: Date; takeBy: Date },
): Promise<Turn> {
  const passed: (Turn['passed'][number] & { who: OnCall })[] = [];
  const nextAt = (at: Date, from: readonly string[]) =>
    from.length < mostAsked ? nextOnCall(policy, at, [...from, ...passed.map(({ login }) => login)]) : undefined;
  let to = nextAt(now, asked);
  for (; to; to = nextAt(now, asked)) {
    const { login } = to;
    const reads = await canRead(forge, room, login);
    if (reads && (await ownPart(sql, id, login, policy)) === undefined) break;
    passed.push({ login, who: to, because: reads ? 'part of it' : 'cannot read it' });
  }
  if (asked.length === 0) to ??= passed.find(({ because }) => because === 'part of it')?.who;
  const after = to ? [...asked, to.login] : asked;
  let next = to && nextAt(takeBy, after);
  for (; next && !(await canRead(forge, room, next.login)); next = nextAt(takeBy, after))
    passed.push({ login: next.login, who: next, because: 'cannot read it' });
  return { to, next: next?.login, passed: passed.map(({ login, because }) => ({ login, because })) };
}

async function canRead(forge: Pick<Forge, 'roleOf'>, room: RepoRef, login: string): Promise<boolean> {
  try {
    return (await forge.roleOf(room, login)) !== 'none';
  } catch (error) {
    if (!(error instanceof ForgeError)) throw error;
    return true;
  }
}
