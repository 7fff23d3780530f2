import type { Actor } from './actor.ts';
import type { ForgeState } from './forge-state.ts';
import { repositoryByName } from './lookups.ts';
import { notAccessible, notFound, Refusal } from './refusal.ts';
import { type Account, type Permission, type Repository, ROLES, type Role } from './state/entities.ts';

/** What an action takes: of an app a permission, of a person a role. */
export interface Need {
  permission: Permission;
  level: 'read' | 'write';
  role: Role;
}

export const READ = (permission: Permission): Need => ({ permission, level: 'read', role: 'read' });
export const WRITE = (permission: Permission, role: Role): Need => ({ permission, level: 'write', role });

/** True when `role` is at least `least`. */
export function atLeast(role: Role | null, least: Role): boolean {
  return role !== null && ROLES.indexOf(role) >= ROLES.indexOf(least);
}

/** A person's role in a repository: organisation owner, collaborator, anyone where it is public, or none. */
export function roleOf(forge: ForgeState, repo: Repository, user: Account): Role | null {
  if (forge.store.get('orgMember', `${repo.ownerId}:${user.id}`)?.role === 'admin') return 'admin';
  const role = forge.store.get('collaborator', `${repo.id}:${user.id}`)?.role;
  return role ?? (repo.private ? null : 'read');
}

/** True when the actor may do what `need` says there. */
export function may(forge: ForgeState, actor: Actor, repo: Repository, need: Need): boolean {
  if (actor.kind === 'user') return atLeast(roleOf(forge, repo, actor.user), need.role);
  if (actor.kind === 'app' || !actor.repositoryIds.includes(repo.id)) return false;
  const granted = need.permission === 'metadata' ? 'read' : actor.permissions[need.permission];
  return granted === 'write' || (granted === 'read' && need.level === 'read');
}

/** Refuses as GitHub does: 404 to who may not see the repository, 403 to who may see but not do. */
export function demand(forge: ForgeState, actor: Actor, repo: Repository, need: Need): void {
  if (may(forge, actor, repo, need)) return;
  if (!may(forge, actor, repo, READ('metadata'))) throw notFound();
  if (actor.kind === 'user') throw new Refusal(403, `Must have ${need.role} rights to Repository.`);
  throw notAccessible();
}

/** The repository of that name if the actor may see it, else GitHub's 404. */
export function visibleRepository(forge: ForgeState, actor: Actor, owner: string, name: string): Repository {
  const repo = repositoryByName(forge, owner, name);
  if (!repo || !may(forge, actor, repo, READ('metadata'))) throw notFound();
  return repo;
}
