import { createPublicKey, generateKeyPairSync, randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ForgeState } from './forge-state.ts';
import { accountByLogin, repositoryByName, teamBySlug } from './lookups.ts';
import { commitFiles, type FileChange } from './operations/commits.ts';
import { APP_EVENTS, APP_PERMISSIONS, INSTALLATION_EVENTS } from './seed/app-grants.ts';
import { ISSUE_FORM, README } from './seed/first-files.ts';
import { readFolder } from './seed/read-folder.ts';
import type { Account, App, Repository, Role } from './state/entities.ts';

export interface SeedOptions {
  /** Where the private key is kept. */
  dataDir: string;
  /** The folder whose files `acme/soc-config` starts with; without one it starts empty, with no branch. */
  configFolder?: string;
  /** Where the app receives webhooks; null for nobody. */
  webhookUrl: string | null;
}

export interface Seeded {
  appId: number;
  /** PEM, PKCS#8. */
  privateKey: string;
  webhookSecret: string;
  installationId: number;
  repositoryIds: { soc: number; socConfig: number };
}

/** The seeded people; each has the API token `<login>-token`. */
export const PEOPLE = ['hana', 'ken', 'mika', 'otto'] as const;

const ROLES_OF: Record<(typeof PEOPLE)[number], { soc: Role; socConfig?: Role }> = {
  hana: { soc: 'triage', socConfig: 'write' },
  ken: { soc: 'maintain', socConfig: 'write' },
  mika: { soc: 'maintain', socConfig: 'write' },
  otto: { soc: 'read' },
};

/**
 * Makes the organisation `acme` with its people, teams, repositories and the app `yagura`, once: what is there already
 * is left as it is, only the webhook address follows the caller.
 */
export function seedForge(forge: ForgeState, options: SeedOptions): Seeded {
  const privateKey = appKey(options.dataDir);
  return forge.store.transact(() => {
    const org = account(forge, 'acme', 'Organization', 'Acme');
    const people = Object.fromEntries(PEOPLE.map((login) => [login, person(forge, login)]));
    const soc = repository(forge, org, 'soc', 'Security operations: every alert is an issue');
    const socConfig = repository(forge, org, 'soc-config', 'Context, policies, playbooks and detections');
    peopleJoin(forge, org, people, soc, socConfig);
    const app = appOf(forge, org, privateKey, options.webhookUrl);
    const installation =
      forge.store.all('installation').find((one) => one.appId === app.id) ??
      forge.store.put('installation', {
        id: forge.store.newId(),
        appId: app.id,
        accountId: org.id,
        repositoryIds: [soc.id, socConfig.id],
        permissions: APP_PERMISSIONS,
        events: INSTALLATION_EVENTS,
        createdAt: forge.clock.stamp(),
      });
    const owner = people.ken;
    if (owner) {
      firstCommit(forge, owner, soc, [README, ISSUE_FORM]);
      if (options.configFolder !== undefined) firstCommit(forge, owner, socConfig, readFolder(options.configFolder));
    }
    const repositoryIds = { soc: soc.id, socConfig: socConfig.id };
    return {
      appId: app.id,
      privateKey,
      webhookSecret: app.webhookSecret,
      installationId: installation.id,
      repositoryIds,
    };
  });
}

function appKey(dataDir: string): string {
  const file = join(dataDir, 'app-private-key.pem');
  if (existsSync(file)) return readFileSync(file, 'utf8');
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  writeFileSync(file, pem, { mode: 0o600 });
  return pem;
}

function account(forge: ForgeState, login: string, type: Account['type'], name: string): Account {
  const found = accountByLogin(forge, login);
  return (
    found ?? forge.store.put('account', { id: forge.store.newId(), login, type, name, createdAt: forge.clock.stamp() })
  );
}

function person(forge: ForgeState, login: string): Account {
  const user = account(forge, login, 'User', login[0]?.toUpperCase() + login.slice(1));
  const token = `${login}-token`;
  if (!forge.store.get('token', token)) {
    const scope = { installationId: null, expiresAt: null, repositoryIds: null, permissions: null };
    forge.store.put('token', { token, userId: user.id, ...scope });
  }
  return user;
}

function repository(forge: ForgeState, org: Account, name: string, description: string): Repository {
  const now = forge.clock.stamp();
  return (
    repositoryByName(forge, org.login, name) ??
    forge.store.put('repository', {
      id: forge.store.newId(),
      ownerId: org.id,
      name,
      description,
      private: true,
      defaultBranch: 'main',
      createdAt: now,
      updatedAt: now,
      pushedAt: now,
      lastNumber: 0,
    })
  );
}

function peopleJoin(
  forge: ForgeState,
  org: Account,
  people: Record<string, Account>,
  soc: Repository,
  socConfig: Repository,
): void {
  // Rights changed after the first seed are somebody's decision; they stay.
  if (teamBySlug(forge, org.id, 'soc-responders')) return;
  for (const login of PEOPLE) {
    const user = people[login];
    if (!user) continue;
    const roles = ROLES_OF[login];
    forge.store.put('collaborator', { repoId: soc.id, userId: user.id, role: roles.soc });
    if (!roles.socConfig) continue;
    forge.store.put('collaborator', { repoId: socConfig.id, userId: user.id, role: roles.socConfig });
    forge.store.put('orgMember', { orgId: org.id, userId: user.id, role: 'member' });
  }
  const team = (slug: string, name: string, logins: string[]) => {
    const memberIds = logins.flatMap((login) => people[login]?.id ?? []);
    forge.store.put('team', { id: forge.store.newId(), orgId: org.id, slug, name, memberIds });
  };
  team('soc-responders', 'SOC responders', ['ken', 'mika']);
  team('soc-analysts', 'SOC analysts', ['hana']);
}

function appOf(forge: ForgeState, org: Account, privateKey: string, webhookUrl: string | null): App {
  const found = forge.store.all('app').find((one) => one.slug === 'yagura');
  if (found) return found.webhookUrl === webhookUrl ? found : forge.store.put('app', { ...found, webhookUrl });
  const id = forge.store.newId();
  return forge.store.put('app', {
    id,
    slug: 'yagura',
    name: 'Yagura',
    ownerId: org.id,
    botId: account(forge, 'yagura[bot]', 'Bot', 'yagura[bot]').id,
    clientId: `Iv1.${randomBytes(8).toString('hex')}`,
    publicKey: createPublicKey(privateKey).export({ type: 'spki', format: 'pem' }).toString(),
    webhookUrl,
    webhookSecret: randomBytes(24).toString('hex'),
    permissions: APP_PERMISSIONS,
    events: APP_EVENTS,
    createdAt: forge.clock.stamp(),
  });
}

function firstCommit(forge: ForgeState, user: Account, repo: Repository, files: FileChange[]): void {
  const name = `refs/heads/${repo.defaultBranch}`;
  if (files.length === 0 || forge.store.get('ref', `${repo.id}:${name}`)) return;
  const commit = commitFiles(forge, { kind: 'user', user }, repo, null, { message: 'Start', files });
  forge.store.put('ref', { repoId: repo.id, name, sha: commit.sha });
}
