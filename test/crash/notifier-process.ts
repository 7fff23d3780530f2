import { systemClock } from '../../src/clock.ts';
import type { Channel } from '../../src/notify/channel.ts';
import { loadPlugins } from '../../src/plugins.ts';
import { safeDefaults } from '../../src/policy/safe-defaults.ts';
import { createNotifier } from '../../src/run/notifier.ts';
import { createNotifyChannels } from '../../src/run/notify-channels.ts';
import { openPool } from '../../src/store/pool.ts';
import { createStore } from '../../src/store/store.ts';

// A process that tells what is to be told, until somebody ends it. The order comes as JSON in its argument.
const { databaseUrl, notifications, secrets } = JSON.parse(process.argv[2] ?? '{}');
const store = createStore(openPool({ connectionString: databaseUrl }, () => undefined));
const policy = { ...safeDefaults('acme/soc-config'), notifications };
const source = { current: () => policy, banner: () => undefined };
const kinds = await loadPlugins<Channel>(new URL('../../src/notify/channels/', import.meta.url));
const notifier = createNotifier({
  store,
  clock: systemClock,
  policy: source,
  channels: createNotifyChannels(kinds, new Map(secrets), source),
  place: { repository: 'acme/soc', url: 'https://github.com/acme/soc' },
  log: () => undefined,
});
while ((await notifier.step()).again);
