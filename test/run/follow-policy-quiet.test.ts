import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Policy } from '../../src/domain/policy.ts';
import { quietByDefault } from '../../src/domain/quiet.ts';
import { createAdopter } from '../../src/run/adopt-by-policy.ts';
import { createPolicyFollower } from '../../src/run/follow-policy.ts';
import { nextToAsk } from '../../src/run/on-call.ts';
import { derived } from '../sources/github-examples.ts';
import { onRota, wait, withRota } from './on-rota.ts';
import { attack, type Spine, spine } from './spine.ts';

const migration = new URL('../../src/store/migrations/0029-mentions-for-pressing.sql', import.meta.url);

const who = 'acme/soc-responders';

/** What was open when its source was connected. */
async function backlog(s: Spine, source: string, ...records: object[]): Promise<void> {
  s.pipeline.now = s.now();
  s.pipeline.policy = s.policy;
  await s.pipeline.receive(source, records, { backlog: true });
  await s.settle();
}

/** As the policy's worker does after each look. */
function follower(s: Spine): () => Promise<boolean> {
  const policy = { ...s.deps.policy, state: () => ({ is: 'good' as const, commit: s.policy.commit }) };
  const follow = createPolicyFollower({ ...s.deps, policy, resources: { probe: async () => undefined } });
  const adopt = createAdopter({ ...s.deps, policy });
  return async () => {
    const followed = await follow();
    return (await adopt()) || followed;
  };
}

function change(s: Spine, given: Partial<Policy>): void {
  s.policy = { ...s.policy, commit: 'd'.repeat(40), ...given };
}

const standing = async (s: Spine) =>
  (
    await s.store.query<{ stands: string; severity: string; n: number }>(
      'select stands, severity, count(*)::int as n from incident group by 1, 2 order by 1, 2',
    )
  ).rows.map(({ stands, severity, n }) => `${stands} ${severity} ${n}`);

describe('a vulnerability that is known to be exploited since the policy changed, and is exposed', () => {
  const entities = [{ type: 'cloud_resource' as const, value: 'acme/shop' }];
  const origin = { path: 'context/services/shop.md', line: 1 };
  const shop = { kind: 'service' as const, name: 'shop', entities, cidr: [], shared: false, body: '', origin };
  const found = derived('dependabot_alert', (copy) => {
    Object.assign(Object(copy.alert.security_advisory), { cve_id: 'CVE-2026-1234', severity: 'high' });
    Object.assign(copy.alert, { number: 77, state: 'open', fixed_at: null, dismissed_at: null });
    Object.assign(Object(copy.repository), { full_name: 'acme/shop' });
    copy.action = 'created';
  });
  const weakness = (n: number) => ({
    ...found,
    alert: {
      ...Object(found.alert),
      number: 200 + n,
      security_advisory: {
        ...Object(Object(found.alert).security_advisory),
        ghsa_id: `GHSA-2222-3333-000${n}`,
        cve_id: `CVE-2026-200${n}`,
      },
    },
  });

  it('has an issue if it was of the backlog, is investigated, and whom the policy names is mentioned', async () => {
    const mention = { severity: 'low' as const, who: [who] };
    await using s = await spine({ quiet: quietByDefault, mention, context: [{ ...shop, exposed: true }] });
    await backlog(s, 'github', found);
    const follow = follower(s);
    await follow();
    expect((await s.store.query('select stands, investigate_at from incident')).rows).toEqual([
      { stands: 'inventory', investigate_at: null },
    ]);
    change(s, { vulnerabilities: { ...s.policy.vulnerabilities, kev: ['CVE-2026-1234'] } });
    expect(await follow()).toBe(true);
    await s.settle();
    const { rows } = await s.store.query<{ stands: string; issue: string }>('select stands, issue from incident');
    expect(rows).toEqual([{ stands: 'issue', issue: expect.any(String) }]);
    expect(await s.ourComments(Number(rows[0]?.issue))).toContainEqual(expect.stringContaining(`@${who}`));
  });

  it('is told on the issue it has already, to whom the policy names, once', async () => {
    const mention = { severity: 'low' as const, who: [who] };
    await using s = await spine({ mention, context: [{ ...shop, exposed: true }] });
    s.pipeline.policy = s.policy;
    s.pipeline.now = s.now();
    await s.pipeline.receive('github', [found]);
    await s.settle();
    s.pass(60);
    await s.settle();
    expect((await s.ourComments(1)).join('\n')).not.toContain(who);
    const follow = follower(s);
    for (const commit of ['d', 'e', 'f']) {
      const kev = ['CVE-2026-1234'];
      change(s, { commit: commit.repeat(40), vulnerabilities: { ...s.policy.vulnerabilities, kev } });
      await follow();
      s.pass(60);
      await s.settle();
    }
    const told = (await s.ourComments(1)).filter((body) => body.includes(`@${who}`));
    expect(told).toEqual([expect.stringMatching(/^\*\*Exploited and exposed now:\*\* .*`\/take`/)]);
  });

  it('mentions people for the first five of many in an hour, and says the others without', async () => {
    const mention = { severity: 'low' as const, who: [who] };
    await using s = await spine({ mention, context: [{ ...shop, exposed: true }] });
    const many = Array.from({ length: 7 }, (_, k) => weakness(k + 1));
    s.pipeline.policy = s.policy;
    s.pipeline.now = s.now();
    await s.pipeline.receive('github', many.slice(0, 6));
    await s.settle();
    const list = (kev: string[], commit: string) =>
      change(s, { commit: commit.repeat(40), vulnerabilities: { ...s.policy.vulnerabilities, kev } });
    const told = async () => {
      const { rows } = await s.store.query<{ text: string }>(
        `select text from publication where kind = 'comment' and text like '**Exploited and exposed now%'`,
      );
      return [rows.length, rows.filter(({ text }) => text.includes(`@${who}`)).length];
    };
    const follow = follower(s);
    const names = many.map((_, k) => `CVE-2026-200${k + 1}`);
    list(names.slice(0, 6), 'd');
    await follow();
    await s.settle();
    // Creations have a budget a minute.
    await wait(s, 1);
    expect(await told()).toEqual([6, 5]);
    s.pass(3601);
    await s.pipeline.receive('github', many.slice(6));
    await s.settle();
    list(names, 'e');
    await follow();
    await s.settle();
    expect(await told()).toEqual([7, 6]);
  });

  it('is told nothing anew when it was so before that was written down', async () => {
    const mention = { severity: 'low' as const, who: [who] };
    await using s = await spine({ mention, context: [{ ...shop, exposed: true }] });
    change(s, { vulnerabilities: { ...s.policy.vulnerabilities, kev: ['CVE-2026-1234'] } });
    s.pipeline.policy = s.policy;
    s.pipeline.now = s.now();
    await s.pipeline.receive('github', [found]);
    await s.settle();
    const before = await s.ourComments(1);
    await s.store.query(`update incident set report = report - 'pressing'`);
    await s.store.transaction((tx) => tx.query(readFileSync(migration, 'utf8')));
    await s.store.query('update incident set investigate_at = $1', [s.now()]);
    s.pass(60);
    await s.settle();
    expect(before.join('\n')).toContain(`@${who}`);
    expect(await s.ourComments(1)).toEqual(before);
  });

  it('calls who is on call, however long ago it was found', async () => {
    await using s = await withRota({ quiet: quietByDefault, context: [{ ...shop, exposed: true }] });
    await backlog(s, 'github', found);
    s.pass(9 * 24 * 3600);
    onRota(s);
    s.policy = { ...s.policy, onCall: { ...s.policy.onCall, severity: 'low' } };
    change(s, { vulnerabilities: { ...s.policy.vulnerabilities, kev: ['CVE-2026-1234'] } });
    await follower(s)();
    await s.settle();
    const at = await nextToAsk(s.deps);
    expect(at?.getTime()).toBeGreaterThan(0);
    await wait(s, 5);
    const { rows } = await s.store.query<{ asked: string[]; issue: string }>('select asked, issue from incident');
    expect(rows).toMatchObject([{ asked: ['ken'] }]);
    expect((await s.issue(Number(rows[0]?.issue))).assignees).toEqual(['ken']);
  });
});

describe('backlog that the policy adopts since it changed', () => {
  const adopt = { quiet: { ...quietByDefault, adopt: [{ severity: 'high' as const }] } };

  it('has issues, the worst first and ten a day, and takes none from what happens now', async () => {
    await using s = await spine({ quiet: quietByDefault });
    const old = Array.from({ length: 14 }, (_, k) => attack(k + 1, { severity: k > 9 ? 'critical' : 'high' }));
    await backlog(s, 'generic', ...old, attack(50, { severity: 'medium' }));
    change(s, adopt);
    const follow = follower(s);
    await follow();
    const first = ['inventory high 4', 'inventory medium 1', 'issue critical 4', 'issue high 6'];
    expect(await standing(s)).toEqual(first);
    expect(await follow()).toBe(false);
    expect(await standing(s)).toEqual(first);
    await s.take(...[91, 92, 93].map((k) => attack(k)));
    expect(await standing(s)).toEqual([...first.slice(0, 3), 'issue high 9']);
    s.pass(24 * 3600);
    expect(await follow()).toBe(true);
    expect(await standing(s)).toEqual(['inventory medium 1', 'issue critical 4', 'issue high 13']);
  });

  it('is found wherever it stands in an inventory of more than a page, each incident once', async () => {
    await using s = await spine({ quiet: quietByDefault });
    await backlog(s, 'generic', attack(1), attack(2, { severity: 'medium' }));
    await s.store.query(
      `insert into incident (kind, title, severity, opened_at, first_seen, last_seen, room, stands)
       select 'threat', 'n' || n, case when n > 1195 then 'critical' when n % 2 = 0 then 'medium' else 'high' end, $1, $1, $1, '', 'inventory'
       from generate_series(1, 1198) as n`,
      [s.now()],
    );
    await s.store.query(
      `insert into alert (incident_id, fingerprint, kind, source, product, title, rule, severity, effective_severity, time,
         first_seen, last_seen, techniques, quoted, subject, join_reason, ocsf, created_at)
       select i.id, i.title || k, a.kind, a.source, a.product, i.title, a.rule, i.severity, i.severity, a.time, a.first_seen,
         a.last_seen, a.techniques, a.quoted, a.subject, a.join_reason, a.ocsf, a.created_at
       from incident i join alert a on a.incident_id = 1 cross join generate_series(1, 2) as k
       where i.title like 'n%' order by k, i.id`,
    );
    expect(await standing(s)).toEqual(['inventory critical 3', 'inventory high 599', 'inventory medium 598']);
    change(s, adopt);
    await follower(s)();
    const rows = ['inventory high 592', 'inventory medium 598', 'issue critical 3', 'issue high 7'];
    expect(await standing(s)).toEqual(rows);
  });

  it('is not chosen by what is only written in its texts', async () => {
    await using s = await spine({ quiet: quietByDefault });
    await backlog(
      s,
      'generic',
      attack(1, { message: 'asked for 198.51.100.7' }),
      attack(2, { src_ip: '198.51.100.7' }),
    );
    change(s, { quiet: { ...quietByDefault, adopt: [{ entity: { type: 'ip', value: ['198.51.100.7'] } }] } });
    await follower(s)();
    const { rows } = await s.store.query('select title, stands from incident order by title');
    expect(rows).toEqual([
      { title: expect.stringContaining('Login failures 1'), stands: 'inventory' },
      { title: expect.stringContaining('Login failures 2'), stands: 'issue' },
    ]);
  });

  it('stays ten a day for a source that has sent for a week', async () => {
    await using s = await spine({ quiet: quietByDefault });
    await s.take(attack(99, { severity: 'low' }));
    s.pass(8 * 24 * 3600);
    await backlog(s, 'generic', ...Array.from({ length: 12 }, (_, k) => attack(k + 1)));
    change(s, adopt);
    await follower(s)();
    expect(await standing(s)).toEqual(['digest low 1', 'inventory high 2', 'issue high 10']);
  });
});

describe('what stands in the digest and opens an issue since the policy changed', () => {
  const lower = { quiet: { ...quietByDefault, digestBelow: 'low' as const } };
  const low = (from: number, to: number) =>
    Array.from({ length: to - from + 1 }, (_, k) => attack(from + k, { severity: 'low' }));

  it.each([
    ['a new source', 0],
    ['one that has sent for a week', 8],
  ])('has one, ten a day less two for what is worse, of %s; what is older stays', async (_, days) => {
    await using s = await spine({ quiet: quietByDefault });
    await s.take(...low(1, 3));
    s.pass((2 + days) * 24 * 3600);
    await s.take(...low(11, 22));
    const follow = follower(s);
    await follow();
    expect(await standing(s)).toEqual(['digest low 15']);
    change(s, lower);
    expect(await follow()).toBe(true);
    expect(await standing(s)).toEqual(['digest low 7', 'issue low 8']);
    expect(await follow()).toBe(false);
    change(s, { ...lower, commit: 'e'.repeat(40) });
    await follow();
    expect(await standing(s)).toEqual(['digest low 7', 'issue low 8']);
    s.pass(24 * 3600);
    await follow();
    expect(await standing(s)).toEqual(['digest low 3', 'issue low 12']);
    for (let n = 0; n < 2; n += 1) {
      s.pass(24 * 3600);
      await follow();
    }
    expect(await standing(s)).toEqual(['digest low 3', 'issue low 12']);
    await s.settle();
    s.pass(60);
    await s.settle();
    expect((await s.store.query('select 1 from incident where issue is not null')).rowCount).toBe(12);
  });

  it('does not open what is held back for a new source, but where the policy turns quiet off', async () => {
    await using s = await spine({ quiet: quietByDefault });
    await s.take(...Array.from({ length: 11 }, (_, k) => attack(k + 1, { severity: 'medium' })), ...low(21, 22));
    expect(await standing(s)).toEqual(['digest low 2', 'digest medium 3', 'issue medium 8']);
    const follow = follower(s);
    change(s, lower);
    await follow();
    expect(await standing(s)).toEqual(['digest medium 3', 'issue low 2', 'issue medium 8']);
    change(s, { commit: 'e'.repeat(40), quiet: { ...quietByDefault, on: false } });
    await follow();
    expect(await standing(s)).toEqual(['issue low 2', 'issue medium 11']);
  });
});
