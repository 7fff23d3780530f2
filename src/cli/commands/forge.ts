import { resolve } from 'node:path';
import { YaguraError } from '../../domain/error.ts';
import { runForge } from '../../forge/main.ts';
import type { CliCommand } from '../command.ts';
import { onParentGone } from '../parent-watch.ts';

export const command: CliCommand = {
  name: 'forge',
  summary: 'run the embedded GitHub-compatible forge alone',
  usage: `yagura forge [--json]

The forge of the demo by itself, seeded, for an app in another process. Environment: YAGURA_FORGE_PORT (3000),
YAGURA_DATA_DIR (.yagura), YAGURA_TIME_SCALE, YAGURA_FORGE_LIMITS (1), YAGURA_FORGE_CONFIG (folder of the config
repository), YAGURA_FORGE_WEBHOOK (where the app listens). With --json its first line says, as one JSON object, what a
client needs: secrets included. Ctrl-C stops it.`,
  async run(args, { env, cwd, stdout }) {
    const [flag, ...more] = args;
    if (more.length > 0 || (flag !== undefined && flag !== '--json'))
      throw new YaguraError('input', 'yagura forge takes no argument but --json.');
    const stopped = new Promise<void>((stop) => {
      for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stop());
      onParentGone(stop);
    });
    const dataDir = resolve(cwd, env.YAGURA_DATA_DIR || '.yagura');
    const forge = await runForge({ ...env, YAGURA_DATA_DIR: dataDir });
    const { url, apiUrl, adminToken, seeded } = forge;
    const { appId, webhookSecret, installationId, repositoryIds } = seeded;
    const privateKeyPath = resolve(dataDir, 'forge', 'app-private-key.pem');
    const connection = { url, apiUrl, adminToken, appId, privateKeyPath, webhookSecret, installationId, repositoryIds };
    stdout.write(flag === '--json' ? `${JSON.stringify(connection)}\n` : `The forge runs on ${url}.\n`);
    await stopped;
    await forge.stop();
    return 0;
  },
};
