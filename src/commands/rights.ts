import type { Grant, Policy, Right } from '../domain/policy.ts';
import { type Forge, ForgeError, type RepoRef } from '../ports.ts';
import { ownParts } from '../store/own-part.ts';
import type { CommandCall } from './command.ts';

/** What somebody may do, and how we know, in a sentence. */
export interface Standing {
  right: Right;
  because: string;
}

/**
 * The highest right a login has, asked of the forge at this moment: named in the policy, member of a named team, or
 * of a named role in the issue repository. What cannot be read gives nothing, and the sentence says so.
 */
export async function standingOf(
  login: string,
  policy: Pick<Policy, 'grants'>,
  forge: Pick<Forge, 'roleOf' | 'isTeamMember'>,
  repo: RepoRef,
): Promise<Standing> {
  const name = login.toLowerCase();
  const unreadable: string[] = [];
  let role: string | undefined;
  for (const right of ['responder', 'analyst'] as const) {
    const grant = policy.grants[right];
    if (grant.people.some((person) => person.toLowerCase() === name)) return { right, because: 'named in the policy' };
    const team = await memberOf(grant, login, forge, unreadable);
    if (team !== undefined) return { right, because: `member of ${team}` };
    if (grant.roles.length === 0) continue;
    role ??= await readable(() => forge.roleOf(repo, login), 'roles', unreadable);
    if (role !== undefined && grant.roles.includes(role))
      return { right, because: `${role} on ${repo.owner}/${repo.name}` };
  }
  const blind = unreadable.length > 0 ? `; ${[...new Set(unreadable)].join(', ')} could not be read` : '';
  return { right: 'reader', because: `no right in policies/response.md${blind}` };
}

async function memberOf(
  grant: Grant,
  login: string,
  forge: Pick<Forge, 'isTeamMember'>,
  unreadable: string[],
): Promise<string | undefined> {
  for (const team of grant.teams) {
    if (await readable(() => forge.isTeamMember(team, login), team, unreadable)) return team;
  }
  return undefined;
}

/** The answer, or undefined with a word about what we are not allowed to read: that gives nobody a right. */
async function readable<T>(ask: () => Promise<T>, what: string, unreadable: string[]): Promise<T | undefined> {
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof ForgeError) || (error.reason !== 'forbidden' && error.reason !== 'not-found')) throw error;
    unreadable.push(what);
    return undefined;
  }
}

/**
 * Who holds a right or a higher one, for a refusal: people, teams and roles as the policy writes them; without `except`,
 * who are not meant.
 */
export function holdersOf(right: Right, policy: Pick<Policy, 'grants'>, ...except: string[]): string {
  const grants = right === 'responder' ? [policy.grants.responder] : [policy.grants.analyst, policy.grants.responder];
  const names = grants.flatMap((g) => [...g.people, ...g.teams, ...g.roles.map((r) => `role ${r}`)]);
  const without = new Set(except.map((login) => login.toLowerCase()));
  const others = names.filter((name) => !without.has(name.toLowerCase()));
  if (names.length === 0) return 'nobody: policies/response.md grants it to no one';
  return others.length === 0 ? 'nobody else: policies/response.md names no other' : [...new Set(others)].join(', ');
}

/** The same without those who are part of the incident: nobody decides about themselves. */
export async function decidersOf(
  right: Right,
  { tx, incident, policy }: Pick<CommandCall, 'tx' | 'incident' | 'policy'>,
  ...except: string[]
): Promise<string> {
  const people = [...policy.grants.analyst.people, ...policy.grants.responder.people];
  const parts = await ownParts(tx, incident.id, people, policy);
  return holdersOf(right, policy, ...parts.keys(), ...except);
}
