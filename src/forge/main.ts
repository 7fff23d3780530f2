import { existsSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { sentenceOf } from '../domain/error.ts';
import { type Environment, readVariable } from '../environment.ts';
import { type Seeded, seedForge } from './seed.ts';
import { type RunningForge, startForge } from './start.ts';

const PORT = { schema: z.coerce.number().int().min(0).max(65_535), allowed: 'a port number from 0 to 65535' };
const SCALE = { schema: z.coerce.number().min(1).max(100_000), allowed: 'a number from 1 to 100000' };
const URL_RULE = { schema: z.url({ protocol: /^https?$/ }), allowed: 'an http address' };
const FLAG = { schema: z.enum(['0', '1']).transform((value) => value === '1'), allowed: '1 or 0' };

/** The company the demo runs on. */
const EXAMPLE = resolve(import.meta.dirname, '../../examples/config-repo');

/**
 * Starts and seeds the forge as a process of its own, from the environment: `YAGURA_FORGE_PORT` (3000),
 * `YAGURA_DATA_DIR` (`.yagura`; the forge's part is `forge/` below it), `YAGURA_TIME_SCALE`, `YAGURA_FORGE_LIMITS` (1),
 * `YAGURA_FORGE_CONFIG` (a folder) and `YAGURA_FORGE_WEBHOOK` (where the app listens). What a client needs is written to
 * `connection.json` (0600) in the forge's directory.
 */
export async function runForge(env: Environment): Promise<RunningForge & { seeded: Seeded }> {
  const dataDir = resolve(env.YAGURA_DATA_DIR || '.yagura', 'forge');
  const timeScale = readVariable(env, 'YAGURA_TIME_SCALE', SCALE, undefined);
  const appPort = readVariable(env, 'PORT', PORT, 3100);
  const webhook = `http://127.0.0.1:${appPort}/api/github/webhooks`;
  const webhookUrl = readVariable(env, 'YAGURA_FORGE_WEBHOOK', URL_RULE, webhook);
  const forge = await startForge({
    dataDir,
    port: readVariable(env, 'YAGURA_FORGE_PORT', PORT, 3000),
    limits: readVariable(env, 'YAGURA_FORGE_LIMITS', FLAG, true),
    ...(timeScale === undefined ? {} : { timeScale }),
  });
  const configFolder = env.YAGURA_FORGE_CONFIG || (existsSync(EXAMPLE) ? EXAMPLE : undefined);
  const seeded = seedForge(forge.state, { dataDir, webhookUrl, ...(configFolder ? { configFolder } : {}) });
  const connection = { url: forge.url, apiUrl: forge.apiUrl, adminToken: forge.adminToken, ...seeded };
  writeFileSync(join(dataDir, 'connection.json'), `${JSON.stringify(connection, null, 2)}\n`, { mode: 0o600 });
  return { ...forge, seeded };
}

if (import.meta.main) {
  try {
    const forge = await runForge(process.env);
    console.log(`forge: ${forge.url}`);
    const stop = () => void forge.stop().then(() => process.exit(0));
    process.once('SIGINT', stop);
    process.once('SIGTERM', stop);
  } catch (error) {
    console.error(sentenceOf(error));
    process.exitCode = 2;
  }
}
