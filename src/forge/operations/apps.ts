import { createPublicKey, generateKeyPairSync, randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { ForgeState } from '../forge-state.ts';
import { fullName } from '../lookups.ts';
import { nodeId } from '../node-id.ts';
import { Refusal } from '../refusal.ts';
import type { Account, App, Installation, Permissions, Repository } from '../state/entities.ts';
import { installationView } from '../views/app-view.ts';
import { recordEvent } from '../webhooks/emit.ts';

/** What GitHub's form takes: docs.github.com, "Registering a GitHub App from a manifest". */
export const AppManifest = z.object({
  name: z.string().min(1).max(34),
  url: z.url(),
  hook_attributes: z.object({ url: z.url(), active: z.boolean().optional() }).optional(),
  redirect_url: z.url(),
  public: z.boolean().optional(),
  default_permissions: z.record(z.string(), z.enum(['read', 'write'])).default({}),
  default_events: z.array(z.string()).default([]),
});
export type AppManifest = z.infer<typeof AppManifest>;

/** A manifest's code lives one hour. */
const CODE_LIFE_MS = 3_600_000;

/** Makes the app a manifest describes; the code is exchanged once for its key and secret. */
export function registerApp(forge: ForgeState, owner: Account, manifest: AppManifest): { app: App; code: string } {
  const slug = manifest.name.toLowerCase().replace(/[^a-z0-9]+/g, '-');
  if (forge.store.all('app').some((one) => one.slug === slug))
    throw new Refusal(422, `Name ${manifest.name} is already taken.`);
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const pem = privateKey.export({ type: 'pkcs1', format: 'pem' }).toString();
  const login = `${slug}[bot]`;
  const createdAt = forge.clock.stamp();
  const bot = forge.store.put('account', { id: forge.store.newId(), login, type: 'Bot', name: login, createdAt });
  const app = forge.store.put('app', {
    id: forge.store.newId(),
    slug,
    name: manifest.name,
    ownerId: owner.id,
    public: manifest.public,
    botId: bot.id,
    clientId: `Iv1.${randomBytes(8).toString('hex')}`,
    publicKey: createPublicKey(privateKey).export({ type: 'spki', format: 'pem' }).toString(),
    webhookUrl: manifest.hook_attributes?.url ?? null,
    webhookSecret: randomBytes(20).toString('hex'),
    permissions: { metadata: 'read', ...manifest.default_permissions } as Permissions,
    events: manifest.default_events,
    createdAt,
  });
  const code = randomBytes(20).toString('hex');
  forge.store.put('manifestCode', { code, appId: app.id, privateKey: pem, expiresAt: Date.now() + CODE_LIFE_MS });
  return { app, code };
}

/** The app of a code, with its key; a code is good once. */
export function exchangeCode(forge: ForgeState, code: string): { app: App; privateKey: string } | undefined {
  const found = forge.store.get('manifestCode', code);
  const app = found && forge.store.get('app', found.appId);
  if (!found || !app) return undefined;
  forge.store.remove('manifestCode', code);
  return found.expiresAt > Date.now() ? { app, privateKey: found.privateKey } : undefined;
}

/** Installs an app on repositories of one account, and tells it so. */
export function installApp(forge: ForgeState, sender: Account, app: App, repos: Repository[]): Installation {
  const [first] = repos;
  if (!first || repos.some((repo) => repo.ownerId !== first.ownerId))
    throw new Refusal(422, 'An app is installed on repositories of one account.');
  // docs.github.com, "Making a GitHub App public or private".
  if (!app.public && first.ownerId !== app.ownerId)
    throw new Refusal(403, `${app.name} is private: it can only be installed on the account that owns it.`);
  if (forge.store.all('installation').some((one) => one.appId === app.id && one.accountId === first.ownerId))
    throw new Refusal(422, `${app.name} is installed there already.`);
  const installation = forge.store.put('installation', {
    id: forge.store.newId(),
    appId: app.id,
    accountId: first.ownerId,
    repositoryIds: repos.map((repo) => repo.id),
    permissions: app.permissions,
    events: app.events,
    createdAt: forge.clock.stamp(),
  });
  const repositories = repos.map((repo) => ({
    id: repo.id,
    node_id: nodeId('R', repo.id),
    name: repo.name,
    full_name: fullName(forge, repo),
    private: repo.private,
  }));
  const body = { installation: installationView(forge, installation), repositories, requester: null };
  recordEvent(forge, installation, { event: 'installation', action: 'created', repoId: null, sender, body });
  return installation;
}
