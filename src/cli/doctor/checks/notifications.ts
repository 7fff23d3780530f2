import type { Channel } from '../../../notify/channel.ts';
import { loadPlugins } from '../../../plugins.ts';
import { createNotifyChannels } from '../../../run/notify-channels.ts';
import { undelivered } from '../../../store/notifications.ts';
import { defineCheck, type Finding } from '../check.ts';

type Name = 'unusable' | 'undelivered';

const dayMs = 86_400_000;

export const notifications = defineCheck<Name>({
  name: 'notifications',
  part: 'running',
  looksAt:
    'Whether each channel of policies/notifications.md can be used here, and whether its messages of the last 24 hours arrived. None is sent.',
  limit: 60,
  demo: 'its channels are examples',
  outcomes: {
    unusable: {
      state: 'fault',
      when: 'a channel of the policy has no address or key, or one that cannot be used',
      fix: 'Set {variable} where Yagura runs and start it again, or take {channel} out of policies/notifications.md.',
    },
    undelivered: {
      state: 'warning',
      when: 'messages of the last 24 hours did not arrive for sure',
      fix: 'Mend what the reason says about {channel}; what was given up is not sent again, its incidents are in the issues.',
    },
  },
  async run(scene) {
    if (!scene.github().configRepo) return [{ ok: 'of no concern without a config repository' }];
    const policy = await scene.goodPolicy();
    const kinds = await loadPlugins<Channel>(new URL('../../../notify/channels/', import.meta.url));
    const source = { current: () => policy, banner: () => undefined };
    const channels = createNotifyChannels(kinds, scene.settings().notifySecrets, source);
    const found = [...channels.unavailable()].map(([id, why]): Finding<Name> => {
      const variable = policy.notifications.find((one) => one.id === id)?.secret ?? '';
      return { outcome: 'unusable', says: `${id}: ${why}`, values: { channel: id, variable } };
    });
    const since = new Date((await scene.now()).getTime() - dayMs);
    for (const { channel, n, detail } of await undelivered(await scene.records(), since)) {
      found.push({
        outcome: 'undelivered',
        says: `${channel}: ${n} did not arrive; the last: ${detail}`,
        values: { channel },
      });
    }
    if (found.length > 0) return found;
    const names = channels.live().map(({ policy: { id } }) => id);
    const nobody = policy.mode === 'observe' ? 'mode observe tells nobody' : 'policy tells nobody outside GitHub';
    return [{ ok: names.length === 0 ? nobody : `${names.join(', ')} can be used` }];
  },
});
