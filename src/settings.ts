import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { inspect } from 'node:util';
import { z } from 'zod';
import { YaguraError } from './domain/error.ts';
import { isLoopback, PUBLIC_API_URL, readApiUrl } from './github/api-url.ts';
import { readPrivateKey } from './github/private-key.ts';
import type { RepoRef } from './ports.ts';

/** What is needed to speak to GitHub as the app. */
export interface GithubSettings {
  apiUrl: string;
  appId: number;
  /** PKCS#8 PEM. */
  privateKey: string;
  /** One, or two while rotating. */
  webhookSecrets: [string, ...string[]];
  repo: RepoRef;
  /** Without one the safe defaults are in force. */
  configRepo: RepoRef | undefined;
}

export type LogLevel = 'silent' | 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace';

/** The whole environment, read once. Printing or serializing it shows the `redacted` view. */
export interface Settings {
  /** Set when the app serves GitHub; absent in the demo, whose forge is embedded. */
  github: GithubSettings | undefined;
  mode: 'demo' | 'github';
  host: string;
  port: number;
  /** Port of the embedded forge (demo only). */
  forgePort: number;
  dataDir: string;
  databaseUrl: string | undefined;
  /** Token for every source; made at random when undefined. */
  ingestToken: string | undefined;
  /** Tokens for one source alone, by source name: `YAGURA_INGEST_TOKEN_GUARD_DUTY` is `guard-duty`. */
  ingestTokens: ReadonlyMap<string, string>;
  /** Token for `GET /lists/<name>.txt`; made at random when undefined. */
  listToken: string | undefined;
  allowPublic: boolean;
  hostFirewall: boolean;
  timeScale: number;
  logLevel: LogLevel;
}

export type Environment = Readonly<Record<string, string | undefined>>;

const port = { schema: z.coerce.number().int().min(0).max(65_535), allowed: 'a port number from 0 to 65535' };
const flag = { schema: z.enum(['0', '1']).transform((value) => value === '1'), allowed: '1 or 0' };
const token = { schema: z.string().regex(/^\S+$/), allowed: 'a token without spaces' };
const repository = {
  schema: z.string().regex(/^[\w.-]+\/[\w.-]+$/),
  allowed: 'a repository as owner/name',
};
const levels = ['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace'] as const;

/** Reads and checks the environment. Throws `YaguraError('settings')` naming the variable and what it may be. */
export function readSettings(env: Environment): Settings {
  const github = readGithub(env);
  const settings: Settings = {
    github,
    mode: github ? 'github' : 'demo',
    host: read(
      env,
      'HOST',
      { schema: z.string().regex(/^[\w.:[\]-]+$/), allowed: 'a host name or address' },
      '127.0.0.1',
    ),
    port: read(env, 'PORT', port, 3100),
    forgePort: read(env, 'YAGURA_FORGE_PORT', port, 3000),
    dataDir: resolve(env.YAGURA_DATA_DIR || '.yagura'),
    databaseUrl: read(
      env,
      'DATABASE_URL',
      { schema: z.string().regex(/^postgres(ql)?:\/\/./), allowed: 'a postgres:// address' },
      undefined,
    ),
    ingestToken: read(env, 'YAGURA_INGEST_TOKEN', token, undefined),
    ingestTokens: readIngestTokens(env),
    listToken: read(env, 'YAGURA_LIST_TOKEN', token, undefined),
    allowPublic: read(env, 'YAGURA_ALLOW_PUBLIC', flag, false),
    hostFirewall: read(env, 'YAGURA_HOST_FIREWALL', flag, false),
    timeScale: readTimeScale(env, github),
    logLevel: read(
      env,
      'LOG_LEVEL',
      { schema: z.string().toLowerCase().pipe(z.enum(levels)), allowed: levels.join(', ') },
      'info',
    ),
  };
  return guarded(settings);
}

/** The settings with every secret replaced, for logs. */
export function redacted(settings: Settings): Record<string, unknown> {
  const hide = (value: string | undefined) => (value === undefined ? undefined : '[redacted]');
  const { github } = settings;
  return {
    ...settings,
    github: github && {
      ...github,
      privateKey: hide(github.privateKey),
      webhookSecrets: github.webhookSecrets.map(hide),
    },
    databaseUrl: settings.databaseUrl?.replace(/^(\w+:\/\/)[^@/]*@/, '$1[redacted]@').replace(/\?.*$/, ''),
    ingestToken: hide(settings.ingestToken),
    ingestTokens: Object.fromEntries([...settings.ingestTokens].map(([source, value]) => [source, hide(value)])),
    listToken: hide(settings.listToken),
  };
}

/** Makes `console.log(settings)` and `JSON.stringify(settings)` harmless, since somebody will. */
function guarded(settings: Settings): Settings {
  const view = { value: () => redacted(settings), enumerable: false };
  return Object.defineProperties(settings, { toJSON: view, [inspect.custom]: view });
}

interface Rule<T> {
  schema: z.ZodType<T>;
  allowed: string;
}

function read<T, D>(env: Environment, name: string, rule: Rule<T>, fallback: D): T | D {
  const text = env[name]?.trim();
  if (!text) return fallback;
  const result = rule.schema.safeParse(text);
  if (result.success) return result.data;
  throw new YaguraError('settings', `${name} must be ${rule.allowed}.`);
}

/** Undefined (the demo) when none of the app's variables is set; an error when only some are. */
function readGithub(env: Environment): GithubSettings | undefined {
  const present = (name: string) => Boolean(env[name]?.trim());
  const wanted = ['APP_ID', 'PRIVATE_KEY', 'WEBHOOK_SECRET', 'YAGURA_REPO'];
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
  const appId = read(env, 'APP_ID', { schema: z.coerce.number().int().positive(), allowed: "the app's number" }, 0);
  return {
    apiUrl: address.url,
    appId,
    privateKey: readKey(env),
    webhookSecrets: readSecrets(env.WEBHOOK_SECRET ?? ''),
    repo: repoRef(read(env, 'YAGURA_REPO', repository, '')),
    configRepo: present('YAGURA_CONFIG_REPO') ? repoRef(read(env, 'YAGURA_CONFIG_REPO', repository, '')) : undefined,
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
    { hint: 'Make one with: openssl rand -hex 32' },
  );
}

function repoRef(text: string): RepoRef {
  const [owner = '', name = ''] = text.split('/');
  return { owner, name };
}

function readIngestTokens(env: Environment): ReadonlyMap<string, string> {
  const prefix = 'YAGURA_INGEST_TOKEN_';
  const tokens = new Map<string, string>();
  for (const name of Object.keys(env).filter((key) => key.startsWith(prefix) && key.length > prefix.length)) {
    const value = read(env, name, token, undefined);
    if (value !== undefined) tokens.set(name.slice(prefix.length).toLowerCase().replaceAll('_', '-'), value);
  }
  return tokens;
}

/** Time may run fast only where the forge's clock runs with it; the forge itself is asked again at start. */
function readTimeScale(env: Environment, github: GithubSettings | undefined): number {
  const rule = { schema: z.coerce.number().min(1).max(100_000), allowed: 'a number from 1 to 100000' };
  const scale = read(env, 'YAGURA_TIME_SCALE', rule, 1);
  if (scale !== 1 && github && !isLoopback(new URL(github.apiUrl).hostname)) {
    throw new YaguraError('settings', 'YAGURA_TIME_SCALE is allowed with the embedded forge only.');
  }
  return scale;
}
