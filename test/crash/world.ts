import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort } from '../free-port.ts';
import { scratch } from '../scratch.ts';
import { type AppProcess, appProcess } from './app-process.ts';
import { type ForgeProcess, forgeProcess } from './forge-process.ts';
import { endAll } from './process.ts';

export interface World {
  forge: ForgeProcess;
  app: AppProcess;
  [Symbol.asyncDispose](): Promise<void>;
}

export interface WorldOptions {
  timeScale?: number;
  creationsPerHour?: number;
  creationsPerMinute?: number;
  /** Replaces or adds files of the config repository. */
  files?: Record<string, string>;
  /** More environment for the app. */
  env?: Record<string, string>;
}

const example = fileURLToPath(new URL('../../examples/config-repo/', import.meta.url));

/** Rights and rules of the example company, with one resource that needs nothing of the machine. */
export const response = `---
rights:
  analyst: { people: [hana] }
  responder: { people: [ken, mika] }
resources:
  - { id: edge, connector: blocklist, settings: { list: edge } }
responses:
  - id: block-address
    when: { kind: threat }
    entity: ip
    action: block
    resources: [edge]
    autonomy: approve
    duration: 24h
    max_duration: 30d
    because: Nothing is lost.
  - id: block-name
    when: { kind: threat }
    entity: domain
    action: block
    resources: [edge]
    autonomy: approve
    duration: 30d
    max_duration: 30d
    requester_may_approve: true
    because: Nothing is lost.
---
`;

/** A forge and an app (not started yet) in processes and directories of their own. */
export async function world(options: WorldOptions = {}): Promise<World> {
  const dir = scratch('crash');
  const config = join(dir, 'config');
  cpSync(example, config, { recursive: true });
  const { creationsPerHour = 300, creationsPerMinute = 30 } = options;
  const settings = readFileSync(join(config, 'yagura.md'), 'utf8');
  const files = {
    // Issues are counted here.
    'yagura.md': settings.replace('---\n', '---\nqueue: false\n'),
    'policies/budgets.md': `---\ncreations_per_hour: ${creationsPerHour}\ncreations_per_minute: ${creationsPerMinute}\n---\n`,
    'policies/response.md': response,
    ...options.files,
  };
  for (const [path, text] of Object.entries(files)) writeFileSync(join(config, path), text);
  const port = await freePort();
  const scale = options.timeScale === undefined ? {} : { YAGURA_TIME_SCALE: String(options.timeScale) };
  const forgePort = await freePort();
  const forge = await forgeProcess({
    YAGURA_DATA_DIR: join(dir, 'forge'),
    YAGURA_FORGE_PORT: String(forgePort),
    YAGURA_FORGE_CONFIG: config,
    YAGURA_FORGE_WEBHOOK: `http://127.0.0.1:${port}/api/github/webhooks`,
    ...scale,
  });
  const app = appProcess(port, join(dir, 'app'), {
    APP_ID: String(forge.appId),
    PRIVATE_KEY_PATH: forge.privateKeyPath,
    WEBHOOK_SECRET: forge.webhookSecret,
    GITHUB_API_URL: forge.apiUrl,
    YAGURA_REPO: 'acme/soc',
    YAGURA_CONFIG_REPO: 'acme/soc-config',
    ...scale,
    ...options.env,
  });
  return {
    forge,
    app,
    async [Symbol.asyncDispose]() {
      await endAll();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}
