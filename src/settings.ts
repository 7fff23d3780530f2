import { resolve } from 'node:path';
import { inspect } from 'node:util';
import { z } from 'zod';
import { YaguraError } from './domain/error.ts';
import { type Environment, readVariable } from './environment.ts';
import { isLoopback } from './github/api-url.ts';
import { type GithubSettings, readGithubSettings } from './github/github-settings.ts';
import { type ModelSettings, readModelSettings } from './model/model-settings.ts';

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
  /** Addresses and keys of notification channels, by the name of their variable: `YAGURA_NOTIFY_…`. */
  notifySecrets: ReadonlyMap<string, string>;
  /** Key of pseudonyms; made at random when undefined. */
  maskingKey: string | undefined;
  allowPublic: boolean;
  hostFirewall: boolean;
  timeScale: number;
  /** Which model investigates; undefined: none does. */
  model: ModelSettings | undefined;
}

const port = { schema: z.coerce.number().int().min(0).max(65_535), allowed: 'a port number from 0 to 65535' };
const flag = { schema: z.enum(['0', '1']).transform((value) => value === '1'), allowed: '1 or 0' };
const secret = { schema: z.string().max(4_096), allowed: 'an address or a key' };
const token = { schema: z.string().regex(/^\S+$/), allowed: 'a token without spaces' };
const maskingKey = { schema: z.string().regex(/^\S{32,}$/), allowed: 'at least 32 characters without spaces' };

/** Reads and checks the environment. Throws `YaguraError('settings')` naming the variable and what it may be. */
export function readSettings(env: Environment): Settings {
  const github = readGithubSettings(env);
  const settings: Settings = {
    github,
    mode: github ? 'github' : 'demo',
    host: readVariable(
      env,
      'HOST',
      { schema: z.string().regex(/^[\w.:[\]-]+$/), allowed: 'a host name or address' },
      '127.0.0.1',
    ),
    port: readVariable(env, 'PORT', port, 3100),
    forgePort: readVariable(env, 'YAGURA_FORGE_PORT', port, 3000),
    dataDir: resolve(env.YAGURA_DATA_DIR || '.yagura'),
    databaseUrl: readVariable(
      env,
      'DATABASE_URL',
      { schema: z.string().regex(/^postgres(ql)?:\/\/./), allowed: 'a postgres:// address' },
      undefined,
    ),
    ingestToken: readVariable(env, 'YAGURA_INGEST_TOKEN', token, undefined),
    ingestTokens: readIngestTokens(env),
    listToken: readVariable(env, 'YAGURA_LIST_TOKEN', token, undefined),
    notifySecrets: readNotifySecrets(env),
    maskingKey: readVariable(env, 'YAGURA_MASKING_KEY', maskingKey, undefined),
    allowPublic: readVariable(env, 'YAGURA_ALLOW_PUBLIC', flag, false),
    hostFirewall: readVariable(env, 'YAGURA_HOST_FIREWALL', flag, false),
    timeScale: readTimeScale(env, github),
    model: readModelSettings(env),
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
    notifySecrets: Object.fromEntries([...settings.notifySecrets].map(([name, value]) => [name, hide(value)])),
    maskingKey: hide(settings.maskingKey),
  };
}

/** Makes `console.log(settings)` and `JSON.stringify(settings)` harmless, since somebody will. */
function guarded(settings: Settings): Settings {
  const view = { value: () => redacted(settings), enumerable: false };
  return Object.defineProperties(settings, { toJSON: view, [inspect.custom]: view });
}

function readIngestTokens(env: Environment): ReadonlyMap<string, string> {
  const prefix = 'YAGURA_INGEST_TOKEN_';
  const tokens = new Map<string, string>();
  for (const name of Object.keys(env).filter((key) => key.startsWith(prefix) && key.length > prefix.length)) {
    const value = readVariable(env, name, token, undefined);
    if (value !== undefined) tokens.set(name.slice(prefix.length).toLowerCase().replaceAll('_', '-'), value);
  }
  return tokens;
}

/** What a channel makes of its own is looked at when it is opened. */
function readNotifySecrets(env: Environment): ReadonlyMap<string, string> {
  const names = Object.keys(env).filter((key) => /^YAGURA_NOTIFY_[A-Z0-9_]+$/.test(key));
  const found = names.map((name) => [name, readVariable(env, name, secret, '')] as const);
  return new Map(found.filter(([, value]) => value !== ''));
}

/** Time may run fast only where the forge's clock runs with it; the forge itself is asked again at start. */
function readTimeScale(env: Environment, github: GithubSettings | undefined): number {
  const rule = { schema: z.coerce.number().min(1).max(100_000), allowed: 'a number from 1 to 100000' };
  const scale = readVariable(env, 'YAGURA_TIME_SCALE', rule, 1);
  if (scale !== 1 && github && !isLoopback(new URL(github.apiUrl).hostname)) {
    throw new YaguraError('settings', 'YAGURA_TIME_SCALE is allowed with the embedded forge only.');
  }
  return scale;
}
