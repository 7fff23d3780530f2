import { describe, expect, it } from 'vitest';
import { verifyLedger } from '../../src/store/ledger.ts';
import { mailVendor } from '../notify/vendors/mail-vendor.ts';
import { pagerdutyVendor } from '../notify/vendors/pagerduty-vendor.ts';
import { slackVendor } from '../notify/vendors/slack-vendor.ts';
import { teamsVendor } from '../notify/vendors/teams-vendor.ts';
import { channel, notifierInTest } from './notifier-in-test.ts';

const close = `update incident set status = 'closed', closed_at = now()`;
const reopen = `update incident set status = 'open', closed_at = null`;

describe('an incident that is severe enough', () => {
  it('is told once on every channel, with a first line that stands alone and the link to its issue', async () => {
    await using slack = await slackVendor();
    await using teams = await teamsVendor();
    await using pagerduty = await pagerdutyVendor();
    await using mail = await mailVendor();
    const vendors = { slack, teams, pagerduty, mail };
    await using t = await notifierInTest(
      vendors,
      Object.entries(vendors).map(([name, { settings }]) => channel(name, { settings })),
    );
    await t.alert('Login failures', { host: 'web-01', src_ip: '203.0.113.7' });
    await t.alert('Login failures', { host: 'web-01', src_ip: '203.0.113.7' });
    for (const { seen, wrong } of Object.values(vendors)) {
      expect(wrong).toEqual([]);
      expect(seen).toHaveLength(1);
      expect(seen[0]?.line).toBe(
        '🔴 Look now. Login failures on web-01. Not assessed: checks are running. Severity high, says Generic JSON.',
      );
      expect(seen[0]?.text).toContain('203.0.113[.]7');
      expect(seen[0]?.links).toContain('https://github.com/acme/soc/issues/101');
    }
    expect(await t.rows()).toEqual(Object.keys(vendors).map((name) => `${name} opened sent`));
  });

  it('is not told below the severity of the channel, or of a kind it does not want', async () => {
    await using slack = await slackVendor();
    await using t = await notifierInTest({ slack }, [channel('slack', { kinds: ['leaked-secret'] })]);
    await t.alert('A threat', { severity: 'critical' });
    t.policy = { ...t.policy, notifications: [channel('slack')] };
    await t.alert('Nothing much', { severity: 'medium' });
    expect(slack.requests).toBe(0);
  });

  it('is told again when it got worse, once a level, and says what it was', async () => {
    await using slack = await slackVendor();
    await using t = await notifierInTest({ slack }, [channel('slack')]);
    const same = { host: 'web-01' };
    await t.alert('A low sign', { ...same, severity: 'low' });
    await t.alert('A high sign', { ...same, severity: 'high' });
    await t.alert('Another high sign', { ...same, severity: 'high' });
    await t.alert('A critical sign', { ...same, severity: 'critical' });
    expect(slack.seen.map(({ line }) => line.slice(0, 46))).toEqual([
      '🔴 Look now. A high sign on web-01. Not assess',
      'Severity is now critical; it was high. 🔴 Look',
    ]);
  });

  it('is acknowledged when somebody takes it, resolved when it is closed, and told anew when it is opened again', async () => {
    await using slack = await slackVendor();
    await using pagerduty = await pagerdutyVendor();
    await using t = await notifierInTest({ slack, pagerduty }, [channel('slack'), channel('pagerduty')]);
    await t.alert('Login failures');
    await t.change(`update incident set owner = 'hana'`);
    await t.change(`update incident set owner = 'ken'`);
    await t.change(close);
    await t.change(reopen);
    expect(pagerduty.seen.map(({ action }) => action)).toEqual([
      'trigger',
      'acknowledge',
      'resolve',
      'trigger',
      'acknowledge',
    ]);
    expect(new Set(pagerduty.seen.map(({ key }) => key))).toEqual(new Set(['yagura/acme/soc/incident/1']));
    expect(slack.seen).toHaveLength(2);
    expect([...slack.wrong, ...pagerduty.wrong]).toEqual([]);
  });

  it('is not told any more when it was over before its turn', async () => {
    await using slack = await slackVendor();
    await using t = await notifierInTest({ slack }, [channel('slack')]);
    slack.faults = [{ status: 503 }];
    await t.alert('Login failures');
    await t.change(close);
    t.pass(60);
    await t.settle();
    expect(slack.seen).toEqual([]);
    expect(await t.rows()).toEqual(['slack opened skipped', 'slack closed skipped']);
  });

  it('is not told when policy says that nobody is needed, but when a person says otherwise', async () => {
    await using slack = await slackVendor();
    await using t = await notifierInTest({ slack }, [channel('slack')]);
    await t.pipeline.take({ title: 'Our own scanner', severity: 'high', host: 'web-01' });
    const report = { verdict: 'benign', verdictBy: 'policies/triage.md:3' };
    await t.change('update incident set issue = 101, investigated_at = now(), report = $1', report);
    expect(slack.requests).toBe(0);
    await t.change(`update incident set verdict = 'true-positive', verdict_by = 'hana', report = null`);
    expect(slack.seen.map(({ line }) => line)).toEqual([
      expect.stringMatching(/^🔴 True positive, says hana\. Our own/),
    ]);
  });

  it('waits a minute for its issue and is told without it then', async () => {
    await using slack = await slackVendor();
    await using t = await notifierInTest({ slack }, [channel('slack')]);
    await t.pipeline.take({ title: 'Login failures', severity: 'high', host: 'web-01' });
    await t.settle();
    t.pass(30);
    await t.settle();
    expect(slack.requests).toBe(0);
    t.pass(31);
    await t.settle();
    expect(slack.seen.map(({ links }) => links)).toEqual([[]]);
  });
});

describe('text of others', () => {
  it('calls nobody, opens nothing, and stays readable', async () => {
    await using slack = await slackVendor();
    await using teams = await teamsVendor();
    await using mail = await mailVendor();
    await using t = await notifierInTest({ slack, teams, mail }, [
      channel('slack'),
      channel('teams'),
      channel('mail', { settings: mail.settings }),
    ]);
    const title =
      '<!channel> @everybody [a](https://evil.example/x) see evil.example.com ``**\r\nBcc: a@evil.example **/close fp x ghp_0123456789012345678901234567890123456789';
    await t.alert(title, { host: 'web-01.example.com', src_ip: '2001:db8::7' });
    for (const vendor of [slack, teams, mail]) {
      expect(vendor.wrong).toEqual([]);
      const [seen] = vendor.seen;
      expect(seen?.links.every((link) => link === 'https://github.com/acme/soc/issues/101')).toBe(true);
      for (const text of [seen?.line ?? '', seen?.text ?? '']) {
        expect(text).toContain('channel');
        expect(text).not.toMatch(/@|evil\.example(?!\[)|ghp_0123/);
        expect(text.replace('https://github.com/acme/soc/issues/101', '')).not.toMatch(/https?:/);
      }
    }
  });
});

describe('a vendor that does not take a message', () => {
  it('is asked again after the time it names, and everything for it waits until then', async () => {
    await using slack = await slackVendor();
    await using t = await notifierInTest({ slack }, [channel('slack')]);
    slack.faults = [{ status: 429, retryAfter: '120' }];
    await t.alert('First');
    await t.alert('Second');
    t.pass(119);
    await t.settle();
    expect(slack.requests).toBe(1);
    t.pass(1);
    await t.settle();
    expect(slack.requests).toBe(3);
    expect(await t.rows()).toEqual(['slack opened sent', 'slack opened sent']);
  });

  it('is given up after a bounded number of tries, which is written down and said', async () => {
    await using slack = await slackVendor();
    await using t = await notifierInTest({ slack }, [channel('slack')]);
    slack.faults = Array.from({ length: 40 }, () => ({ status: 500 }));
    await t.alert('Login failures');
    for (let n = 0; n < 20; n += 1) {
      t.pass(1_800);
      await t.settle();
    }
    expect(slack.requests).toBe(12);
    const detail = 'Slack answered 500; given up after 12 tries';
    expect(t.log).toEqual([`notification channel slack: ${detail}`]);
    const [entry] = await t.pipeline.rows<{ body: string }>(`select body from ledger where kind = 'notification'`);
    expect(JSON.parse(entry?.body ?? '{}')).toMatchObject({
      channel: 'slack',
      event: 'opened',
      state: 'gave-up',
      detail,
    });
    expect((await verifyLedger(t.pipeline.store)).ok).toBe(true);
  });

  it('is not asked again when it refused, or when a message may have arrived', async () => {
    await using slack = await slackVendor();
    await using t = await notifierInTest({ slack }, [channel('slack')]);
    slack.faults = [{ status: 404, body: 'no_service' }, 'cut'];
    await t.alert('First');
    await t.alert('Second');
    t.pass(7_200);
    await t.settle();
    expect(slack.requests).toBe(2);
    expect(slack.seen).toHaveLength(1);
    expect(await t.rows()).toEqual(['slack opened gave-up', 'slack opened unknown']);
    expect(t.log[0]).toBe('notification channel slack: Slack answered 404 (no_service)');
    expect(t.log[1]).toMatch(/^notification channel slack: .*may have arrived, so it is not sent again$/);
  });

  it('is asked again with the same key when twice is once there', async () => {
    await using pagerduty = await pagerdutyVendor();
    await using t = await notifierInTest({ pagerduty }, [channel('pagerduty')]);
    pagerduty.faults = ['cut', { status: 503 }];
    await t.alert('Login failures');
    for (let n = 0; n < 3; n += 1) {
      t.pass(60);
      await t.settle();
    }
    expect(pagerduty.seen.map(({ key }) => key)).toEqual(Array(2).fill('yagura/acme/soc/incident/1'));
    expect(await t.rows()).toEqual(['pagerduty opened sent']);
  });

  it('keeps no other channel waiting', async () => {
    await using slack = await slackVendor();
    await using pagerduty = await pagerdutyVendor();
    await using t = await notifierInTest({ slack, pagerduty }, [channel('slack'), channel('pagerduty')]);
    slack.faults = [{ status: 500 }];
    await t.alert('Login failures');
    expect(pagerduty.seen).toHaveLength(1);
    expect(slack.seen).toHaveLength(0);
  });
});

describe('a process that ended between sending and writing it down', () => {
  it('does not send again what may have arrived, but where twice is once', async () => {
    await using slack = await slackVendor();
    await using pagerduty = await pagerdutyVendor();
    await using t = await notifierInTest({ slack, pagerduty }, [channel('slack'), channel('pagerduty')]);
    // Its state as of the moment: taken by the vendor, no answer written down.
    await t.alert('Login failures');
    await t.pipeline.store.query(`update notification set state = 'due', attempted_at = due_at, ended_at = null`);
    t.restart();
    await t.settle();
    expect(slack.seen).toHaveLength(1);
    expect(pagerduty.seen).toHaveLength(2);
    expect(await t.rows()).toEqual(['slack opened unknown', 'pagerduty opened sent']);
  });

  it('does not hurry when an end waits behind a beginning that did not arrive', async () => {
    await using pagerduty = await pagerdutyVendor();
    await using t = await notifierInTest({ pagerduty }, [channel('pagerduty')]);
    pagerduty.faults = [{ status: 503 }];
    await t.alert('Login failures');
    await t.change(`update incident set owner = 'hana'`);
    expect(pagerduty.requests).toBe(1);
    t.pass(10);
    await t.settle();
    expect(pagerduty.seen.map(({ action }) => action)).toEqual(['trigger', 'acknowledge']);
  });

  it('tells what had not begun, and nothing that was told', async () => {
    await using slack = await slackVendor();
    await using t = await notifierInTest({ slack }, [channel('slack')]);
    slack.faults = [{ status: 503 }];
    await t.alert('First');
    t.restart();
    t.pass(60);
    await t.settle();
    t.restart();
    await t.settle();
    expect(slack.seen).toHaveLength(1);
  });

  it('loses no change, since it is written with the incident', async () => {
    await using slack = await slackVendor();
    await using t = await notifierInTest({ slack }, [channel('slack')]);
    const { store } = t.pipeline;
    await expect(
      store.transaction(async (tx) => {
        await tx.query(
          `insert into incident (kind, title, severity, opened_at, first_seen, last_seen) values ('threat', 'x', 'high', now(), now(), now())`,
        );
        throw new Error('rolled back');
      }),
    ).rejects.toThrow('rolled back');
    expect(await t.pipeline.rows('select * from incident_change')).toEqual([]);
    await t.pipeline.take({ title: 'Login failures', severity: 'high', host: 'web-01' });
    expect(await t.pipeline.rows('select distinct incident_id from incident_change')).toHaveLength(1);
  });
});

describe('quiet hours', () => {
  // 12:00Z is 21:00 in Tokyo.
  const quiet = { from: 20 * 60, to: 7 * 60, except: 'critical' } as const;

  it('hold back what can wait until they are over, and let through what cannot', async () => {
    await using slack = await slackVendor();
    await using t = await notifierInTest({ slack }, [channel('slack', { quiet })]);
    await t.alert('Waits', { host: 'web-01' });
    await t.alert('Cannot wait', { severity: 'critical' });
    expect(slack.seen.map(({ line }) => line.slice(13, 24))).toEqual(['Cannot wait']);
    t.pass(10 * 3_600 - 1);
    await t.settle();
    expect(slack.seen).toHaveLength(1);
    t.pass(1);
    await t.settle();
    expect(slack.seen).toHaveLength(2);
  });

  it('let through what got so bad meanwhile, and never tell what was over by then', async () => {
    await using slack = await slackVendor();
    await using t = await notifierInTest({ slack }, [channel('slack', { quiet })]);
    await t.alert('Waits', { host: 'web-01' });
    await t.alert('Got bad', { host: 'web-01', severity: 'critical' });
    expect(slack.seen).toHaveLength(1);
    await t.alert('Over by then', { host: 'db-01' });
    await t.change(`${close} where title = 'Over by then'`);
    t.pass(24 * 3_600);
    await t.settle();
    expect(slack.seen).toHaveLength(1);
  });
});

describe('what nobody gets up for', () => {
  const midnightInTokyo = new Date('2026-03-01T15:00:00Z');
  const weakness = { kind: 'vulnerability', severity: 'critical' };

  it('waits for the morning of those who read it, on a channel without quiet hours and whatever they except', async () => {
    await using slack = await slackVendor();
    await using pagerduty = await pagerdutyVendor();
    const quiet = { from: 0, to: 60, except: 'low' } as const;
    await using t = await notifierInTest({ slack, pagerduty }, [channel('slack'), channel('pagerduty', { quiet })]);
    t.pipeline.now = midnightInTokyo;
    await t.alert('A weak library', weakness);
    await t.alert('An attack');
    expect(pagerduty.seen).toHaveLength(1);
    expect(slack.seen).toHaveLength(1);
    expect(slack.seen[0]?.line).toContain('An attack');
    t.pass(7 * 3_600 - 1);
    await t.settle();
    expect(slack.seen).toHaveLength(1);
    t.pass(1);
    await t.settle();
    expect(slack.seen.map(({ line }) => line).at(-1)).toContain('A weak library');
    expect(pagerduty.seen).toHaveLength(2);
  });

  it('has its night by the clock of the room its issue stands in', async () => {
    await using slack = await slackVendor();
    await using t = await notifierInTest({ slack }, [channel('slack')]);
    const origin = { path: 'yagura.md', line: 9 };
    const room = { key: 'acme/soc-us', restricted: false, timeZone: 'America/New_York', origin };
    t.policy = { ...t.policy, rooms: [room], routes: [{ to: room.key, when: {}, because: 'ours', origin }] };
    t.pipeline.now = midnightInTokyo;
    await t.alert('A weak library', weakness);
    expect(slack.seen).toHaveLength(1);
  });

  it('wakes people once it is exploited and exposed', async () => {
    await using slack = await slackVendor();
    await using t = await notifierInTest({ slack }, [channel('slack')]);
    t.pipeline.now = midnightInTokyo;
    await t.alert('A weak library', weakness);
    expect(slack.seen).toHaveLength(0);
    await t.change('update incident set pressing = true');
    expect(slack.seen).toHaveLength(1);
  });

  it('wakes people once it is exploited and exposed though they were told of it by day, once', async () => {
    await using slack = await slackVendor();
    await using t = await notifierInTest({ slack }, [channel('slack')]);
    await t.alert('A weak library', weakness);
    expect(slack.seen).toHaveLength(1);
    t.pipeline.now = new Date(midnightInTokyo);
    for (const pressing of [true, false, true]) await t.change('update incident set pressing = $1', pressing);
    expect(slack.seen.map(({ line }) => line).slice(1)).toEqual([
      expect.stringMatching(/^Exploited and exposed now\. 🔴 .*A weak library/),
    ]);
  });
});

describe('more than a channel may be sent in an hour', () => {
  it('is told in one line by the last message, and by one more when the hour is over', async () => {
    await using slack = await slackVendor();
    await using t = await notifierInTest({ slack }, [channel('slack', { perHour: 2 })]);
    slack.faults = [{ status: 429, retryAfter: '60' }];
    for (const n of [1, 2, 3, 4]) await t.alert(`Attack ${n}`, n === 4 ? { severity: 'critical' } : {});
    t.pass(60);
    await t.settle();
    const folded =
      /^3 more incidents need somebody: 3 high\. Told in one line, since 2 messages an hour are the limit here\.$/;
    expect(slack.seen.map(({ line }) => line)).toEqual([
      expect.stringMatching(/^🔴 Look now\. Attack 4\. /),
      expect.stringMatching(folded),
    ]);
    expect(slack.seen[1]?.links).toContain('https://github.com/acme/soc/issues?q=is%3Aopen+label%3Aincident');
    await t.alert('Attack 5');
    await t.alert('Attack 6');
    expect(slack.seen).toHaveLength(2);
    t.pass(3_600);
    await t.settle();
    // Two messages are free again: one each.
    expect(slack.seen).toHaveLength(3 + 1);
    expect(slack.wrong).toEqual([]);
  });

  it('speaks for all of a storm, most severe first', async () => {
    await using slack = await slackVendor();
    await using t = await notifierInTest({ slack }, [channel('slack', { perHour: 3 })]);
    await t.change(
      `insert into incident (kind, title, severity, opened_at, first_seen, last_seen, issue, investigated_at)
       select 'threat', 'Storm', case when n > 498 then 'critical' else 'high' end, now(), now(), now(), n, now()
       from generate_series(1, 500) n`,
    );
    expect(slack.seen.map(({ line }) => line.replace(/\..*/, ''))).toEqual([
      '🔴 Look now',
      '🔴 Look now',
      '498 more incidents need somebody: 498 high',
    ]);
    expect(await t.pipeline.rows(`select distinct state from notification`)).toEqual([{ state: 'sent' }]);
    expect((await verifyLedger(t.pipeline.store)).ok).toBe(true);
  });

  it('keeps its message and key when that has to be tried again', async () => {
    await using pagerduty = await pagerdutyVendor();
    await using t = await notifierInTest({ pagerduty }, [channel('pagerduty', { perHour: 1 })]);
    pagerduty.faults = [{ status: 429, retryAfter: '60' }];
    await t.alert('Attack 1');
    await t.alert('Attack 2');
    pagerduty.faults = ['cut'];
    t.pass(60);
    await t.settle();
    t.pass(60);
    await t.settle();
    expect(pagerduty.seen).toHaveLength(2);
    expect(new Set(pagerduty.seen.map(({ key, line }) => `${key} ${line.slice(0, 16)}`)).size).toBe(1);
    expect(pagerduty.seen[0]?.key).toMatch(/^yagura\/acme\/soc\/more\/\d+$/);
    expect(await t.rows()).toEqual(Array(2).fill('pagerduty opened sent'));
  });
});

describe('a channel that is not there', () => {
  it('gets nothing that happened before it was', async () => {
    await using slack = await slackVendor();
    await using t = await notifierInTest({ slack }, []);
    await t.alert('Before');
    t.policy = { ...t.policy, notifications: [channel('slack')] };
    await t.alert('After');
    expect(slack.seen).toHaveLength(1);
  });

  it('leaves nothing waiting for one that comes later under its name', async () => {
    await using slack = await slackVendor();
    await using t = await notifierInTest({ slack }, [channel('slack')]);
    slack.faults = [{ status: 500 }];
    await t.alert('Login failures');
    t.policy = { ...t.policy, notifications: [] };
    await t.settle();
    expect(await t.rows()).toEqual(['slack opened gave-up']);
  });
});
