import type { Channel } from '../../../notify/channel.ts';
import { loadPlugins } from '../../../plugins.ts';
import { createNotifyChannels } from '../../../run/notify-channels.ts';
import { undelivered } from '../../../store/notifications.ts';
import { defineCheck, type Finding } from '../check.ts';

/** Milliseconds looked back, as `/readyz` does. */
const window = 24 * 3_600_000;

type Name = 'unusable' | 'lost';

export const notifications = defineCheck<Name>({
  name: 'notifications',
  part: 'running',
  looksAt:
    'Whether each channel of `policies/notifications.md` can be used with the variables of this environment, and what did not arrive in the last day. Nothing is sent.',
  demo: 'it tells nobody outside',
  limit: 60,
  outcomes: {
    unusable: {
      state: 'fault',
      when: 'a channel cannot be used, so nobody is told there',
      fix: 'Set {variable} where Yagura runs, as docs/notifications.md says for {kind}, or take {channel} out of policies/notifications.md.',
    },
    lost: {
      state: 'warning',
      when: 'messages of the last day did not arrive for sure',
      fix: 'See at {channel} whether its address or key still holds, and set its variable anew if not.',
    },
  },
  async run(scene) {
    if (!scene.github().configRepo) return [{ ok: 'of no concern without a config repository' }];
    const policy = await scene.goodPolicy();
    if (policy.mode === 'observe') return [{ ok: 'mode is observe: nobody is told anything' }];
    if (policy.notifications.length === 0) return [{ ok: 'policy names no channel' }];
    const kinds = await loadPlugins<Channel>(new URL('../../../notify/channels/', import.meta.url));
    const inForce = { current: () => policy, banner: () => undefined };
    const channels = createNotifyChannels(kinds, scene.settings().notifySecrets, inForce);
    const broken = channels.unavailable();
    const found = policy.notifications.flatMap(({ id, channel: kind, secret: variable }): Finding<Name>[] => {
      const why = broken.get(id);
      if (why === undefined) return [];
      return [{ outcome: 'unusable', says: `${id}: ${why}`, values: { channel: id, kind, variable } }];
    });
    const since = new Date((await scene.now()).getTime() - window);
    for (const { channel, n, detail } of await undelivered(await scene.records(), since)) {
      const says = `${channel}: ${n} of the last day did not arrive for sure; the last: ${detail}`;
      found.push({ outcome: 'lost', says, values: { channel } });
    }
    return found.length > 0 ? found : [{ ok: `${policy.notifications.map(({ id }) => id).join(', ')} can be used` }];
  },
});
