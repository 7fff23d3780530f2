import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { YaguraError } from '../domain/error.ts';
import { type Environment, readVariable } from '../environment.ts';
import type { RepoRef } from '../ports/forge.ts';
import { PUBLIC_API_URL, readApiUrl } from './api-url.ts';
import { readPrivateKey } from './private-key.ts';

/** What is needed to speak to GitHub as the app. */
export interface GithubSettings {
  apiUrl: string;
  appId: number;
  /** PKCS#8 PEM. */
  privateKey: string;
  /** One, or two while rotating; where no webhooks are expected one that nobody knows. */
  webhookSecrets: [string, ...string[]];
  /** False where GitHub cannot reach us: everything is asked for. */
  webhooks: boolean;
  repo: RepoRef;
  /** Without one the safe defaults are in force. */
  configRepo: RepoRef | undefined;
}

const repository = {
  schema: z.string().regex(/^[\w.-]+\/[\w.-]+$/),
  allowed: 'a repository as owner/name',
};
const onOrOff = { schema: z.enum(['on', 'off']).transform((value) => value === 'on'), allowed: 'on or off' };

/** Undefined (the demo) when none of the app's variables is set; an error when only some are. */
export function readGithubSettings(env: Environment): GithubSettings | undefined {
  const present = (name: string) => Boolean(env[name]?.trim());
  const webhooks = readVariable(env, 'YAGURA_WEBHOOKS', onOrOff, true);
  const wanted = ['APP_ID', 'PRIVATE_KEY', ...(webhooks ? ['WEBHOOK_SECRET'] : []), 'YAGURA_REPO'];
  const has = (name: string) => present(name) || (name === 'PRIVATE_KEY' && present('PRIVATE_KEY_PATH'));
  const missing = wanted.filter((name) => !has(name));
  if (missing.length === wanted.length) return undefined;
  if (missing.length > 0) {
    const names = missing.map((name) => (name === 'PRIVATE_KEY' ? 'PRIVATE_KEY (or PRIVATE_KEY_PATH)' : name));
    throw new YaguraError('settings', `To serve GitHub, ${names.join(', ')} must be set too.`, {
      hint: 'Unset APP_ID, PRIVATE_KEY, PRIVATE_KEY_PATH, WEBHOOK_SECRET and YAGURA_REPO for the demo.',
    });
  }
  const address = readApiUrl(env.GITHUB_API_URL?.trim() || PUBLIC_API_URL);
  if ('refused' in address) throw new YaguraError('settings', `GITHUB_API_URL: ${address.refused}.`);
  const appId = readVariable(
    env,
    'APP_ID',
    { schema: z.coerce.number().int().positive(), allowed: "the app's number" },
    0,
  );
  return {
    apiUrl: address.url,
    appId,
    privateKey: readKey(env),
    webhookSecrets:
      !webhooks && !present('WEBHOOK_SECRET')
        ? [randomBytes(32).toString('hex')]
        : readSecrets(env.WEBHOOK_SECRET ?? ''),
    webhooks,
    repo: repoRef(readVariable(env, 'YAGURA_REPO', repository, '')),
    configRepo: present('YAGURA_CONFIG_REPO')
      ? repoRef(readVariable(env, 'YAGURA_CONFIG_REPO', repository, ''))
      : undefined,
  };
}

function readKey(env: Environment): string {
  const path = env.PRIVATE_KEY_PATH?.trim();
  if (path && env.PRIVATE_KEY?.trim()) {
    throw new YaguraError('settings', 'PRIVATE_KEY and PRIVATE_KEY_PATH are both set; keep one.');
  }
  const name = path ? 'PRIVATE_KEY_PATH' : 'PRIVATE_KEY';
  const reading = readPrivateKey(path ? readKeyFile(path) : (env.PRIVATE_KEY ?? ''));
  if ('pem' in reading) return reading.pem;
  throw new YaguraError('settings', `${name} must be the app's RSA private key as PEM: ${reading.refused}.`, {
    hint: 'Line breaks may be written as \\n, or the whole PEM as base64.',
  });
}

function readKeyFile(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new YaguraError('settings', `PRIVATE_KEY_PATH names a file that cannot be read: ${path}.`, { cause });
  }
}

function readSecrets(text: string): [string, ...string[]] {
  const [first, ...rest] = text.split(',').map((part) => part.trim());
  const secrets: [string, ...string[]] = [first ?? '', ...rest];
  if (secrets.length <= 2 && secrets.every((secret) => secret !== 'development' && secret.length >= 16)) return secrets;
  throw new YaguraError(
    'settings',
    'WEBHOOK_SECRET must be a secret of at least 16 characters, or two separated by a comma while rotating.',
    { hint: 'Make one with: openssl rand -hex 32. Where GitHub cannot reach Yagura, set YAGURA_WEBHOOKS=off instead.' },
  );
}

function repoRef(text: string): RepoRef {
  const [owner = '', name = ''] = text.split('/');
  return { owner, name };
}
