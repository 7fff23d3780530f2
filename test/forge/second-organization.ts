import type { ForgeState } from '../../src/forge/forge-state.ts';
import { accountByLogin, repositoryByName, teamBySlug } from '../../src/forge/lookups.ts';
import { APP_PERMISSIONS, INSTALLATION_EVENTS } from '../../src/forge/seed/app-grants.ts';
import type { Account, Permissions, Repository, Role } from '../../src/forge/state/entities.ts';

/** An organization beside `acme`, in which the same app is installed a second time. */
export interface OtherOrganization {
  login: string;
  /** By name, who is a collaborator with which role. People who do not exist yet are made, with the token `<login>-token`. */
  repositories: Record<string, Record<string, Role>>;
  /** By slug, the logins of the members. */
  teams?: Record<string, string[]>;
  /** Repositories of it that the installation covers; all when not given. */
  covered?: readonly string[];
  /** What the organization gave the app; all it asks for when not given. */
  permissions?: Permissions;
}

export interface SeededOrganization {
  installationId: number;
  /** By name. */
  repositoryIds: Record<string, number>;
}

/**
 * Makes an organization with its people, teams, private repositories and an installation of `yagura` of its own; one that
 * is there gets what it has not.
 */
export function seedOrganization(forge: ForgeState, wanted: OtherOrganization): SeededOrganization {
  return forge.store.transact(() => {
    const org = accountOf(forge, wanted.login, 'Organization');
    const repositories = Object.entries(wanted.repositories).map(([name, people]) => {
      const repo = repositoryOf(forge, org, name);
      for (const [login, role] of Object.entries(people))
        forge.store.put('collaborator', { repoId: repo.id, userId: personOf(forge, login).id, role });
      return repo;
    });
    for (const [slug, members] of Object.entries(wanted.teams ?? {})) {
      if (teamBySlug(forge, org.id, slug)) continue;
      const memberIds = members.map((login) => personOf(forge, login).id);
      for (const userId of memberIds) forge.store.put('orgMember', { orgId: org.id, userId, role: 'member' });
      forge.store.put('team', { id: forge.store.newId(), orgId: org.id, slug, name: slug, memberIds });
    }
    const covered = repositories.filter(({ name }) => wanted.covered?.includes(name) ?? true).map(({ id }) => id);
    return {
      installationId: install(forge, org, covered, wanted.permissions ?? APP_PERMISSIONS),
      repositoryIds: Object.fromEntries(repositories.map(({ name, id }) => [name, id])),
    };
  });
}

function install(forge: ForgeState, org: Account, repositoryIds: number[], permissions: Permissions): number {
  const app = forge.store.all('app').find((one) => one.slug === 'yagura');
  if (!app) throw new Error('Seed the forge first: it has no app to install.');
  const found = forge.store.all('installation').find((one) => one.accountId === org.id);
  if (found) {
    forge.store.put('installation', { ...found, repositoryIds: [...found.repositoryIds, ...repositoryIds] });
    return found.id;
  }
  const about = { appId: app.id, accountId: org.id, repositoryIds, permissions, events: INSTALLATION_EVENTS };
  const id = forge.store.newId();
  forge.store.put('installation', { id, ...about, createdAt: forge.clock.stamp() });
  return id;
}

function accountOf(forge: ForgeState, login: string, type: Account['type']): Account {
  const found = accountByLogin(forge, login);
  const made = { id: forge.store.newId(), login, type, name: login, createdAt: forge.clock.stamp() };
  return found ?? forge.store.put('account', made);
}

function personOf(forge: ForgeState, login: string): Account {
  const user = accountOf(forge, login, 'User');
  const token = `${login}-token`;
  const scope = { installationId: null, expiresAt: null, repositoryIds: null, permissions: null };
  if (!forge.store.get('token', token)) forge.store.put('token', { token, userId: user.id, ...scope });
  return user;
}

function repositoryOf(forge: ForgeState, org: Account, name: string): Repository {
  const now = forge.clock.stamp();
  const times = { createdAt: now, updatedAt: now, pushedAt: now };
  const about = { name, description: null, private: true, defaultBranch: 'main', lastNumber: 0 };
  const made = { id: forge.store.newId(), ownerId: org.id, ...about, ...times };
  return repositoryByName(forge, org.login, name) ?? forge.store.put('repository', made);
}
