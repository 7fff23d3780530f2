import { YaguraError } from '../../domain/error.ts';
import { start } from '../../index.ts';
import type { CliCommand } from '../command.ts';
import { onParentGone } from '../parent-watch.ts';

export const command: CliCommand = {
  name: 'start',
  summary: 'run Yagura: the demo without settings, GitHub with them',
  usage: `yagura start

Without settings: an embedded PostgreSQL, an embedded GitHub-compatible forge and example alerts, all on this machine.
With APP_ID, PRIVATE_KEY (or PRIVATE_KEY_PATH), WEBHOOK_SECRET, YAGURA_REPO and YAGURA_CONFIG_REPO it serves GitHub.
Ctrl-C stops all of it.`,
  async run(args, { env, stdout, stderr }) {
    if (args.length > 0) throw new YaguraError('input', 'yagura start takes no arguments.');
    const stopping = new AbortController();
    const stop = () => stopping.abort();
    process.on('SIGINT', stop);
    process.on('SIGTERM', stop);
    process.on('SIGHUP', stop);
    onParentGone(stop);
    await start(env, {
      signal: stopping.signal,
      say: (line) => void stdout.write(`${line}\n`),
      log: (line) => void stderr.write(`${new Date().toISOString()} ${line}\n`),
    });
    return 0;
  },
};
