import type { Language } from '../domain/locale.ts';
import type { Grant, Policy, Right } from '../domain/policy.ts';
import { listsWords } from '../messages/lists.ts';
import { rightsWords } from '../messages/rights.ts';
import { type Forge, ForgeError, type RepoRef } from '../ports/forge.ts';
import { ownParts } from '../store/own-part.ts';
import type { CommandCall } from './command.ts';

/** What somebody may do, and how we know, in a sentence. */
export interface Standing {
  right: Right;
  because: (language: Language) => string;
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
    if (grant.people.some((person) => person.toLowerCase() === name))
      return { right, because: (language) => rightsWords(language).named };
    const team = await memberOf(grant, login, forge, unreadable);
    if (team !== undefined) return { right, because: (language) => rightsWords(language).member(team) };
    if (grant.roles.length === 0) continue;
    role ??= await readable(() => forge.roleOf(repo, login), theRoles, unreadable);
    const held = role;
    if (held !== undefined && grant.roles.includes(held))
      return { right, because: (language) => rightsWords(language).role(held, `${repo.owner}/${repo.name}`) };
  }
  return { right: 'reader', because: (language) => noRight(unreadable, language) };
}

/** What could not be read when it is no team; no team is called so. */
const theRoles = '';

function noRight(unreadable: string[], language: Language): string {
  const words = rightsWords(language);
  const names = [...new Set(unreadable)].map((team) => (team === theRoles ? words.roles : team));
  return names.length === 0 ? words.none : words.none + words.unread(names.join(listsWords(language).and));
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
export function holdersOf(
  right: Right,
  policy: Pick<Policy, 'grants'>,
  language: Language,
  ...except: string[]
): string {
  const words = rightsWords(language);
  const grants = right === 'responder' ? [policy.grants.responder] : [policy.grants.analyst, policy.grants.responder];
  const names = grants.flatMap((g) => [...g.people, ...g.teams, ...g.roles.map(words.roleNamed)]);
  const without = new Set(except.map((login) => login.toLowerCase()));
  const others = names.filter((name) => !without.has(name.toLowerCase()));
  if (names.length === 0) return words.nobody;
  return others.length === 0 ? words.nobodyElse : [...new Set(others)].join(listsWords(language).and);
}

/** The same without those who are part of the incident: nobody decides about themselves. */
export async function decidersOf(
  right: Right,
  { tx, incident, policy, locale }: Pick<CommandCall, 'tx' | 'incident' | 'policy' | 'locale'>,
  ...except: string[]
): Promise<string> {
  const people = [...policy.grants.analyst.people, ...policy.grants.responder.people];
  const parts = await ownParts(tx, incident.id, people, policy);
  return holdersOf(right, policy, locale.language, ...parts.keys(), ...except);
}
