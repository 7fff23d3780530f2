import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { PartOptions } from './part.ts';

const launcher = fileURLToPath(new URL('../bin/yagura.js', import.meta.url));
const example = fileURLToPath(new URL('../examples/config-repo/', import.meta.url));

export const ingestToken = 'bench-token';

/** What `yagura forge --json` says, as far as it is used here. */
export interface Connection {
  url: string;
  apiUrl: string;
  adminToken: string;
  appId: number;
  privateKeyPath: string;
  webhookSecret: string;
}

export interface Installation {
  forge: Connection;
  /** Port of the app. */
  port: number;
  /** Process number of the app alone: its PostgreSQL and the forge are processes of their own. */
  pid: number;
}

/** Forge and app as an organisation would run them, with no limits on what may be published. */
export async function startInstallation(part: PartOptions): Promise<Installation> {
  const port = await freePort();
  const configFolder = `${part.dir}/config-repo`;
  cpSync(example, configFolder, { recursive: true });
  writeFileSync(
    `${configFolder}/policies/budgets.md`,
    '---\ncreations_per_hour: 500\ncreations_per_minute: 80\n---\n\nAs much as GitHub can take.\n',
  );
  const forge = startYagura(part, ['forge', '--json'], {
    YAGURA_FORGE_PORT: '0',
    YAGURA_FORGE_LIMITS: '0',
    YAGURA_DATA_DIR: `${part.dir}/forge`,
    YAGURA_FORGE_CONFIG: configFolder,
    YAGURA_FORGE_WEBHOOK: `http://127.0.0.1:${port}/api/github/webhooks`,
  });
  const connection = JSON.parse(await firstLine(forge)) as Connection;
  const app = startYagura(part, ['start'], {
    PORT: String(port),
    YAGURA_DATA_DIR: `${part.dir}/app`,
    YAGURA_INGEST_TOKEN: ingestToken,
    GITHUB_API_URL: connection.apiUrl,
    APP_ID: String(connection.appId),
    PRIVATE_KEY_PATH: connection.privateKeyPath,
    WEBHOOK_SECRET: connection.webhookSecret,
    YAGURA_REPO: 'acme/soc',
    YAGURA_CONFIG_REPO: 'acme/soc-config',
  });
  app.stdout?.resume();
  await until(app, 60, async () => (await fetch(`http://127.0.0.1:${port}/readyz`)).ok);
  return { forge: connection, port, pid: childOf(app.pid ?? 0) };
}

/** The process that a launcher started, as Linux tells it; 0 elsewhere. */
function childOf(pid: number): number {
  try {
    return Number(readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ')[0]);
  } catch {
    return 0;
  }
}

/** JSON of a GET at the forge, by REST as a person or by its admin endpoints. */
export async function ask<T>(forge: Connection, path: string): Promise<T> {
  const admin = path.startsWith('/_admin/');
  const response = await fetch(`${admin ? forge.url : forge.apiUrl}${path}`, {
    headers: { authorization: `Bearer ${admin ? forge.adminToken : 'hana-token'}` },
  });
  if (!response.ok) throw new Error(`GET ${path}: ${response.status}`);
  return (await response.json()) as T;
}

/** A `yagura` subcommand with nothing in its environment but what is given; it ends with the part. */
function startYagura(part: PartOptions, args: string[], env: Record<string, string>): ChildProcess {
  const { PATH = '', HOME = '' } = process.env;
  const child = fork(launcher, args, { env: { PATH, HOME, ...env }, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
  const ended = once(child, 'exit');
  const errors: string[] = [];
  if (child.stderr) createInterface({ input: child.stderr }).on('line', (line) => errors.push(line));
  part.onEnd(async () => {
    child.kill('SIGTERM');
    const [code] = (await ended) as [number | null];
    if (code !== 0) part.say(`yagura ${args[0]} ended with ${code}:\n${errors.slice(-10).join('\n')}`);
  });
  return child;
}

async function firstLine(child: ChildProcess): Promise<string> {
  if (!child.stdout) throw new Error('its output is not read');
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
  return line;
}

/** Looks every 20 ms until it is so; throws when the process ended, or after so many seconds. */
export async function until(child: ChildProcess, seconds: number, isSo: () => Promise<boolean>): Promise<void> {
  const last = performance.now() + seconds * 1000;
  for (;;) {
    if (await isSo().catch(() => false)) return;
    if (child.exitCode !== null || child.signalCode !== null) throw new Error('the process ended');
    if (performance.now() > last) throw new Error(`not so after ${seconds} s`);
    await sleep(20);
  }
}

/** A port of loopback that nobody uses now, for what must be known before its server runs. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
