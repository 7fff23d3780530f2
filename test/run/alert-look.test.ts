import { describe, expect, it } from 'vitest';
import { quietByDefault } from '../../src/domain/quiet.ts';
import type { Permission } from '../../src/forge/state/entities.ts';
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

  it.each(['dependabot', 'code-scanning', 'secret-scanning'] as const)(
    'of %s is the same record as its webhook, whichever comes first and however often',
    async (scanner) => {
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
      expect(await actions(s)).toHaveLength(4);
      expect((await lifecycles(s)).map((row) => Object.values(row as object))).toEqual([
        [scanner === 'secret-scanning' ? 'fixed' : 'dismissed', 4],
      ]);
    },
  );

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

describe('a list that fails', () => {
  it('keeps no other from being read, backlog or changes, and is read once it answers', async () => {
    await using s = await spine();
    for (const scanner of scanners) put(s, { scanner, tell: false });
    s.wrap((forge) => ({
      alerts: async (list, ask) => {
        if (list.scanner === 'dependabot') throw new ForgeError('unavailable', 'GitHub answered 503');
        return forge.alerts(list, ask);
      },
    }));
    s.pass(3600);
    await expect(look(s)).rejects.toThrow('503');
    expect((await records(s)).map((one) => one.backlog)).toEqual([true, true]);
    s.pass(3600);
    put(s, { scanner: 'secret-scanning', tell: false });
    await expect(look(s)).rejects.toThrow('503');
    expect((await records(s)).map((one) => one.backlog)).toEqual([true, true, false]);
    s.wrap(() => ({}));
    await look(s);
    expect((await records(s)).map((one) => one.backlog)).toEqual([true, true, false, true]);
  });

  it('for a limit of GitHub’s stops all of them', async () => {
    await using s = await spine();
    let asked = 0;
    s.wrap(() => ({
      alerts: async () => {
        asked += 1;
        throw new ForgeError('secondary-limit', 'slow down');
      },
    }));
    await expect(look(s)).rejects.toThrow('slow down');
    expect(asked).toBe(1);
  });
});

describe('a list that may not be read', () => {
  function permit(s: Spine, permission: Permission, level: 'read' | undefined): void {
    const { store } = s.a.t.forge.state;
    for (const installation of store.all('installation')) {
      const { [permission]: _before, ...others } = installation.permissions;
      store.put('installation', {
        ...installation,
        permissions: level === undefined ? others : { ...others, [permission]: level },
      });
    }
  }

  it('for lack of a permission is said, keeps no other from being read, and is read once it is granted', async () => {
    await using s = await spine();
    put(s, { scanner: 'dependabot', tell: false });
    put(s, { scanner: 'code-scanning', tell: false });
    permit(s, 'vulnerability_alerts', undefined);
    s.pass(3600);
    await look(s);
    expect(await records(s)).toHaveLength(1);
    expect(await s.lookNotes()).toContainEqual({
      part: 'alerts of dependabot acme',
      note: 'the app has no permission to read them',
    });
    permit(s, 'vulnerability_alerts', 'read');
    s.pass(3600);
    await look(s);
    expect((await records(s)).map((one) => one.backlog)).toEqual([true, true]);
    expect((await s.lookNotes()).filter((one) => one.part.startsWith('alerts'))).toEqual([]);
  });

  it.each(['Resource not accessible by integration', 'Dependabot alerts are disabled for this repository.'])(
    'and then may (%s) tells what is open as backlog, and as news only what changes afterwards',
    async (refusal) => {
      await using s = await spine();
      let refused = true;
      s.wrap((forge) => ({
        alerts: async (list, ask) => {
          if (!list.of.includes('/')) throw new ForgeError('not-found', 'GitHub answered 404: Not Found');
          if (refused && list.scanner === 'dependabot') throw new ForgeError('forbidden', refusal);
          return forge.alerts(list, ask);
        },
      }));
      await look(s);
      s.pass(3600);
      put(s, { scanner: 'dependabot', tell: false });
      put(s, { scanner: 'dependabot', alert: { state: 'fixed' }, tell: false });
      s.pass(3600);
      refused = false;
      await look(s);
      expect(await records(s)).toEqual([{ action: 'created', backlog: true }]);
      s.pass(3600);
      put(s, { scanner: 'dependabot', number: 1, alert: { state: 'fixed' }, tell: false });
      put(s, { scanner: 'dependabot', tell: false });
      await look(s);
      expect((await records(s)).slice(1).map((one) => [one.action, one.backlog])).toEqual(
        expect.arrayContaining([
          ['created', false],
          ['fixed', false],
        ]),
      );
    },
  );

  it('is asked for again after an hour, not at every look', async () => {
    await using s = await spine();
    permit(s, 'vulnerability_alerts', undefined);
    const asked = async () => (await look(s)).filter((line) => line.includes('/dependabot/alerts')).length;
    expect(await asked()).toBe(1);
    s.pass(60);
    expect(await asked()).toBe(0);
    s.pass(3600);
    expect(await asked()).toBe(1);
  });

  it('of an organization is read repository by repository, without those where the scanner is off', async () => {
    await using s = await spine();
    for (const name of ['soc', 'soc-config']) put(s, { scanner: 'dependabot', tell: false }, name);
    s.a.t.forge.state.store.put('scannerOff', { repoId: s.a.t.seeded.repositoryIds.soc, scanner: 'dependabot' });
    s.wrap((forge) => ({
      alerts: async (list, ask) => {
        if (!list.of.includes('/')) throw new ForgeError('not-found', 'GitHub answered 404: Not Found');
        return forge.alerts(list, ask);
      },
    }));
    s.pass(3600);
    await look(s);
    expect(await records(s)).toHaveLength(1);
    s.pass(3600);
    put(s, { scanner: 'dependabot', number: 1, alert: { state: 'fixed' }, tell: false }, 'soc-config');
    await look(s);
    expect(await actions(s)).toEqual(['created', 'fixed']);
    expect((await s.lookNotes()).filter((one) => one.part.startsWith('alerts'))).toEqual([]);
  });
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
