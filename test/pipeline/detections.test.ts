import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { loadAlerts } from '../../src/store/incident-view.ts';
import type { RunningPipeline } from '../running-pipeline.ts';
import { incidents, ledger, within } from '../told-alerts.ts';

const login = JSON.parse(
  readFileSync(new URL('../fixtures/sources/cloudtrail/console-login-root.json', import.meta.url), 'utf8'),
);
const rule = (name: string, more: string, condition = 'eventName: ConsoleLogin') => `title: ${name}
id: 00000000-0000-4000-8000-00000000000${name.length % 10}
author: Ada Example
license: DRL 1.1
level: high
tags: [attack.initial-access, attack.t1078.004]
logsource: { product: aws, service: cloudtrail }
detection:
  selection: { ${condition} }
  condition: selection
${more}`;

function rules(pipe: RunningPipeline, ...texts: string[]): void {
  pipe.policy = {
    ...pipe.policy,
    detections: texts.map((text, k) => ({ path: `detections/${k}.yml`, text })),
  };
}
const kept = (pipe: RunningPipeline) => pipe.rows('select source from raw_record');
const counted = async (pipe: RunningPipeline) =>
  (await pipe.rows<{ value: unknown }>("select value from setting where key = 'events.seen'"))[0]?.value;

describe('an event that a rule of the policy matches', () => {
  it('becomes an alert of that rule, with whose rule it is', () =>
    within(async (pipe) => {
      rules(pipe, rule('Root signed in', ''));
      await pipe.receive('cloudtrail', [login]);
      await pipe.run();
      const [incident] = await incidents(pipe);
      const [alert, ...more] = await loadAlerts(pipe.store, incident?.id ?? '', 10);
      expect(more).toEqual([]);
      expect(alert).toMatchObject({
        kind: 'threat',
        source: 'cloudtrail',
        product: 'Sigma on AWS CloudTrail',
        title: 'Root signed in',
        severity: 'high',
        time: new Date('2026-03-01T12:00:05Z'),
        techniques: ['T1078.004'],
        attribution: {
          title: 'Root signed in',
          author: 'Ada Example',
          license: 'DRL 1.1',
          level: 'high',
          tags: ['attack.initial-access', 'attack.t1078.004'],
          file: 'detections/0.yml:1',
        },
      });
      expect(alert?.quoted[0]).toEqual({ name: 'eventName', value: 'ConsoleLogin' });
      expect(alert?.entities).toContainEqual({ type: 'ip', value: '203.0.113.99', role: 'source', from: 'field' });
      expect((await ledger(pipe, 'alert'))[0]).toMatchObject({
        commit: pipe.policy.commit,
        body: { source: 'cloudtrail', title: 'Root signed in' },
      });
      expect(await counted(pipe)).toEqual({ cloudtrail: { seen: 1, matched: 1 } });
    }));

  it('by several rules is as many alerts of one incident, and again is a repeat of each', () =>
    within(async (pipe) => {
      rules(pipe, rule('One', ''), rule('Another', ''));
      await pipe.receive('cloudtrail', [login]);
      await pipe.run();
      await pipe.receive('cloudtrail', [{ ...login, eventID: 'later', eventTime: '2026-03-01T12:05:00Z' }]);
      await pipe.run();
      expect(await pipe.rows('select title, count from alert order by title')).toEqual([
        { title: 'Another', count: 2 },
        { title: 'One', count: 2 },
      ]);
      expect(await incidents(pipe)).toMatchObject([{ n: 4 }]);
    }));

  it('is found whatever other rules are broken', () =>
    within(async (pipe) => {
      rules(
        pipe,
        'title: [',
        'title: No detection\nlogsource: {product: aws}',
        rule('Works', ''),
        rule('Odd', '', 'a|no: 1'),
      );
      await pipe.receive('cloudtrail', [login]);
      await pipe.run();
      expect(await pipe.rows('select title from alert')).toEqual([{ title: 'Works' }]);
    }));

  it('is matched by the rules of the policy that is in force then', () =>
    within(async (pipe) => {
      await pipe.receive('cloudtrail', [login]);
      await pipe.run();
      rules(pipe, rule('Newer', ''));
      await pipe.receive('cloudtrail', [{ ...login, eventID: 'second' }]);
      await pipe.run();
      rules(pipe);
      await pipe.receive('cloudtrail', [{ ...login, eventID: 'third' }]);
      await pipe.run();
      expect(await pipe.rows('select title, count from alert')).toEqual([{ title: 'Newer', count: 1 }]);
      expect(await counted(pipe)).toEqual({ cloudtrail: { seen: 3, matched: 1 } });
    }));
});

describe('an event that its product writes as several records', () => {
  const audit = (type: string, rest: string, serial: number) =>
    `node=web-01 type=${type} msg=audit(1772366405.123:${serial}): ${rest}`;
  const started = (serial: number) => [
    audit('SYSCALL', 'arch=c000003e syscall=59 success=yes ppid=1 pid=2 uid=33 exe="/usr/bin/bash"', serial),
    audit('EXECVE', 'argc=3 a0="bash" a1="-c" a2="id"', serial),
    audit('CWD', 'cwd="/var/www"', serial),
    audit('PROCTITLE', 'proctitle="bash"', serial),
  ];
  const ofProcess = `title: Shell of the web server
id: 00000000-0000-4000-8000-000000000011
logsource: { product: linux, category: process_creation }
detection:
  selection: { Image|endswith: /bash, CommandLine: 'bash -c *', CurrentDirectory: /var/www }
  condition: selection`;
  const ofRecord = `title: Audited id
id: 00000000-0000-4000-8000-000000000012
logsource: { product: linux, service: auditd }
detection:
  selection: { type: EXECVE, a2: id }
  condition: selection`;

  it('is looked at as a whole, and each record by itself', () =>
    within(async (pipe) => {
      rules(pipe, ofProcess, ofRecord);
      const [, arguments_] = await pipe.receive('auditd', started(1));
      await pipe.run();
      expect(await pipe.rows('select title, severity, count from alert order by title')).toEqual([
        { title: 'Audited id', severity: 'medium', count: 1 },
        { title: 'Shell of the web server', severity: 'medium', count: 1 },
      ]);
      const found = await pipe.rows(
        `select x.raw_id from alert a join alert_raw x on x.alert_id = a.id where a.title = 'Audited id'`,
      );
      expect(found).toEqual([{ raw_id: arguments_ }]);
      expect(await counted(pipe)).toEqual({ auditd: { seen: 5, matched: 2 } });
    }));

  it('is whole wherever steps end, also when others are written in between', () =>
    within(async (pipe) => {
      rules(pipe, ofProcess);
      const [one, two] = [started(101), started(102)];
      const mixed = one.flatMap((line, k) => [line, two[k] ?? '']);
      for (const before of [5, 6, 7, 8, 9]) {
        const serials = Array.from({ length: before }, (_, k) => before * 1_000 + k);
        const lines = [...serials.flatMap(started), ...mixed, ...serials.map((n) => n + 500).flatMap(started)];
        await pipe.receive(
          'auditd',
          lines.map((line) => line.replace('web-01', `web-${before}`)),
        );
      }
      await pipe.run(40);
      const found = await pipe.rows<{ n: number }>('select sum(count)::int as n from alert');
      expect(found).toEqual([{ n: 2 * (5 + 6 + 7 + 8 + 9) + 5 * 2 }]);
    }));

  it('does not hold the pipeline up when it has no end', () =>
    within(async (pipe) => {
      rules(pipe, ofProcess);
      await pipe.receive(
        'auditd',
        Array.from({ length: 25 }, (_, k) => audit('PATH', `item=${k} name="/a${k}"`, 1)),
      );
      await pipe.run(10);
      expect(await counted(pipe)).toEqual({ auditd: { seen: 25, matched: 0 } });
    }));
});

describe('an event that no rule matches', () => {
  it('is kept and counted, and is no alert, no incident and nothing to publish', () =>
    within(async (pipe) => {
      rules(pipe, rule('Of another call', '', 'eventName: StopLogging'));
      await pipe.receive('cloudtrail', [login, { Records: [login, login] }]);
      expect(await pipe.step()).toBe(2);
      expect(await pipe.step()).toBe(0);
      expect(await kept(pipe)).toHaveLength(2);
      expect(await counted(pipe)).toEqual({ cloudtrail: { seen: 3, matched: 0 } });
      for (const table of ['alert', 'incident', 'publication', 'ledger'])
        expect(await pipe.rows(`select 1 from ${table}`)).toEqual([]);
    }));

  it('stands beside alerts of products and events that match in one step', () =>
    within(async (pipe) => {
      rules(pipe, rule('Root', '', "userIdentity.type: 'Root'"));
      await pipe.receive('generic', [{ title: 'Native', time: '2026-03-01T12:00:00Z', hostname: 'web-01' }]);
      await pipe.receive('cloudtrail', [login, { ...login, eventID: 'other', userIdentity: { type: 'IAMUser' } }]);
      await pipe.run();
      expect(await pipe.rows('select title from alert order by 1')).toEqual([{ title: 'Native' }, { title: 'Root' }]);
      expect(await counted(pipe)).toEqual({ cloudtrail: { seen: 2, matched: 1 } });
    }));

  it('that cannot be read is shown', () =>
    within(async (pipe) => {
      await pipe.receive('cloudtrail', ['{"hello":1}', 'no JSON']);
      await pipe.run();
      expect(await pipe.rows('select title, count from alert')).toEqual([
        { title: 'Records from cloudtrail cannot be read', count: 2 },
      ]);
      expect(await counted(pipe)).toBeUndefined();
    }));
});
