import type { Policy } from '../domain/policy.ts';
import { type Forge, ForgeError, type RepoRef } from '../ports/forge.ts';
import type { Sql } from '../ports/store.ts';
import { ownPart } from '../store/own-part.ts';

/** Where it is asked who may be named: `room` is the repository people would read it in. */
export interface NamedWhere {
  sql: Sql;
  forge: Pick<Forge, 'roleOf'>;
  room: RepoRef;
}

export type NotNamed = 'cannot read it' | 'part of it';

/**
 * Why somebody is not turned to in a room, about an incident if one is given; undefined when they may be. They must be able to read it, and nobody
 * decides about themselves. A forge that does not say who can read keeps nobody from being named.
 */
export async function whyNotNamed(
  { sql, forge, room }: NamedWhere,
  policy: Pick<Policy, 'context' | 'people'>,
  incident: string | null,
  login: string,
): Promise<NotNamed | undefined> {
  if (!(await canRead(forge, room, login))) return 'cannot read it';
  const part = incident === null ? undefined : await ownPart(sql, incident, login, policy);
  return part === undefined ? undefined : 'part of it';
}

/** Whether somebody can read a repository, as far as the forge says it. */
export async function canRead(forge: NamedWhere['forge'], room: RepoRef, login: string): Promise<boolean> {
  try {
    return (await forge.roleOf(room, login)) !== 'none';
  } catch (error) {
    if (!(error instanceof ForgeError)) throw error;
    return true;
  }
}
