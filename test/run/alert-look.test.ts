import { describe, expect, it } from 'vitest';
import { putAlert, type StagedAlert } from '../../src/forge/operations/alerts.ts';
import type { Permission } from '../../src/forge/state/entities.ts';
import { ForgeError, scanners } from '../../src/ports.ts';
import { seedOrganization } from '../forge/second-organization.ts';
import { type Spine, spine } from './spine.ts';

/** Puts an alert there as it stands on GitHub; its webhook lies at the forge until the test hands it over. */
function put(s: Spine, staged: StagedAlert, name = 'soc'): void {
  const { state } = s.a.t.forge;
  const repo = state.store.all('repository').find((one) => one.name === name);
  const ken = state.store.all('account').find((one) => one.login === 'ken');
  if (!repo || !ken) throw new Error('The forge is not seeded.');
  state.store.transact(() => putAlert(state, ken, repo, staged));
}

/** Looks until there is nothing more to take; every worker settles. Returns the requests it took. */
async function look(s: Spine): Promise<string[]> {
  s.a.requests.length = 0;
  while (await s.lookAtAlerts()) s.pass(1);
  const requests = [...s.a.requests];
  await s.settle();
  return requests;
}

async function records(s: Spine): Promise<{ action: string; backlog: boolean }[]> {
  const { rows } = await s.store.query<{ content: Buffer; origin: { backlog?: boolean } }>(
    'select content, origin from raw_record order by id',
  );
  return rows.map(({ content, origin }) => ({
    action: String(JSON.parse(content.toString()).action),
    backlog: origin.backlog === true,
  }));
}

const actions = async (s: Spine) => (await records(s)).map((one) => one.action);

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

describe('two organizations with 40 repositories and 1,200 open alerts, within GitHub’s limits', () => {
  const names = (of: string) => Array.from({ length: 20 }, (_, n) => `${of}-${n}`);
  const perRepository = { dependabot: 15, 'code-scanning': 10, 'secret-scanning': 5 } as const;

  /** Seeds both, with thirty alerts open in each repository. */
  async function connected(): Promise<Spine> {
    const s = await spine({}, { limits: true });
    const { state } = s.a.t.forge;
    const installationIds = ['globex', 'initech'].map(
      (login) =>
        seedOrganization(state, {
          login,
          repositories: Object.fromEntries(names(login).map((name) => [name, {}])),
        }).installationId,
    );
    s.accepted = { installationIds, repositories: [] };
    state.store.transact(() => {
      for (const name of [...names('globex'), ...names('initech')])
        for (const scanner of scanners)
          for (let n = 0; n < perRepository[scanner]; n += 1) put(s, { scanner, tell: false }, name);
    });
    s.pass(3600);
    return s;
  }

  /** What looking took, without tokens: the test's clock jumps by the hour, and theirs is the machine's. */
  async function requestsOf(s: Spine): Promise<string[]> {
    s.a.requests.length = 0;
    while (await s.lookAtAlerts());
    return s.a.requests.filter((line) => !line.includes('/access_tokens'));
  }

  it('are read in 21 requests at first, and in nine at each look, of which those count that changed', async () => {
    await using s = await connected();
    expect(await requestsOf(s)).toHaveLength(1 + 2 * (1 + 6 + 3));
    expect((await records(s)).filter((one) => one.backlog)).toHaveLength(1200);
    s.pass(60);
    const free = await requestsOf(s);
    expect(free).toHaveLength(9);
    expect(free.filter((line) => line.endsWith(' 304'))).toHaveLength(9);
    s.pass(60);
    put(s, { scanner: 'dependabot', number: 3, alert: { state: 'fixed' }, tell: false }, 'globex-7');
    const changed = await requestsOf(s);
    expect(changed).toHaveLength(9);
    expect(changed.filter((line) => line.endsWith(' 200'))).toHaveLength(1);
    expect((await actions(s)).slice(1200)).toEqual(['fixed']);
  });

  it('one that cannot be asked keeps the other from nothing', async () => {
    await using s = await connected();
    s.wrap((forge) => ({
      covered: async (installation) => {
        if (installation === s.accepted?.installationIds[0]) throw new ForgeError('unavailable', 'GitHub answered 502');
        return forge.covered(installation);
      },
    }));
    await expect(s.lookAtAlerts()).rejects.toThrow('502');
    expect(await records(s)).toHaveLength(600);
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
