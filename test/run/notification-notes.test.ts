import { expect, it } from 'vitest';
import type { Channel } from '../../src/notify/channel.ts';
import { loadPlugins } from '../../src/plugins.ts';
import { notificationNotes } from '../../src/run/notification-notes.ts';
import { createNotifyChannels } from '../../src/run/notify-channels.ts';
import { slackVendor } from '../notify/vendors/slack-vendor.ts';
import { channel, notifierInTest } from './notifier-in-test.ts';

const kinds = await loadPlugins<Channel>(new URL('../../src/notify/channels/', import.meta.url));

it('says whom nobody tells: a channel without its variable, with a wrong one, and what did not arrive within a day', async () => {
  await using slack = await slackVendor();
  const policy = [channel('slack'), channel('teams'), channel('pagerduty')];
  await using t = await notifierInTest({ slack }, policy);
  const secrets = new Map([
    ['YAGURA_NOTIFY_SLACK', slack.secret],
    ['YAGURA_NOTIFY_PAGERDUTY', 'not a key'],
  ]);
  const channels = createNotifyChannels(kinds, secrets, { current: () => t.policy, banner: () => undefined });
  const clock = { now: () => t.pipeline.now, sleep: async () => undefined };
  const notes = () => notificationNotes({ store: t.pipeline.store, clock, channels });
  const unusable = [
    { part: 'notification channel teams', note: 'YAGURA_NOTIFY_TEAMS is not set, so nobody is told there.' },
    {
      part: 'notification channel pagerduty',
      note: expect.stringMatching(/^YAGURA_NOTIFY_PAGERDUTY: its value is not an integration key/),
    },
  ];
  expect(await notes()).toEqual(unusable);
  slack.faults = [{ status: 404, body: 'no_service' }];
  await t.alert('Login failures');
  const lost = {
    part: 'notification channel slack',
    note: 'a message of the last 24 hours did not arrive for sure; the last: Slack answered 404 (no_service)',
  };
  expect(await notes()).toEqual([...unusable, lost]);
  t.pass(24 * 3_600);
  expect(await notes()).toEqual(unusable);
  t.policy = { ...t.policy, notifications: [] };
  expect(await notes()).toEqual([]);
});
