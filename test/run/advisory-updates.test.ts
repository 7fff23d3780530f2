import { describe, expect, it } from 'vitest';
import { MIGRATIONS, readMigrations } from '../../src/store/migration-files.ts';
import { advise, depends, look, stage, standing, withRepositories } from './advisory-stage.ts';
import { type Spine, spine } from './spine.ts';

const inShop = { package: { ecosystem: 'npm', name: 'left-padder' }, severity: 'high' };
const withoutFix = { ...inShop, vulnerable_version_range: '>= 2.0.0', first_patched_version: null };

const malicious = {
  summary: 'Malware in left-padder',
  cwes: [{ cwe_id: 'CWE-506', name: 'Embedded Malicious Code' }],
};

const records = async (s: Spine) => (await s.store.query('select 1 from raw_record')).rowCount;
const incidents = async (s: Spine) =>
  (await s.store.query('select severity, pressing, due_at - opened_at as time, status from incident order by id')).rows;
const lifecycles = async (s: Spine) =>
  (await s.store.query('select kind, lifecycle, step_why as why from alert order by id')).rows;

/** The advisory is told in a later minute, and held against ours. */
async function tell(s: Spine, more: object, action = 'updated'): Promise<void> {
  s.pass(60);
  await advise(s, action, more);
  await look(s);
}

/** One repository that has the package, and the issue of it. */
async function withIssue(s: Spine, more: object = {}): Promise<void> {
  await withRepositories(s, 'shop');
  await depends(s, 'shop', ['left-padder', '2.3.0']);
  await tell(s, more, 'published');
}

describe('an advisory that is updated', () => {
  it('reaches the open issue: title, severity, day, urgency, what mends it and its CVE', async () => {
    await using s = await spine({ mention: { severity: 'high', who: ['acme/soc-responders'] } });
    await withIssue(s, { severity: 'medium', vulnerabilities: [withoutFix] });
    expect((await s.issue(1)).title).toBe('[GitHub Advisory Database: medium] left-padder runs what it pads');
    expect((await s.issue(1)).body).not.toContain('fixed in `');
    const shop = {
      ...{ kind: 'service' as const, name: 'shop', cidr: [], shared: false, exposed: true, body: '' },
      entities: [{ type: 'cloud_resource' as const, value: 'acme/shop' }],
      origin: { path: 'context/services/shop.md', line: 1 },
    };
    const { vulnerabilities } = s.policy;
    s.policy = { ...s.policy, context: [shop], vulnerabilities: { ...vulnerabilities, kev: ['CVE-2026-10001'] } };
    await tell(s, { severity: 'critical', summary: 'left-padder runs all it pads', cve_id: 'CVE-2026-10001' });
    const { title, body, labels } = await s.issue(1);
    expect(title).toBe('[GitHub Advisory Database: critical] left-padder runs all it pads');
    expect(labels).toContain('severity: critical');
    expect(body).toContain('fixed in `2.4.1`');
    expect(body).toContain('`2.3.0` in use, vulnerable `>= 2.0.0, < 2.4.1`');
    expect(body).toContain('severity critical · **known to be exploited** (KEV) · **exposed**');
    expect(await incidents(s)).toMatchObject([{ severity: 'critical', pressing: true, time: { days: 2 } }]);
    expect((await s.ourComments(1)).filter((text) => text.includes('@acme/soc-responders'))).toEqual([
      expect.stringMatching(/^\*\*Severity is now critical/),
    ]);
    s.policy = { ...s.policy, context: [], vulnerabilities };
    await tell(s, { severity: 'low' });
    expect(await incidents(s)).toMatchObject([{ severity: 'low', pressing: false, time: { days: 180 } }]);
    expect((await s.issue(1)).title).toBe('[GitHub Advisory Database: low] left-padder runs what it pads');
    expect((await s.issue(1)).labels).toContain('severity: low');
    expect((await s.store.query('select title from incident')).rows).toEqual([
      { title: 'left-padder runs what it pads' },
    ]);
    expect(await standing(s)).toHaveLength(1);
  });

  it('tells the alert of Dependabot in the same place what it says, and every other place how bad it is', async () => {
    await using s = await spine();
    await withRepositories(s, 'billing');
    await depends(s, 'billing', ['left-padder', '2.3.0']);
    await withIssue(s, { vulnerabilities: [withoutFix] });
    const advisory = { ghsa_id: 'GHSA-2222-3333-4444', summary: 'left-padder runs what it pads', severity: 'high' };
    const alert = {
      ...{ number: 4, state: 'open', updated_at: new Date(s.now()).toISOString(), security_vulnerability: withoutFix },
      ...{ dependency: { package: inShop.package, manifest_path: 'package-lock.json' }, security_advisory: advisory },
    };
    const told = { event: 'dependabot_alert', action: 'created', payload: { alert } };
    await stage(s, 'events', { repository: 'acme/shop', ...told });
    await depends(s, 'billing');
    await look(s, 25);
    await tell(s, { severity: 'medium' });
    const { rows } = await s.store.query(
      `select place ->> 'by' as by, severity, lifecycle, place ->> 'fixed' as fixed from alert order by place ->> 'repository', id`,
    );
    expect(rows).toEqual([
      { by: 'advisory', severity: 'medium', lifecycle: 'fixed', fixed: null },
      { by: 'advisory', severity: 'medium', lifecycle: null, fixed: '2.4.1' },
      { by: 'dependabot', severity: 'medium', lifecycle: null, fixed: '2.4.1' },
    ]);
    expect(await incidents(s)).toMatchObject([{ severity: 'medium', time: { days: 90 } }]);
    expect((await s.issue(1)).body).toContain('To mend: 1 of 2');
  });

  it('leaves asleep what was put to sleep, unless it got worse', async () => {
    await using s = await spine();
    await withIssue(s, { vulnerabilities: [withoutFix] });
    await s.comment('hana', 1, '/snooze 4h');
    const asleep = async () => (await s.store.query('select snoozed_until is not null as asleep from incident')).rows;
    await tell(s, {});
    expect((await s.issue(1)).body).toContain('fixed in `2.4.1`');
    expect(await asleep()).toEqual([{ asleep: true }]);
    await tell(s, { severity: 'critical' });
    expect(await asleep()).toEqual([{ asleep: false }]);
  });

  it('leaves what a person said of the severity until it is worse than all that was', async () => {
    await using s = await spine();
    await withIssue(s);
    await s.comment('hana', 1, '/severity low');
    await tell(s, { severity: 'medium' });
    expect(await incidents(s)).toMatchObject([{ severity: 'low' }]);
    await tell(s, { severity: 'critical' });
    expect(await incidents(s)).toMatchObject([{ severity: 'critical' }]);
  });

  it('changes nothing when it is told again, out of order, or in what nobody is shown', async () => {
    await using s = await spine();
    await withIssue(s);
    const old = { severity: 'low', updated_at: new Date(s.now().getTime() - 3_600_000).toISOString() };
    const now = { severity: 'critical', updated_at: new Date(s.now()).toISOString() };
    await tell(s, now);
    const before = [await records(s), await incidents(s), await s.issue(1)];
    await tell(s, now);
    await tell(s, old);
    await tell(s, {
      severity: 'critical',
      description: 'In other words.',
      references: [{ url: 'https://example.com' }],
    });
    expect([await records(s), await incidents(s), await s.issue(1)]).toEqual(before);
  });

  it.each([
    ['as they were said', false],
    ['the other way round', true],
  ])('twice in one second ends the same: %s', async (_, turned) => {
    await using s = await spine();
    await withIssue(s);
    s.pass(60);
    const updated_at = new Date(s.now()).toISOString();
    const said = [
      { severity: 'low', updated_at },
      { severity: 'critical', updated_at },
      { withdrawn_at: updated_at, updated_at },
    ];
    for (const one of turned ? said.toReversed() : said) await tell(s, one);
    expect(await standing(s)).toMatchObject([{ status: 'closed', settled: 'dismissed' }]);
  });

  it('tells of its EPSS what moves it, and at once what makes it likely to be exploited', async () => {
    await using s = await spine();
    await withIssue(s);
    const shown = async (percentage: number) => {
      await tell(s, { epss: { percentage, percentile: 0.5 } });
      return /EPSS ([\d.]+) %/.exec((await s.issue(1)).body)?.[1];
    };
    expect(await shown(0.02)).toBe('2.0');
    expect(await shown(0.04)).toBe('2.0');
    expect(await shown(0.071)).toBe('7.1');
    expect(await shown(0.0999)).toBe('7.1');
    expect(await shown(0.101)).toBe('10.1');
    expect(await incidents(s)).toMatchObject([{ time: { days: 7 } }]);
    expect(await shown(0.09)).toBe('9.0');
  });
});

describe('what was told before it was kept what was said', () => {
  const upgrade = readMigrations(MIGRATIONS).find(({ name }) => name === 'said-of-advisories')?.sql ?? '';
  const said = async (s: Spine) => (await s.store.query(`select told -> 'said' as said from exposure`)).rows;

  it('is not told again, but for what is said anew since', async () => {
    await using s = await spine();
    await withIssue(s, { epss: { percentage: 0.02, percentile: 0.5 } });
    const now = await said(s);
    await s.store.query(`update exposure set told = told - 'said'`);
    await s.store.query(upgrade);
    expect(await said(s)).toEqual([{ said: { severity: 'high', malware: false, epss: 0.02 } }]);
    const told = await records(s);
    await tell(s, { description: 'In other words.' });
    expect(await records(s)).toBe(told);
    expect(await said(s)).toEqual(now);
    await tell(s, { summary: 'left-padder runs all it pads' });
    expect((await s.issue(1)).title).toContain('left-padder runs all it pads');
  });

  it('is told when the first that is said anew is that it is malicious', async () => {
    await using s = await spine();
    await withIssue(s);
    await s.store.query(`update exposure set told = told - 'said'`);
    await s.store.query(upgrade);
    await tell(s, malicious);
    expect(await standing(s)).toMatchObject([{ settled: 'dismissed' }, { kind: 'threat', status: 'open' }]);
  });
});

describe('of what is closed, an advisory that is updated', () => {
  it('changes nothing unless it got worse, and opens it again then, however long ago that was', async () => {
    await using s = await spine();
    await withIssue(s);
    await s.comment('hana', 1, '/close fp it does not concern us');
    const issue = await s.issue(1);
    s.pass(40 * 24 * 3600);
    await tell(s, { severity: 'low', summary: 'In other words' });
    await tell(s, { severity: 'high', vulnerabilities: [withoutFix] });
    expect(await s.issue(1)).toEqual(issue);
    expect(await incidents(s)).toMatchObject([{ severity: 'high', status: 'closed' }]);
    expect((await s.store.query('select 1 from alert_raw')).rowCount).toBe(await records(s));
    await tell(s, { severity: 'critical' });
    expect(await incidents(s)).toMatchObject([{ severity: 'critical', status: 'open' }]);
    expect((await s.issue(1)).state).toBe('open');
  });

  it.each(['/reopen', 'the button'])('stands in the issue at once when a person opens it again by %s', async (how) => {
    await using s = await spine();
    await withIssue(s, { severity: 'critical', vulnerabilities: [withoutFix] });
    await s.comment('hana', 1, '/close fp it does not concern us');
    s.pass(40 * 24 * 3600);
    const [shut] = await incidents(s);
    await tell(s, { severity: 'high', epss: { percentage: 0.02, percentile: 0.5 } });
    await tell(s, { severity: 'low', summary: 'left-padder pads', epss: { percentage: 0.08, percentile: 0.5 } });
    await tell(s, { severity: 'high', summary: 'left-padder pads', epss: { percentage: 0.2, percentile: 0.5 } });
    expect(await incidents(s)).toEqual([shut]);
    const records = await s.store.query('select 1 from raw_record');
    if (how === '/reopen') await s.comment('hana', 1, how);
    else {
      await s.a.t.person('hana').rest.issues.update({ owner: 'acme', repo: 'soc', issue_number: 1, state: 'open' });
      await s.deliver();
      s.pass(60);
      await s.settle();
    }
    const { title, body, labels, state } = await s.issue(1);
    expect(state).toBe('open');
    expect(title).toBe('[GitHub Advisory Database: high] left-padder pads');
    expect(labels).toContain('severity: high');
    expect(body).toContain('fixed in `2.4.1`');
    expect(body).toContain('severity high');
    expect(body).toContain('EPSS 20.0 %');
    expect(await incidents(s)).toMatchObject([{ severity: 'high', status: 'open', time: { days: 7 } }]);
    expect((await s.store.query('select 1 from raw_record')).rowCount).toBe(records.rowCount);
  });

  it('does not open again what is not there any more', async () => {
    await using s = await spine();
    await withIssue(s);
    await depends(s, 'shop');
    await look(s, 25);
    expect(await standing(s)).toMatchObject([{ settled: 'fixed' }]);
    await tell(s, { severity: 'critical' });
    expect(await incidents(s)).toMatchObject([{ severity: 'high', status: 'closed' }]);
  });

  it('does not open again what Dependabot says is over', async () => {
    await using s = await spine();
    await withIssue(s);
    const dependency = { package: inShop.package, manifest_path: 'package-lock.json' };
    const advisory = { ghsa_id: 'GHSA-2222-3333-4444', summary: 'left-padder runs what it pads', severity: 'high' };
    const dismissed = { number: 4, state: 'dismissed', dependency, security_advisory: advisory };
    const alert = { ...dismissed, security_vulnerability: inShop, updated_at: new Date(s.now()).toISOString() };
    const told = { event: 'dependabot_alert', action: 'dismissed', payload: { alert } };
    await stage(s, 'events', { repository: 'acme/shop', ...told });
    await s.deliver();
    expect(await standing(s)).toMatchObject([{ settled: 'dismissed' }]);
    await tell(s, { severity: 'critical' });
    expect(await incidents(s)).toMatchObject([{ severity: 'high', status: 'closed' }]);
  });
});

describe('a package that turns out to be malicious', () => {
  it('is no vulnerability any more and a threat of its own, and the other way round when that is taken back', async () => {
    await using s = await spine();
    await withIssue(s);
    await tell(s, malicious);
    expect(await standing(s)).toEqual([
      { kind: 'vulnerability', status: 'closed', settled: 'dismissed', issue: '1' },
      { kind: 'threat', status: 'open', settled: null, issue: '2' },
    ]);
    expect((await s.issue(1)).body).toContain('it is a malicious package: the advisory is a threat of its own now');
    expect((await s.issue(2)).title).toContain('[GitHub Advisory Database: critical] Malware in left-padder');
    const told = await records(s);
    await tell(s, malicious);
    expect(await records(s)).toBe(told);
    await tell(s, {});
    expect(await standing(s)).toMatchObject([
      { kind: 'vulnerability', status: 'open', settled: null, issue: '1' },
      { kind: 'threat', status: 'open' },
    ]);
    const why = 'GitHub does not call the package malicious any more';
    expect(await lifecycles(s)).toMatchObject([{ lifecycle: null }, { kind: 'threat', lifecycle: 'dismissed', why }]);
    expect((await s.issue(2)).body).toContain(why);
  });

  it('is told so where it was dismissed or is gone, too', async () => {
    await using s = await spine();
    await withIssue(s);
    await s.comment('hana', 1, '/close fp it does not concern us');
    s.pass(40 * 24 * 3600);
    await depends(s, 'shop');
    await look(s, 1);
    await look(s, 25);
    expect(await lifecycles(s)).toMatchObject([{ kind: 'vulnerability', lifecycle: 'fixed' }]);
    await tell(s, malicious);
    expect(await standing(s)).toMatchObject([{ status: 'closed' }, { kind: 'threat', status: 'open' }]);
    expect((await s.issue(2)).body).toContain('not there any more');
    await tell(s, {});
    expect(await standing(s)).toHaveLength(2);
    expect(await lifecycles(s)).toMatchObject([{ lifecycle: 'fixed' }, { kind: 'threat', lifecycle: 'dismissed' }]);
  });
});
