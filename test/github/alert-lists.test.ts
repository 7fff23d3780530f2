import { describe, expect, it } from 'vitest';
import { putAlert, type StagedAlert } from '../../src/forge/operations/alerts.ts';
import type { Permission } from '../../src/forge/state/entities.ts';
import { whyRefused } from '../../src/github/alert-lists.ts';
import { createForge } from '../../src/github/forge.ts';
import type { AlertList, ListedAlert, Scanner } from '../../src/ports/alert-lists.ts';
import type { ForgeInTest } from '../forge/running-forge.ts';
import { type AdapterInTest, adapterInTest, forgeErrorOf } from './adapter-in-test.ts';

function put(t: ForgeInTest, staged: StagedAlert, name = 'soc'): void {
  const { store } = t.forge.state;
  const repo = store.all('repository').find((one) => one.name === name);
  const ken = store.all('account').find((one) => one.login === 'ken');
  if (!repo || !ken) throw new Error('The forge is not seeded.');
  store.transact(() => putAlert(t.forge.state, ken, repo, staged));
}

function listOf(a: AdapterInTest, scanner: Scanner, of = 'acme'): AlertList {
  return { installation: a.t.seeded.installationId, scanner, of };
}

function withoutPermission(t: ForgeInTest, permission: Permission): void {
  const { store } = t.forge.state;
  for (const installation of store.all('installation')) {
    const kept = Object.entries(installation.permissions).filter(([name]) => name !== permission);
    store.put('installation', { ...installation, permissions: Object.fromEntries(kept) });
  }
}

/** Every alert that is open, page by page. */
async function wholeList(a: AdapterInTest, list: AlertList): Promise<ListedAlert[]> {
  const found: ListedAlert[] = [];
  let after: string | undefined;
  do {
    const page = await a.github.alerts(list, { wanted: 'open', after });
    found.push(...page.alerts);
    after = page.next;
  } while (after !== undefined);
  return found;
}

describe('the lists of what scanners found', () => {
  it('are read a hundred a request, each alert as its webhook has it, its repository beside it', async () => {
    await using a = await adapterInTest();
    for (let n = 0; n < 230; n += 1) put(a.t, { scanner: 'dependabot' });
    const found = await wholeList(a, listOf(a, 'dependabot'));
    expect(found.map((one) => one.number)).toEqual(Array.from({ length: 230 }, (_, n) => n + 1));
    expect(found[0]?.repository).toMatchObject({ id: a.t.seeded.repositoryIds.soc, full_name: 'acme/soc' });
    expect(found[0]?.alert).toMatchObject({ number: 1, state: 'open', dependency: { scope: 'runtime' } });
    expect(found[0]?.alert).not.toHaveProperty('repository');
    expect(a.requests.filter((line) => line.includes('/dependabot/alerts'))).toHaveLength(3);
  });

  it.each(['code-scanning', 'secret-scanning'] as const)(
    'of %s are read to the end though GitHub counts pages where no cursor is asked for',
    async (scanner) => {
      await using a = await adapterInTest();
      for (let n = 0; n < 130; n += 1) put(a.t, { scanner });
      const found = await wholeList(a, listOf(a, scanner));
      expect(found.map((one) => one.number)).toEqual(Array.from({ length: 130 }, (_, n) => n + 1));
      const asked = a.requests.filter((line) => line.includes(`/${scanner}/alerts`));
      expect(asked[1]).toMatch(scanner === 'code-scanning' ? /[?&]page=2/ : /[?&]after=\w/);
    },
  );

  it('that go on in a way that is not understood are a failure, not a list that ends there', async () => {
    await using a = await adapterInTest();
    const { seeded, forge } = a.t;
    const github = createForge({
      ...{ apiUrl: forge.apiUrl, appId: seeded.appId, privateKey: seeded.privateKey, userAgent: 'yagura-test' },
      fetch: async (input, init) => {
        const answer = await fetch(input, init);
        if (!String(input).includes('/alerts')) return answer;
        return new Response('[]', { headers: { link: '<https://github.example/alerts?place=9>; rel="next"' } });
      },
    });
    const error = await forgeErrorOf(github.alerts(listOf(a, 'dependabot'), { wanted: 'open' }));
    expect(error.reason).toBe('unavailable');
  });

  it('what changed comes first, and a second look at what did not change costs nothing', async () => {
    await using a = await adapterInTest({ limits: true });
    put(a.t, { scanner: 'code-scanning', alert: { created_at: '2026-01-01T00:00:00Z' } });
    put(a.t, { scanner: 'code-scanning', alert: { created_at: '2026-01-02T00:00:00Z' } });
    put(a.t, { scanner: 'code-scanning', number: 1, alert: { state: 'fixed', updated_at: '2026-01-03T00:00:00Z' } });
    const list = listOf(a, 'code-scanning');
    const first = await a.github.alerts(list, { wanted: 'changed' });
    expect(first.alerts.map((one) => [one.number, one.alert.state])).toEqual([
      [1, 'fixed'],
      [2, 'open'],
    ]);
    const before = await a.github.requestsLeft();
    expect(await a.github.alerts(list, { wanted: 'changed' })).toEqual(first);
    expect(a.requests.at(-1)).toMatch(/ 304$/);
    expect(await a.github.requestsLeft()).toEqual(before);
  });

  it('the value of a leaked secret is not asked for', async () => {
    await using a = await adapterInTest();
    put(a.t, { scanner: 'secret-scanning', alert: { secret: 'canary' } });
    for (const wanted of ['open', 'changed'] as const) {
      const page = await a.github.alerts(listOf(a, 'secret-scanning'), { wanted });
      expect(page.alerts).toHaveLength(1);
      expect(JSON.stringify(page)).not.toContain('canary');
    }
  });

  it('a scanner that is off is told from a permission that is missing, and from a list that is not there', async () => {
    await using a = await adapterInTest();
    const { store } = a.t.forge.state;
    const refusal = async (list: AlertList) => {
      const error = await forgeErrorOf(a.github.alerts(list, { wanted: 'open' }));
      return whyRefused(error, list);
    };
    for (const scanner of ['dependabot', 'code-scanning', 'secret-scanning'] as const) {
      store.put('scannerOff', { repoId: a.t.seeded.repositoryIds.soc, scanner });
      expect(await refusal(listOf(a, scanner, 'acme/soc'))).toBe('off');
    }
    expect(await refusal(listOf(a, 'dependabot', 'ken'))).toBe('no-list');
    withoutPermission(a.t, 'security_events');
    expect(await refusal(listOf(a, 'code-scanning'))).toBe('no-permission');
    expect(await refusal(listOf(a, 'code-scanning', 'acme/soc-config'))).toBe('no-permission');
  });

  it('who installed the app and which repositories it covers are asked for nothing while they stay', async () => {
    await using a = await adapterInTest({ limits: true });
    const { installationId: installation, repositoryIds } = a.t.seeded;
    for (let n = 0; n < 2; n += 1) {
      expect(await a.github.accounts()).toEqual([
        { installation, login: 'acme', organization: true, suspended: false },
      ]);
      const covered = await a.github.covered(installation);
      expect(covered.map(({ id, full_name }) => [id, full_name])).toEqual([
        [repositoryIds.soc, 'acme/soc'],
        [repositoryIds.socConfig, 'acme/soc-config'],
      ]);
    }
    expect(a.requests.filter((line) => line.endsWith(' 304'))).toHaveLength(2);
  });
});
