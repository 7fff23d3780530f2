import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, inject, it } from 'vitest';
import { pagerdutyVendor } from '../notify/vendors/pagerduty-vendor.ts';
import { slackVendor } from '../notify/vendors/slack-vendor.ts';
import { channel, notifierInTest } from '../run/notifier-in-test.ts';
import { until } from './until.ts';

const program = fileURLToPath(new URL('notifier-process.ts', import.meta.url));

it('a notifier killed while vendors have its messages tells again only where twice is once', async () => {
  await using slack = await slackVendor();
  await using pagerduty = await pagerdutyVendor();
  const vendors = { slack, pagerduty };
  const notifications = [channel('slack'), channel('pagerduty')];
  await using t = await notifierInTest(vendors, notifications);
  await t.pipeline.take({ title: 'Login failures', severity: 'high', host: 'web-01' });
  await t.pipeline.store.query('update incident set issue = 101, investigated_at = now()');
  for (const vendor of Object.values(vendors)) vendor.faults = ['hang'];

  const [{ name } = { name: '' }] = await t.pipeline.rows<{ name: string }>('select current_database() as name');
  const { user, host, port } = inject('postgres').connection;
  const databaseUrl = `postgres://${user}@/${name}?host=${encodeURIComponent(host)}&port=${port}`;
  const secrets = Object.entries(vendors).map(([id, { secret }]) => [`YAGURA_NOTIFY_${id.toUpperCase()}`, secret]);
  const order = JSON.stringify({ databaseUrl, notifications, secrets });
  const child = spawn(process.execPath, [program, order], { stdio: ['ignore', 'inherit', 'inherit'] });
  const ended = once(child, 'exit');
  try {
    await until('both vendors have it', async () => slack.seen.length === 1 && pagerduty.seen.length === 1);
  } finally {
    child.kill('SIGKILL');
    await ended;
  }

  t.pipeline.now = new Date();
  await t.settle();
  expect(slack.seen).toHaveLength(1);
  expect(pagerduty.seen.map(({ key }) => key)).toEqual(Array(2).fill('yagura/acme/soc/incident/1'));
  expect((await t.rows()).sort()).toEqual(['pagerduty opened sent', 'slack opened unknown']);
});
