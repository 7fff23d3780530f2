import { describe, expect, it } from 'vitest';
import { quietByDefault } from '../../src/domain/quiet.ts';
import { scanners } from '../../src/ports/alert-lists.ts';
import { ForgeError } from '../../src/ports/forge.ts';
import { seedOrganization } from '../forge/second-organization.ts';
import { actions, look, put, records } from './scanner-alerts.ts';
import { type Spine, spine } from './spine.ts';

async function lifecycles(s: Spine): Promise<unknown[]> {
  return (await s.store.query('select lifecycle, count from alert order by id')).rows;
}

describe('alerts that were open before', () => {
  it('are taken as backlog once, in pages, whatever ended before is not', async () => {
    await using s = await spine();
    for (let n = 0; n < 130; n += 1) put(s, { scanner: 'dependabot', tell: false });
    put(s, { scanner: 'code-scanning', tell: false }, 'soc-config');
    put(s, { scanner: 'secret-scanning', alert: { state: 'resolved' }, tell: false });
    s.pass(3600);
    await look(s);
    const taken = await records(s);
    expect(taken).toHaveLength(131);
    expect(taken.every((one) => one.backlog && one.action === 'created')).toBe(true);
    s.pass(600);
    await look(s);
    expect(await records(s)).toHaveLength(131);
  });

  it('open one inventory and no issue each, but what is made afterwards does, whether a list or a webhook tells it', async () => {
    await using s = await spine({ quiet: quietByDefault });
    s.pipeline.policy = s.policy;
    for (const scanner of scanners) put(s, { scanner, tell: false });
    s.pass(3600);
    await look(s);
    const titles = () => s.a.t.forge.state.store.all('issue').map((one) => one.title);
    expect((await records(s)).map((one) => one.backlog)).toEqual([true, true, true]);
    expect(titles()).toEqual([expect.stringContaining('Inventory')]);
    s.pass(3600);
    put(s, { scanner: 'secret-scanning' }, 'soc-config');
    await look(s);
    await s.deliver();
    const [, opened, ...others] = titles();
    expect(opened).toContain('Stripe API Key found in acme/soc-config');
    expect(others).toEqual([]);
  });

  it('are taken once though the process is killed between two pages, and the reading goes on where it was', async () => {
    await using s = await spine();
    for (let n = 0; n < 250; n += 1) put(s, { scanner: 'dependabot', tell: false });
    s.pass(3600);
    let asked = 0;
    s.wrap((forge) => ({
      alerts: async (list, ask) => {
        asked += 1;
        // Taken, and not written down how far.
        if (asked === 2) {
          await forge.alerts(list, ask);
          throw new ForgeError('unavailable', 'cut');
        }
        return forge.alerts(list, ask);
      },
    }));
    await expect(look(s)).rejects.toThrow('cut');
    expect(await records(s)).toHaveLength(100);
    s.a.requests.length = 0;
    await look(s);
    expect(await records(s)).toHaveLength(250);
    expect(new Set((await s.store.query('select identity from raw_record')).rows.map((row) => row.identity)).size).toBe(
      250,
    );
  });

  it('of a repository that is added later are backlog too, and what is made there afterwards is not', async () => {
    await using s = await spine();
    await look(s);
    s.pass(3600);
    const { state, url, adminToken } = s.a.t.forge;
    const headers = { authorization: `Bearer ${adminToken}` };
    const stage = (path: string, body: object) =>
      fetch(`${url}/_admin/${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
    await stage('repositories', { repository: 'acme/shop-api' });
    put(s, { scanner: 'dependabot', tell: false }, 'shop-api');
    s.pass(3600);
    await stage('installation', { repository: 'acme/shop-api', covered: true });
    await look(s);
    s.pass(3600);
    put(s, { scanner: 'dependabot', tell: false }, 'shop-api');
    await look(s);
    expect(state.store.size('scannerAlert')).toBe(2);
    expect((await records(s)).map((one) => one.backlog)).toEqual([true, false]);
  });
});

describe('what changed without a webhook', () => {
  it('is found step by step, and ends in the state that the source has', async () => {
    await using s = await spine();
    await look(s);
    s.pass(3600);
    put(s, { scanner: 'dependabot', tell: false });
    await look(s);
    s.pass(3600);
    put(s, { scanner: 'dependabot', number: 1, alert: { state: 'dismissed' }, tell: false });
    await look(s);
    s.pass(3600);
    put(s, { scanner: 'dependabot', number: 1, alert: { state: 'open' }, tell: false });
    await look(s);
    s.pass(3600);
    put(s, { scanner: 'dependabot', number: 1, alert: { state: 'fixed' }, tell: false });
    for (let n = 0; n < 3; n += 1) {
      await look(s);
      s.pass(3600);
    }
    expect(await records(s)).toEqual(
      ['created', 'dismissed', 'reopened', 'fixed'].map((action) => ({ action, backlog: false })),
    );
    expect(await lifecycles(s)).toEqual([{ lifecycle: 'fixed', count: 4 }]);
  });

  it.each([
    ['dependabot', 4],
    ['secret-scanning', 4],
    // Its webhook does not say when it was fixed: what the list told of before is told again.
    ['code-scanning', 5],
  ] as const)(
    'of %s is the same record as its webhook, whichever comes first and however often',
    async (scanner, told) => {
      await using s = await spine();
      await look(s);
      const end = scanner === 'secret-scanning' ? 'resolved' : 'fixed';
      const last = scanner === 'secret-scanning' ? 'resolved' : 'dismissed';
      for (const alert of [{}, { state: end }, { state: 'open' }, { state: last }]) {
        s.pass(3600);
        put(s, { scanner, alert, ...('state' in alert ? { number: 1 } : {}) });
        if (alert.state === end) await look(s);
        await s.deliver((hooks) => [...hooks, ...hooks]);
        await look(s);
        await look(s);
      }
      expect(await actions(s)).toHaveLength(told);
      expect((await lifecycles(s)).map((row) => Object.values(row as object))).toEqual([
        [scanner === 'secret-scanning' ? 'fixed' : 'dismissed', told],
      ]);
    },
  );

  it('is taken to the end though it is many pages in one second and the process is killed on the way', async () => {
    await using s = await spine();
    for (let n = 0; n < 40; n += 1) put(s, { scanner: 'dependabot', tell: false });
    s.pass(3600);
    await look(s);
    s.pass(3600);
    for (let n = 1; n <= 40; n += 1)
      put(s, { scanner: 'dependabot', number: n, alert: { state: 'fixed' }, tell: false });
    let asked = 0;
    s.wrap((forge) => ({
      alerts: async (list, { wanted, after }) => {
        if (list.scanner === 'dependabot') asked += 1;
        if (asked === 15) throw new Error('killed');
        const { alerts } = await forge.alerts(list, { wanted });
        const at = Number(after ?? 0);
        // A page has one alert.
        return { alerts: alerts.slice(at, at + 1), next: at + 1 < alerts.length ? String(at + 1) : undefined };
      },
    }));
    await expect(look(s)).rejects.toThrow('killed');
    await look(s);
    expect((await actions(s)).filter((one) => one === 'fixed')).toHaveLength(40);
    asked = 100;
    await look(s);
    expect(asked).toBe(101);
  });

  it('is taken to the end though webhooks told the newest page of it', async () => {
    await using s = await spine();
    for (let n = 0; n < 150; n += 1) put(s, { scanner: 'dependabot', tell: false });
    s.pass(3600);
    await look(s);
    s.pass(3600);
    for (let n = 1; n <= 150; n += 1)
      put(s, { scanner: 'dependabot', number: n, alert: { state: 'fixed' }, tell: n > 30 });
    await s.deliver();
    expect((await actions(s)).filter((one) => one === 'fixed')).toHaveLength(120);
    await look(s);
    expect((await actions(s)).filter((one) => one === 'fixed')).toHaveLength(150);
  });

  it('is free while nothing changes, and an organization that is not ours is not asked', async () => {
    await using s = await spine({}, { limits: true });
    seedOrganization(s.a.t.forge.state, { login: 'globex', repositories: { billing: {} } });
    for (let n = 0; n < 5; n += 1) put(s, { scanner: 'dependabot', tell: false });
    await look(s);
    s.pass(700);
    await look(s);
    s.pass(700);
    const requests = await look(s);
    expect(requests.map((line) => line.replace(/\?.* /, ' '))).toEqual([
      'GET /app/installations 304',
      'GET /installation/repositories 304',
      'GET /orgs/acme/dependabot/alerts 304',
      'GET /orgs/acme/code-scanning/alerts 304',
      'GET /orgs/acme/secret-scanning/alerts 304',
    ]);
  });
});

it('what code scanning finds in pull requests opens nothing, and what is merged of it opens once it is merged', async () => {
  await using s = await spine({ quiet: quietByDefault });
  s.pipeline.policy = s.policy;
  await look(s);
  const titles = () => s.a.t.forge.state.store.all('issue').map((one) => one.title);
  for (const n of [1, 2, 3, 4]) {
    s.pass(3600);
    const rule = { id: `js/rule-${n}`, description: `Rule ${n}`, security_severity_level: 'high', tags: ['security'] };
    put(s, { scanner: 'code-scanning', alert: { rule }, ref: `refs/pull/${n}/merge` });
  }
  // It was fixed before the pull request was merged.
  put(s, { scanner: 'code-scanning', number: 2, alert: { state: 'fixed' } });
  await s.deliver();
  await look(s);
  expect(await records(s)).toEqual([]);
  expect(titles()).toEqual([]);
  s.pass(3600);
  put(s, { scanner: 'code-scanning', number: 3, ref: 'refs/heads/main', action: 'appeared_in_branch' });
  await s.deliver();
  await look(s);
  expect(titles()).toEqual([expect.stringContaining('Rule 3')]);
  expect(await lifecycles(s)).toEqual([{ lifecycle: null, count: 1 }]);
});

it('the value of a leaked secret that a list shows is stored nowhere', async () => {
  await using s = await spine();
  put(s, { scanner: 'secret-scanning', alert: { secret: 'canary-of-the-list' }, tell: false });
  s.wrap((forge) => ({
    alerts: async (list, ask) => {
      const page = await forge.alerts(list, ask);
      // A server that does not know how to hide it.
      return {
        ...page,
        alerts: page.alerts.map((one) => ({ ...one, alert: { ...one.alert, secret: 'canary-of-the-list' } })),
      };
    },
  }));
  s.pass(3600);
  await look(s);
  const { rows } = await s.store.query<{ text: string }>(
    `select convert_from(content, 'UTF8') as text from raw_record union all select to_jsonb(a)::text from alert a`,
  );
  expect(rows).toHaveLength(2);
  for (const { text } of rows) expect(text).not.toContain('canary');
});
