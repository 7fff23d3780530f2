import { expect, it } from 'vitest';
import { quietByDefault } from '../../src/domain/quiet.ts';
import { wait, withRota } from './on-rota.ts';
import { actions, look, put } from './scanner-alerts.ts';
import { type Spine, spine } from './spine.ts';

const day = 24 * 3600;

/** What the forge's own example of an alert says, changed. */
function said(severity: string, more: { cve?: string; epss?: number; fixed?: string } = {}): Record<string, unknown> {
  const named = { ecosystem: 'npm', name: 'left-padder' };
  const first_patched_version = more.fixed === undefined ? null : { identifier: more.fixed };
  const vulnerability = { package: named, severity, vulnerable_version_range: '>= 2.0.0', first_patched_version };
  return {
    security_vulnerability: vulnerability,
    security_advisory: {
      ...{
        ghsa_id: 'GHSA-2222-3333-4444',
        cve_id: more.cve ?? null,
        summary: 'left-padder runs text',
        description: 'x',
        severity,
        withdrawn_at: null,
      },
      ...{
        identifiers: [],
        references: [],
        vulnerabilities: [vulnerability],
        cwes: [],
        cvss: { vector_string: null, score: 0 },
        published_at: '2026-02-28T00:00:00Z',
      },
      ...{ updated_at: '2026-02-28T00:00:00Z', epss: { percentage: more.epss ?? 0.001, percentile: 0.2 } },
    },
  };
}

/** GitHub writes the advisory anew; of the alert itself nothing changes, not even its time. */
function rewrite(s: Spine, alert: Record<string, unknown>): void {
  const { store } = s.a.t.forge.state;
  for (const one of store.all('scannerAlert'))
    store.put('scannerAlert', { ...one, fields: { ...one.fields, ...alert } });
}

it('an open alert of Dependabot follows its advisory within a day: severity, CVE, EPSS and what mends it', async () => {
  await using s = await spine();
  const entities = [{ type: 'cloud_resource' as const, value: 'acme/soc' }];
  const origin = { path: 'context/services/soc.md', line: 1 };
  const soc = { kind: 'service' as const, name: 'soc', entities, cidr: [], shared: false, body: '', origin };
  s.policy = { ...s.policy, context: [{ ...soc, exposed: true }] };
  s.pipeline.policy = s.policy;
  await look(s);
  s.pass(3600);
  put(s, { scanner: 'dependabot', alert: said('low'), tell: false });
  await look(s);
  expect((await s.issue(1)).labels).toContain('severity: low');
  rewrite(s, said('critical', { cve: 'CVE-2026-1234', epss: 0.97, fixed: '2.4.1' }));
  s.pass(day);
  await look(s);
  const { labels, body } = await s.issue(1);
  expect(labels).toContain('severity: critical');
  expect(body).toContain('fixed in `2.4.1`');
  expect(body).toContain('EPSS 97.0 %');
  const { rows } = await s.store.query(
    `select i.pressing, a.place ->> 'cve' as cve from incident i join alert a on true`,
  );
  expect(rows).toEqual([{ pressing: true, cve: 'CVE-2026-1234' }]);
  rewrite(s, said('medium', { cve: 'CVE-2026-1234', epss: 0.004, fixed: '2.4.1' }));
  s.pass(day);
  await look(s);
  expect((await s.issue(1)).labels).toContain('severity: medium');
  expect(await actions(s)).toEqual(['created', 'updated', 'updated']);
});

it('what says the same is told no second time, nor is a step of EPSS below a percent, nor what has ended', async () => {
  await using s = await spine();
  await look(s);
  s.pass(3600);
  put(s, { scanner: 'dependabot', alert: said('high', { epss: 0.0211 }), tell: false });
  await look(s);
  rewrite(s, said('high', { epss: 0.0264 }));
  s.pass(day);
  await look(s);
  expect(await actions(s)).toEqual(['created']);
  put(s, { scanner: 'dependabot', number: 1, alert: { state: 'fixed' }, tell: false });
  await look(s);
  rewrite(s, said('critical'));
  s.pass(day);
  await look(s);
  expect(await actions(s)).toEqual(['created', 'fixed']);
});

it('a closed issue stays closed unless its advisory got worse', async () => {
  await using s = await spine();
  await look(s);
  s.pass(3600);
  put(s, { scanner: 'dependabot', alert: said('medium'), tell: false });
  await look(s);
  await s.comment('hana', 1, '/close fp not reachable');
  rewrite(s, said('medium', { fixed: '2.4.1' }));
  s.pass(day);
  await look(s);
  expect((await s.issue(1)).state).toBe('closed');
  rewrite(s, said('critical', { fixed: '2.4.1' }));
  s.pass(day);
  await look(s);
  expect((await s.issue(1)).state).toBe('open');
  expect(await actions(s)).toEqual(['created', 'updated', 'updated']);
});

it('what was open before its advisory was followed is told once, without a comment, a mention or a question', async () => {
  const entities = [{ type: 'cloud_resource' as const, value: 'acme/soc' }];
  const origin = { path: 'context/services/soc.md', line: 1 };
  const soc = { kind: 'service' as const, name: 'soc', entities, cidr: [], shared: false, body: '', origin };
  const mention = { severity: 'low' as const, who: ['acme/soc-responders'] };
  await using s = await withRota({ mention, context: [{ ...soc, exposed: true }] });
  s.pipeline.policy = s.policy;
  await look(s);
  s.pass(3600);
  put(s, { scanner: 'dependabot', alert: said('critical', { epss: 0.97 }), tell: false });
  await look(s);
  const another = said('medium');
  Object.assign(Object(another.security_advisory), { ghsa_id: 'GHSA-2222-3333-5555', summary: 'left-padder is slow' });
  put(s, { scanner: 'dependabot', alert: another, tell: false });
  await look(s);
  for (let n = 0; n < 4; n += 1) await wait(s, 16);
  const told = async () => [
    await s.ourComments(1),
    await s.ourComments(2),
    (await s.store.query('select id, severity, pressing, asked, due_at from incident order by id')).rows,
    (await s.store.query(`select 1 from publication where kind in ('comment', 'notice')`)).rowCount,
  ];
  const before = await told();
  expect(before).toMatchObject([
    { length: 5, 0: expect.stringContaining('@acme/soc-responders') },
    [],
    [{ pressing: true, asked: ['ken', 'mika', 'hana'] }, { severity: 'medium' }],
    5,
  ]);
  await s.store.query(`update github_alert set mark = ''`);
  for (let n = 0; n < 2; n += 1) {
    s.pass(day);
    await look(s);
    await wait(s, 16);
  }
  expect(await actions(s)).toEqual(['created', 'created', 'updated', 'updated']);
  expect(await told()).toEqual(before);
});

it('lists are read whole once a day, only where something is open in them', async () => {
  await using s = await spine();
  await look(s);
  s.pass(day + 60);
  expect((await look(s)).filter((one) => one.includes('state=open'))).toEqual([]);
  put(s, { scanner: 'dependabot', tell: false });
  await look(s);
  s.pass(3600);
  expect((await look(s)).filter((one) => one.includes('state=open'))).toEqual([]);
  s.pass(day);
  expect((await look(s)).filter((one) => one.includes('state=open'))).toEqual([
    expect.stringMatching(/GET \/orgs\/acme\/dependabot\/alerts/),
  ]);
});

it('what stands in the inventory stays there when its advisory changes, and gets its issue when it got worse', async () => {
  await using s = await spine({ quiet: quietByDefault });
  s.pipeline.policy = s.policy;
  put(s, { scanner: 'dependabot', alert: said('medium'), tell: false });
  s.pass(3600);
  await look(s);
  const stands = async () => (await s.store.query('select stands, severity from incident')).rows;
  expect(await stands()).toEqual([{ stands: 'inventory', severity: 'medium' }]);
  rewrite(s, said('medium', { epss: 0.05, fixed: '2.4.1' }));
  s.pass(day);
  await look(s);
  expect(await actions(s)).toEqual(['created', 'updated']);
  expect(await stands()).toEqual([{ stands: 'inventory', severity: 'medium' }]);
  rewrite(s, said('critical', { fixed: '2.4.1' }));
  s.pass(day);
  await look(s);
  expect(await stands()).toEqual([{ stands: 'issue', severity: 'critical' }]);
});
