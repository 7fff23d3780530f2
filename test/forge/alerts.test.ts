import { describe, expect, it } from 'vitest';
import { putAlert, type StagedAlert } from '../../src/forge/operations/alerts.ts';
import type { Scanner } from '../../src/forge/state/entities.ts';
import { hookReceiver } from './hook-receiver.ts';
import { CONFIG, type ForgeInTest, forgeInTest, refusalOf, SOC } from './running-forge.ts';

const org = 'acme';

async function stage(t: ForgeInTest, path: string, body: object): Promise<void> {
  const headers = { authorization: `Bearer ${t.forge.adminToken}` };
  const answer = await fetch(`${t.forge.url}/_admin/${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
  if (!answer.ok) throw new Error(await answer.text());
}

/** Puts an alert there as it would be on GitHub, in one process and without a request. */
function put(t: ForgeInTest, staged: StagedAlert, name = 'soc'): void {
  const { store } = t.forge.state;
  const repo = store.all('repository').find((one) => one.name === name);
  const ken = store.all('account').find((one) => one.login === 'ken');
  if (!repo || !ken) throw new Error('The forge is not seeded.');
  store.transact(() => putAlert(t.forge.state, ken, repo, staged));
}

describe('the alerts of the scanners', () => {
  it('are listed by repository and by organization, each scanner with numbers of its own', async () => {
    await using t = await forgeInTest();
    put(t, { scanner: 'dependabot' });
    put(t, { scanner: 'dependabot' }, 'soc-config');
    put(t, { scanner: 'code-scanning' });
    const ofRepository = await t.app.rest.dependabot.listAlertsForRepo(SOC);
    expect(ofRepository.data.map((one) => one.number)).toEqual([1]);
    const ofOrganization = await t.app.rest.dependabot.listAlertsForOrg({ org });
    expect(ofOrganization.data.map((one) => [one.repository.full_name, one.number]).sort()).toEqual([
      ['acme/soc', 1],
      ['acme/soc-config', 1],
    ]);
  });

  it('of code scanning are in no list and have no state while only a pull request has them', async () => {
    await using hooks = await hookReceiver();
    await using t = await forgeInTest({ webhookUrl: hooks.url });
    const alert = { repository: 'acme/soc', scanner: 'code-scanning' };
    await stage(t, 'alerts', { ...alert, ref: 'refs/pull/7/merge' });
    expect((await t.app.rest.codeScanning.listAlertsForRepo(SOC)).data).toEqual([]);
    await stage(t, 'alerts', { ...alert, number: 1, ref: 'refs/heads/main', action: 'appeared_in_branch' });
    expect((await t.app.rest.codeScanning.listAlertsForRepo(SOC)).data).toMatchObject([{ number: 1, state: 'open' }]);
    await t.forge.courier.idle();
    expect(hooks.hooks.map((one) => JSON.parse(one.body))).toMatchObject([
      { action: 'created', ref: 'refs/pull/7/merge', alert: { state: null } },
      { action: 'appeared_in_branch', ref: 'refs/heads/main', alert: { state: 'open' } },
    ]);
  });

  it('go page by page by a cursor that skips nothing though alerts are fixed meanwhile', async () => {
    await using t = await forgeInTest();
    for (let n = 0; n < 7; n += 1) put(t, { scanner: 'dependabot' });
    const query = { org, state: 'open', direction: 'asc', per_page: 3 } as const;
    const found: number[] = [];
    for (let after: string | undefined, first = true; first || after; first = false) {
      const page = await t.app.rest.dependabot.listAlertsForOrg({ ...query, ...(after ? { after } : {}) });
      found.push(...page.data.map((one) => one.number));
      if (first) put(t, { scanner: 'dependabot', number: 1, alert: { state: 'fixed' } });
      const next = /<([^>]+)>; rel="next"/.exec(page.headers.link ?? '')?.[1];
      after = next === undefined ? undefined : (new URL(next).searchParams.get('after') ?? undefined);
    }
    expect(found).toEqual([1, 2, 3, 4, 5, 6, 7]);
  });

  it('newest change first when asked, and free while nothing changes', async () => {
    await using t = await forgeInTest();
    put(t, { scanner: 'dependabot', alert: { created_at: '2026-01-01T00:00:00Z' } });
    put(t, { scanner: 'dependabot', alert: { created_at: '2026-01-02T00:00:00Z' } });
    put(t, { scanner: 'dependabot', number: 1, alert: { state: 'dismissed', updated_at: '2026-01-03T00:00:00Z' } });
    const query = { org, sort: 'updated', direction: 'desc' } as const;
    const answer = await t.app.rest.dependabot.listAlertsForOrg(query);
    expect(answer.data.map((one) => [one.number, one.state])).toEqual([
      [1, 'dismissed'],
      [2, 'open'],
    ]);
    const headers = { 'if-none-match': answer.headers.etag ?? '' };
    expect((await refusalOf(t.app.rest.dependabot.listAlertsForOrg({ ...query, headers }))).status).toBe(304);
  });

  it.each<[Scanner, string, number]>([
    ['dependabot', 'Dependabot alerts are disabled', 403],
    ['code-scanning', 'Code Security must be enabled', 403],
    ['secret-scanning', 'Secret scanning is disabled', 404],
  ])(
    '%s that is off for a repository says so, and its organization lists the others',
    async (scanner, message, status) => {
      await using t = await forgeInTest();
      for (const name of ['soc', 'soc-config']) put(t, { scanner }, name);
      await stage(t, 'scanners', { repository: 'acme/soc', scanner, on: false });
      const list = (where: string) => t.app.request(`GET /${where}/${scanner}/alerts`);
      expect(await refusalOf(list('repos/acme/soc'))).toMatchObject({ status });
      expect((await refusalOf(list('repos/acme/soc'))).message).toContain(message);
      expect((await list('repos/acme/soc-config')).data).toHaveLength(1);
      expect((await list('orgs/acme')).data).toHaveLength(1);
    },
  );

  it('are refused without the permission, and to people who are no owners', async () => {
    await using t = await forgeInTest();
    const { store } = t.forge.state;
    const [installation] = store.all('installation');
    if (!installation) throw new Error('no installation');
    const { security_events: _taken, ...permissions } = installation.permissions;
    store.put('installation', { ...installation, permissions });
    const lists = [
      () => t.app.rest.codeScanning.listAlertsForOrg({ org }),
      () => t.app.rest.codeScanning.listAlertsForRepo(CONFIG),
    ];
    for (const ask of lists) {
      const refusal = await refusalOf(ask());
      expect(refusal.status).toBe(403);
      expect(refusal.message).toContain('Resource not accessible by integration');
    }
    expect((await refusalOf(t.person('hana').rest.dependabot.listAlertsForOrg({ org }))).status).toBe(404);
    expect((await refusalOf(t.app.rest.dependabot.listAlertsForOrg({ org: 'ken' }))).status).toBe(404);
  });

  it('are told by webhook at each step, with no value of a secret, unless they are to be there already', async () => {
    await using hooks = await hookReceiver();
    await using t = await forgeInTest({ webhookUrl: hooks.url });
    const repository = 'acme/soc';
    const scanner = 'secret-scanning';
    await stage(t, 'alerts', { repository, scanner, alert: { secret: 'canary' }, tell: false });
    for (const state of ['resolved', 'open'])
      await stage(t, 'alerts', { repository, scanner, number: 1, alert: { state } });
    await stage(t, 'alerts', { repository, scanner, number: 1, alert: { validity: 'inactive' }, action: 'validated' });
    await t.forge.courier.idle();
    expect(hooks.names()).toEqual(['resolved', 'reopened', 'validated'].map((one) => `secret_scanning_alert.${one}`));
    for (const hook of hooks.hooks) expect(hook.body).not.toContain('canary');
    expect((await t.app.rest.secretScanning.listAlertsForOrg({ org })).data[0]?.secret).toBe('canary');
    const hidden = await t.app.rest.secretScanning.listAlertsForOrg({ org, hide_secret: true });
    expect(JSON.stringify(hidden.data)).not.toContain('canary');
  });
});
