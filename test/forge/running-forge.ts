import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createAppAuth } from '@octokit/auth-app';
import { Octokit } from '@octokit/rest';
import { type Seeded, seedForge } from '../../src/forge/seed.ts';
import { type ForgeOptions, type RunningForge, startForge } from '../../src/forge/start.ts';
import { scratch } from '../scratch.ts';

export const SOC = { owner: 'acme', repo: 'soc' };
export const CONFIG = { owner: 'acme', repo: 'soc-config' };

export interface ForgeInTest {
  forge: RunningForge;
  seeded: Seeded;
  dataDir: string;
  /** The app's installation, by the real JWT and token exchange. */
  app: Octokit;
  /** The app as itself, by JWT only. */
  jwt: Octokit;
  person(login: string): Octokit;
  [Symbol.asyncDispose](): Promise<void>;
}

/** Of the first forge; making another takes a tenth of a second. */
let privateKey: string | undefined;

type Options = Partial<ForgeOptions> & { webhookUrl?: string; configFolder?: string };

/** A seeded forge on a free port and clients for it; disposed with its directory. */
export async function forgeInTest(options: Options = {}): Promise<ForgeInTest> {
  const { webhookUrl = null, configFolder, ...rest } = options;
  const dataDir = rest.dataDir ?? scratch('forge');
  const forge = await startForge({ port: 0, ...rest, dataDir });
  const folder = configFolder === undefined ? {} : { configFolder };
  const keyFile = join(dataDir, 'app-private-key.pem');
  if (privateKey !== undefined && !existsSync(keyFile)) writeFileSync(keyFile, privateKey, { mode: 0o600 });
  const seeded = seedForge(forge.state, { dataDir, webhookUrl, ...folder });
  privateKey = seeded.privateKey;
  const baseUrl = forge.apiUrl;
  const identity = { appId: seeded.appId, privateKey: seeded.privateKey };
  const quiet = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
  const shared = { baseUrl, log: quiet };
  return {
    forge,
    seeded,
    dataDir,
    app: new Octokit({
      ...shared,
      authStrategy: createAppAuth,
      auth: { ...identity, installationId: seeded.installationId },
    }),
    jwt: new Octokit({ ...shared, authStrategy: createAppAuth, auth: identity }),
    person: (login) => new Octokit({ ...shared, auth: `${login}-token` }),
    [Symbol.asyncDispose]: async () => {
      await forge.stop();
      if (rest.dataDir === undefined) rmSync(dataDir, { recursive: true });
    },
  };
}

/** The status of a request that must fail, with GitHub's message. */
export async function refusalOf(request: Promise<unknown>): Promise<{ status: number; message: string }> {
  try {
    await request;
  } catch (error) {
    if (error instanceof Error && 'status' in error) return { status: Number(error.status), message: error.message };
    throw error;
  }
  throw new Error('The request was not refused.');
}
