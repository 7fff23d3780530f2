import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { notificationEvents } from '../../src/domain/notification.ts';
import type { Channel, OpenChannel } from '../../src/notify/channel.ts';
import type { Message } from '../../src/notify/message.ts';
import { loadPlugins } from '../../src/plugins.ts';
import { mailVendor } from '../notify/vendors/mail-vendor.ts';
import { pagerdutyVendor } from '../notify/vendors/pagerduty-vendor.ts';
import { slackVendor } from '../notify/vendors/slack-vendor.ts';
import { teamsVendor } from '../notify/vendors/teams-vendor.ts';
import type { Vendor } from '../notify/vendors/vendor.ts';

const folder = new URL('../../src/notify/channels/', import.meta.url);
const channels = await loadPlugins<Channel>(folder);
const names = [...channels.keys()];

const vendors: Record<string, () => Promise<Vendor>> = {
  mail: mailVendor,
  pagerduty: pagerdutyVendor,
  slack: slackVendor,
  teams: teamsVendor,
};

const url = 'https://github.com/acme/soc/issues/12';
const message: Message = {
  id: 'incident-7-1',
  key: 'yagura/acme/soc/incident/7',
  event: 'opened',
  severity: 'high',
  kind: 'threat',
  line: '🔴 Look now. Login failures on web-01. Severity high, says Falco.',
  facts: [
    { name: 'Severity', value: 'high' },
    { name: 'Indicators', value: '203.0.113[.]7, 悪い[.]example' },
  ],
  link: { text: 'acme/soc#12', url },
  source: 'acme/soc',
  at: new Date('2026-03-01T12:00:00Z'),
};

function channelOf(name: string): Channel {
  const channel = channels.get(name);
  if (!channel) throw new Error(`${name} is not loaded`);
  return channel;
}

function open(name: string, { secret, settings }: Pick<Vendor, 'secret' | 'settings'>, timeoutMs = 2_000): OpenChannel {
  const channel = channelOf(name);
  const opened = channel.open(secret, channel.settings.parse(settings), { timeoutMs });
  if ('unavailable' in opened) throw new Error(opened.unavailable);
  return opened;
}

async function vendorOf(name: string): Promise<Vendor> {
  const made = vendors[name];
  if (!made) throw new Error(`no vendor stands for ${name}`);
  return made();
}

it('there are channels to check, and for each something that stands for its vendor', () => {
  expect(names).toEqual(readdirSync(folder).map((file) => file.replace(/\.ts$/, '')));
  expect(Object.keys(vendors)).toEqual(names);
  expect(names.length).toBeGreaterThan(3);
});

describe.each(names)('%s', (name) => {
  it('sends what the vendor takes: the line alone, the facts, and the link', async () => {
    await using vendor = await vendorOf(name);
    expect(await open(name, vendor).send(message)).toEqual({ is: 'sent' });
    expect(vendor.wrong).toEqual([]);
    const [seen] = vendor.seen;
    expect(seen?.line).toBe(message.line);
    expect(seen?.text).toContain('203.0.113[.]7, 悪い[.]example');
    expect(new Set(seen?.links)).toEqual(new Set([url]));
  });

  it('takes a message without facts and link, and the longest there is', async () => {
    await using vendor = await vendorOf(name);
    const channel = open(name, vendor);
    const fact = { name: 'Indicators', value: 'x'.repeat(800) };
    expect(await channel.send({ ...message, facts: [], link: undefined })).toEqual({ is: 'sent' });
    expect(await channel.send({ ...message, line: '長'.repeat(1_100), facts: [fact, fact] })).toEqual({ is: 'sent' });
    expect(vendor.wrong).toEqual([]);
  });

  it.each([
    '<!channel> <!here> <@U012AB3CD> <#C012AB3CD> <https://evil.example|click>',
    '[click](https://evil.example) ![x](https://evil.example/x.png) **bold** <at>everybody</at>',
    'Subject\r\nBcc: all@evil.example\r\n\r\n<script>alert(1)</script><img src=x onerror=y>',
    '&lt;!channel&gt; &amp;#60;!channel> =?utf-8?B?QmNjOiBh?= \u202eevil "quoted" \\',
  ])('shows a hostile text as the text it is: %j', async (hostile) => {
    await using vendor = await vendorOf(name);
    const facts = [{ name: 'Indicators', value: hostile }];
    expect(await open(name, vendor).send({ ...message, line: hostile, facts })).toEqual({ is: 'sent' });
    expect(vendor.wrong).toEqual([]);
    expect(vendor.seen[0]?.links.filter((one) => one !== url && !hostile.includes(one))).toEqual([]);
    const words = (text: string) =>
      text
        .replace(/[‹›<>]/g, '')
        .replace(/\s+/g, ' ')
        .trim();
    expect(words(vendor.seen[0]?.text ?? '')).toContain(words(hostile));
  });

  it('tells what is worth another try from what is not, and from what may have arrived', async () => {
    await using vendor = await vendorOf(name);
    const channel = open(name, vendor);
    const mail = name === 'mail';
    vendor.faults = mail
      ? [{ status: 451 }, { status: 554 }, 'cut']
      : [
          { status: 429, retryAfter: '7' },
          { status: 503 },
          { status: 404, body: 'no_service' },
          { status: 302 },
          'cut',
        ];
    const count = vendor.faults.length;
    const outcomes = [];
    for (let n = 0; n < count; n += 1) outcomes.push(await channel.send(message));
    expect(outcomes.map(({ is }) => is)).toEqual(
      mail ? ['later', 'refused', 'unknown'] : ['later', 'later', 'refused', 'refused', 'unknown'],
    );
    if (!mail) expect(outcomes[0]).toMatchObject({ afterMs: 7_000 });
    expect(vendor.seen).toHaveLength(1);
    for (const outcome of outcomes) expect(JSON.stringify(outcome)).not.toMatch(/synthetic|p@ss|127\.0/i);
  });

  it('says that nobody is there, as something to try again', async () => {
    const vendor = await vendorOf(name);
    const channel = open(name, vendor);
    await vendor[Symbol.asyncDispose]();
    const outcome = await channel.send(message);
    expect(outcome).toMatchObject({ is: 'later', sentence: expect.stringContaining('cannot be reached') });
  });

  it.each([
    '',
    'synthetic',
    'http://hooks.example.com/synthetic',
    'ftp://synthetic.example.com',
    'https://u:synthetic@h.example.com/x',
  ])('refuses %j as its secret, in a sentence that does not repeat it', async (secret) => {
    await using vendor = await vendorOf(name);
    const channel = channelOf(name);
    const opened = channel.open(secret, channel.settings.parse(vendor.settings), { timeoutMs: 1 });
    expect(opened).toEqual({ unavailable: expect.any(String) });
    expect(JSON.stringify(opened)).not.toContain('synthetic');
  });

  it('says what it can be told, and wakes people for an incident that is opened or raised', () => {
    const { events } = channelOf(name);
    expect(events.slice(0, 2)).toEqual(['opened', 'raised']);
    expect(events.every((event) => notificationEvents.includes(event))).toBe(true);
  });
});

describe('pagerduty', () => {
  it('triggers, acknowledges and resolves one alert by its dedup key', async () => {
    await using vendor = await vendorOf('pagerduty');
    const channel = open('pagerduty', vendor);
    for (const event of notificationEvents) await channel.send({ ...message, event });
    expect(vendor.seen.map(({ action }) => action)).toEqual(['trigger', 'trigger', 'acknowledge', 'resolve']);
    expect(new Set(vendor.seen.map(({ key }) => key))).toEqual(new Set([message.key]));
  });
});

describe('teams', () => {
  it('believes the body of an older webhook, which answers 200 whatever Teams said', async () => {
    await using vendor = await vendorOf('teams');
    vendor.faults = [{ status: 200, body: 'Webhook message delivery failed: endpoint returned HTTP error 429.' }];
    expect((await open('teams', vendor).send(message)).is).toBe('later');
  });
});

describe('slack', () => {
  it('does not take a page that answers 200 for Slack', async () => {
    await using vendor = await vendorOf('slack');
    vendor.faults = [{ status: 200, body: '<html>sign in</html>' }];
    expect((await open('slack', vendor).send(message)).is).toBe('refused');
  });
});

describe('mail', () => {
  it('sends a message with the same id on every try', async () => {
    await using vendor = await vendorOf('mail');
    const channel = open('mail', vendor);
    await channel.send(message);
    await channel.send(message);
    expect(vendor.seen.map(({ key }) => key)).toEqual(Array(2).fill('<yagura.incident-7-1@example.com>'));
  });

  it('says that the login was refused, without the password', async () => {
    await using vendor = await vendorOf('mail');
    const secret = vendor.secret.replace('p%40ss', 'synthetic');
    const outcome = await open('mail', { ...vendor, secret }).send(message);
    expect(outcome).toEqual({ is: 'refused', sentence: 'the mail server answered 535 to our login' });
  });

  it('gives no password and no message to a server beyond loopback that does not encrypt', async () => {
    await using vendor = await vendorOf('mail');
    // The same server by an address that is not known as loopback.
    const secret = vendor.secret.replace('127.0.0.1', '0.0.0.0');
    expect((await open('mail', { ...vendor, secret }).send(message)).is).not.toBe('sent');
    expect(vendor.requests).toBe(0);
  });

  it.each(['soc@example.com\r\nBcc: all@example.com', 'soc@example.com, all@example.com', 'Soc <soc@example.com>'])(
    'has no address %j',
    (address) => {
      const { settings } = channelOf('mail');
      expect(settings.safeParse({ from: address, to: ['soc@example.com'] }).success).toBe(false);
      expect(settings.safeParse({ from: 'soc@example.com', to: [address] }).success).toBe(false);
    },
  );
});
