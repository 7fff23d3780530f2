import fc from 'fast-check';
import { expect, it } from 'vitest';
import { quietByDefault } from '../../src/domain/quiet.ts';
import { MIGRATIONS, readMigrations } from '../../src/store/migration-files.ts';
import type { RunningPipeline } from '../running-pipeline.ts';
import { derived } from '../sources/github-examples.ts';
import { alert, host, within } from '../told-alerts.ts';

const stands = async (pipe: RunningPipeline) =>
  (await pipe.rows<{ stands: string; status: string }>('select stands, status from incident order by id')).map(
    (row) => `${row.stands} ${row.status}`,
  );

/** A step in the life of GitHub's Dependabot alert 77, as a webhook tells it. */
const dependabot = (action: string, at: string, advisory: object = {}) =>
  derived('dependabot_alert', (copy) => {
    Object.assign((copy.alert as { security_advisory: object }).security_advisory, advisory);
    copy.action = action;
    const none = { fixed_at: null, dismissed_at: null, created_at: '2026-02-20T08:00:00Z', updated_at: at };
    Object.assign(copy.alert, none, { number: 77, state: null }, action === 'fixed' ? { fixed_at: at } : {});
  });

it('a weakness of the backlog stays there when it is told again, leaves when fixed, and has an issue when it comes back', () =>
  within(async (pipe) => {
    pipe.policy = { ...pipe.policy, quiet: quietByDefault };
    await pipe.receive('github', [dependabot('created', '2026-02-20T08:00:00Z')], { backlog: true });
    await pipe.run();
    expect(await stands(pipe)).toEqual(['inventory open']);
    await pipe.receive('github', [dependabot('created', '2026-02-21T08:00:00Z')]);
    await pipe.run();
    expect(await stands(pipe)).toEqual(['inventory open']);
    await pipe.receive('github', [dependabot('fixed', '2026-02-22T08:00:00Z')]);
    await pipe.run();
    expect(await stands(pipe)).toEqual(['inventory closed']);
    await pipe.receive('github', [dependabot('reintroduced', '2026-02-23T08:00:00Z')]);
    await pipe.run();
    expect(await stands(pipe)).toEqual(['issue open']);
  }));

it('in mode observe what gets worse or comes back on a later day stands in the digest of that day too', () =>
  within(async (pipe) => {
    const observed = { mention: pipe.policy.mention, notifications: [] };
    pipe.policy = { ...pipe.policy, quiet: quietByDefault, observed, timeZone: 'UTC' };
    const days = async (at: string, title: string, severity: string) => {
      pipe.now = new Date(at);
      await pipe.receive('generic', [{ title, severity, host: 'web-01', time: at }]);
      await pipe.run();
      return pipe.rows('select day::text, incident_id::int as incident from digest_entry order by 1');
    };
    const first = { day: '2026-03-01', incident: 1 };
    expect(await days('2026-03-01T23:30:00Z', 'Login failures', 'medium')).toEqual([first]);
    await pipe.receive('generic', [alert('Open for long', 0, { host: 'db-9', severity: 'high' })], { backlog: true });
    const second = { day: '2026-03-02', incident: 1 };
    expect(await days('2026-03-02T00:05:00Z', 'Login failures', 'medium')).toEqual([first]);
    expect(await days('2026-03-02T00:10:00Z', 'Shell opened', 'critical')).toEqual([first, second]);
    await pipe.store.query(`update incident set status = 'closed', closed_at = $1`, [pipe.now]);
    const third = { day: '2026-03-03', incident: 1 };
    expect(await days('2026-03-03T00:10:00Z', 'Shell opened', 'critical')).toEqual([first, second, third]);
  }));

it('what its source did not rate has an issue as a medium one has; only what it calls low is only listed', () =>
  within(async (pipe) => {
    pipe.policy = { ...pipe.policy, quiet: quietByDefault };
    const rated = [{}, { severity: 9 }, { level: 15 }, { priority: 'P1' }, { severity: 'none' }, { severity_id: 2 }];
    for (const [k, fields] of rated.entries()) {
      await pipe.receive('generic', [alert(`Alert ${k}`, 60 * k, { host: `web-${k}`, ...fields })]);
      await pipe.run();
    }
    const stood = (await stands(pipe)).map((one) => one.replace(' open', ''));
    expect(stood).toEqual(['issue', 'issue', 'issue', 'issue', 'digest', 'digest']);
  }));

it.each([
  ['still works', 'validated', 'active'],
  ['is seen in public', 'publicly_leaked', 'unknown'],
])('a leaked secret of the backlog has an issue once it %s, and not before', (_, worse, validity) =>
  within(async (pipe) => {
    pipe.policy = { ...pipe.policy, quiet: quietByDefault };
    const secret = (action: string, hour: number, now: string) =>
      derived('secret_scanning_alert', (copy) => {
        const none = {
          resolved_at: null,
          resolution: null,
          state: 'open',
          publicly_leaked: action === 'publicly_leaked',
        };
        const at = `2026-02-20T0${hour}:00:00Z`;
        copy.action = action;
        Object.assign(copy.alert, none, {
          number: 78,
          created_at: '2026-02-20T01:00:00Z',
          updated_at: at,
          validity: now,
        });
      });
    const take = async (record: object, backlog: boolean) => {
      await pipe.receive('github', [record], { backlog });
      await pipe.run();
      return stands(pipe);
    };
    expect(await take(secret('created', 1, 'inactive'), true)).toEqual(['inventory open']);
    expect(await take(secret('validated', 2, 'inactive'), false)).toEqual(['inventory open']);
    expect(await take(secret('validated', 3, 'unknown'), true)).toEqual(['inventory open']);
    expect(await take(secret('validated', 4, 'unknown'), false)).toEqual(['inventory open']);
    expect(await take(secret(worse, 5, validity), false)).toEqual(['issue open']);
  }),
);

it('a weakness of the backlog has an issue once a repeat of its alert makes it pressing', () =>
  within(async (pipe) => {
    const repository = dependabot('created', '').repository as { full_name: string };
    const entities = [{ type: 'cloud_resource' as const, value: repository.full_name.toLowerCase() }];
    const origin = { path: 'context/services/shop.md', line: 1 };
    const shop = { kind: 'service' as const, name: 'shop', entities, cidr: [], shared: false, body: '', origin };
    pipe.policy = { ...pipe.policy, quiet: quietByDefault, context: [{ ...shop, exposed: true }] };
    const epss = (percentage: number) => ({ epss: { percentage, percentile: 0.9 } });
    await pipe.receive('github', [dependabot('created', '2026-02-20T08:00:00Z', epss(0.01))], { backlog: true });
    await pipe.run();
    await pipe.receive('github', [dependabot('assignees_changed', '2026-02-21T08:00:00Z', epss(0.02))]);
    await pipe.run();
    expect(await stands(pipe)).toEqual(['inventory open']);
    await pipe.receive('github', [dependabot('assignees_changed', '2026-02-22T08:00:00Z', epss(0.9))]);
    await pipe.run();
    expect(await stands(pipe)).toEqual(['issue open']);
  }));

it.each([
  ['stands in the digest', 'low', 10, { stands: 'digest', held: false }],
  ['goes on being held back', 'high', 1, { stands: 'digest', held: true }],
])('what the backlog shows to be part of the inventory %s', (_, severity, issuesADay, expected) =>
  within(async (pipe) => {
    pipe.policy = { ...pipe.policy, quiet: { ...quietByDefault, issuesADay } };
    const take = async (backlog: boolean, ...alerts: object[]) => {
      await pipe.receive('generic', alerts, { backlog });
      await pipe.run();
      return pipe.rows('select id, stands, held from incident where merged_into is null order by id');
    };
    await take(false, alert('The first of the day', 0, { severity: 'high', hostname: 'other' }));
    await take(true, alert('Old', 0, { severity: 'low', hostname: 'web-01' }));
    const live = await take(false, alert('New', 1, { severity, hostname: 'web-02' }));
    expect(live.slice(1)).toEqual([
      { id: '2', stands: 'inventory', held: false },
      { id: '3', ...expected },
    ]);
    const entities = [host('web-01'), host('web-02')];
    const merged = await take(true, alert('Bridge', 2, { severity: 'low', entities }));
    expect(merged.slice(1)).toEqual([{ id: '2', ...expected }]);
    const listed = await pipe.rows(`select 1 from digest_entry where incident_id = 2`);
    expect(listed).toHaveLength(1);
  }),
);

it('what was fixed before we heard of it opens nothing', () =>
  within(async (pipe) => {
    pipe.policy = { ...pipe.policy, quiet: quietByDefault };
    await pipe.receive('github', [dependabot('fixed', '2026-02-22T08:00:00Z')]);
    await pipe.run();
    expect(await stands(pipe)).toEqual(['inventory closed']);
    expect(await pipe.rows(`select 1 from publication`)).toEqual([]);
  }));

it('policy adopts of the backlog what its conditions say', () =>
  within(async (pipe) => {
    pipe.policy = { ...pipe.policy, quiet: { ...quietByDefault, adopt: [{ severity: 'critical' }] } };
    const backlog = ['critical', 'high'].map((severity) => alert(severity, 0, { severity, host: severity }));
    await pipe.receive('generic', backlog, { backlog: true });
    await pipe.run();
    expect(await stands(pipe)).toEqual(['issue open', 'inventory open']);
  }));

it('each installation of a source has its own ten', () =>
  within(async (pipe) => {
    pipe.policy = { ...pipe.policy, quiet: { ...quietByDefault, issuesADay: 2 } };
    const some = (org: string) =>
      [1, 2, 3].map((n) => alert(`${org} ${n}`, 0, { severity: 'high', host: `${org}-${n}` }));
    await pipe.receive('generic', some('acme'), { installation: 1 });
    await pipe.receive('generic', some('labs'), { installation: 2 });
    await pipe.run();
    const issues = (await stands(pipe)).filter((one) => one === 'issue open');
    expect(issues).toHaveLength(4);
  }));

/** GitHub tells of another secret it found. */
const leaked = (number: number, at: Date) =>
  derived('secret_scanning_alert', (copy) => {
    const time = at.toISOString();
    copy.action = 'created';
    Object.assign(copy.alert, { number, created_at: time, updated_at: time, resolved_at: null, resolution: null });
  });

it.each([
  ['opens ten a day, however long its installation sent', false, 10],
  ['opens as many as it finds after a week of its own', true, 14],
])('a scanner that is switched on later %s', (_, later, issues) =>
  within(async (pipe) => {
    pipe.policy = { ...pipe.policy, quiet: quietByDefault };
    const pass = () => {
      pipe.now = new Date(pipe.now.getTime() + 8 * 24 * 3_600_000);
    };
    const take = async (...records: object[]) => {
      await pipe.receive('github', records, { installation: 1 });
      await pipe.run();
    };
    await take(dependabot('created', '2026-02-20T08:00:00Z'));
    pass();
    if (later) {
      await take(leaked(99, pipe.now));
      pass();
    }
    const before = (await stands(pipe)).length;
    await take(...Array.from({ length: 14 }, (_one, n) => leaked(n, pipe.now)));
    expect((await stands(pipe)).slice(before).filter((one) => one === 'issue open')).toHaveLength(issues);
  }),
);

it('a scanner that was heard of before its first week was noted has had it', () =>
  within(async (pipe) => {
    await pipe.receive('github', [leaked(1, pipe.now)], { installation: 1 });
    await pipe.run();
    const feeds = () => pipe.rows(`select name, since from connection where name like 'github:1:%'`);
    const noted = await feeds();
    expect(noted).toEqual([{ name: 'github:1:GitHub secret scanning', since: pipe.now }]);
    await pipe.rows(`delete from connection where name like 'github:1:%'`);
    const { sql } = readMigrations(MIGRATIONS).find(({ name }) => name === 'feeds') ?? { sql: '' };
    await pipe.rows(sql);
    expect(await feeds()).toEqual(noted);
  }));

const told = fc.record({
  host: fc.integer({ min: 1, max: 12 }),
  severity: fc.constantFrom('informational', 'low', 'medium', 'high', 'critical'),
  backlog: fc.boolean(),
  limit: fc.integer({ min: 1, max: 5 }),
});

it('in whatever order and steps alerts come, each stands in exactly one place, and no issue is ever taken back', () =>
  within(async (pipe) => {
    let run = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(told, { minLength: 1, maxLength: 12 }),
        fc.integer({ min: 1, max: 4 }),
        async (some, issuesADay) => {
          run += 1;
          pipe.policy = { ...pipe.policy, quiet: { ...quietByDefault, issuesADay } };
          const shown = new Set<string>();
          for (const [k, { host, severity, backlog, limit }] of some.entries()) {
            const one = alert(`run ${run} alert ${k}`, 0, { severity, host: `h${run}-${host}` });
            await pipe.receive('generic', [one], { backlog, installation: run });
            if (k % limit === 0) await pipe.run(limit);
            const rows = await pipe.rows<{ id: string }>(
              `select id from incident where stands = 'issue' and status = 'open'`,
            );
            for (const { id } of rows) shown.add(id);
          }
          await pipe.run();
          const lost = await pipe.rows(
            `select i.id, i.stands from incident i
           left join publication p on p.key = 'issue:' || i.id
           where i.status <> 'merged' and (
             (i.stands = 'issue') <> (p.id is not null)
             or (i.stands = 'digest' and not exists (select 1 from digest_entry d where d.incident_id = i.id))
             or (i.stands <> 'issue' and i.investigate_at is not null)
             or (i.held and i.stands <> 'digest'))`,
          );
          expect(lost).toEqual([]);
          const back = await pipe.rows(
            `select id from incident where id = any($1::bigint[]) and stands <> 'issue' and status <> 'merged'`,
            [[...shown]],
          );
          expect(back).toEqual([]);
          const unseen = await pipe.rows(
            `select 1 from raw_record r where not exists (select 1 from alert_raw a where a.raw_id = r.id)`,
          );
          expect(unseen).toEqual([]);
          const [opened] = await pipe.rows<{ most: number | null }>(
            'select max(opened)::int as most from connection_day where name = $1',
            [`generic:${run}`],
          );
          expect(opened?.most ?? 0).toBeLessThanOrEqual(2 * issuesADay);
        },
      ),
      { numRuns: 25 },
    );
  }));

it('what was merged into an incident is found without reading all that ever were', () =>
  within(async (pipe) => {
    const plan = await pipe.store.transaction(async (tx) => {
      await tx.query('set local enable_seqscan = off');
      return tx.query('explain select 1 from incident where merged_into = 1');
    });
    expect(JSON.stringify(plan.rows)).toContain('incident_merged_into');
  }));
