import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { seedForge } from '../forge/seed.ts';
import { startForge } from '../forge/start.ts';
import type { GithubSettings } from '../github/github-settings.ts';
import type { Settings } from '../settings.ts';

/** The embedded forge with its seeded organisation, and the settings by which the app serves it. */
export async function startDemoForge(settings: Settings, io: { say(line: string): void }) {
  io.say('Starting the embedded forge …');
  const dataDir = join(settings.dataDir, 'forge');
  const forge = await startForge({ dataDir, port: settings.forgePort, timeScale: settings.timeScale });
  const configFolder = fileURLToPath(new URL('../../examples/config-repo/', import.meta.url));
  const seed = (webhookUrl: string | null) => seedForge(forge.state, { dataDir, configFolder, webhookUrl });
  const seeded = seed(null);
  const github: GithubSettings = {
    apiUrl: forge.apiUrl,
    appId: seeded.appId,
    privateKey: seeded.privateKey,
    webhookSecrets: [seeded.webhookSecret],
    webhooks: true,
    repo: { owner: 'acme', name: 'soc' },
    configRepo: { owner: 'acme', name: 'soc-config' },
  };
  return {
    url: forge.url,
    github,
    seeded,
    /** The app listens now: deliveries go there. */
    aimWebhooks(port: number): void {
      seed(`http://localhost:${port}/api/github/webhooks`);
    },
    stop: forge.stop,
  };
}
