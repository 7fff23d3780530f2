import { rmSync } from 'node:fs';
import { describe, expect, it, vi } from 'vitest';
import { hookReceiver } from './hook-receiver.ts';
import { type ForgeInTest, forgeInTest, refusalOf, SOC } from './running-forge.ts';

/** A request to the admin endpoints, with the token unless told otherwise. */
function admin(t: ForgeInTest, path: string, body?: unknown, headers: Record<string, string> = {}) {
  return fetch(`${t.forge.url}/_admin/${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { authorization: `Bearer ${t.forge.adminToken}`, ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}

const titles = async (t: ForgeInTest) =>
  (await t.person('hana').rest.issues.listForRepo({ ...SOC, direction: 'asc' })).data.map((one) => one.title);

describe('REST faults', () => {
  it('502 before the work leaves nothing, 502 after it leaves the issue', async () => {
    await using t = await forgeInTest();
    const on = { next: 1, method: 'POST', path: '/issues$' };
    await admin(t, 'faults', {
      rules: [
        { kind: 'rest-502', ...on },
        { kind: 'rest-502-after', ...on },
      ],
    });
    expect((await refusalOf(t.app.rest.issues.create({ ...SOC, title: 'one' }))).status).toBe(502);
    expect(await titles(t)).toEqual([]);
    expect((await refusalOf(t.app.rest.issues.create({ ...SOC, title: 'two' }))).status).toBe(502);
    expect(await titles(t)).toEqual(['two']);
    await t.app.rest.issues.create({ ...SOC, title: 'three' });
    expect(await titles(t)).toEqual(['two', 'three']);
  });

  it('a cut connection has done the work all the same', async () => {
    await using t = await forgeInTest();
    await admin(t, 'faults', { rules: [{ kind: 'cut-after', next: 1, method: 'POST', path: '/issues$' }] });
    expect((await refusalOf(t.app.rest.issues.create({ ...SOC, title: 'one' }))).status).toBe(500);
    expect(await titles(t)).toEqual(['one']);
  });

  it('an injected secondary limit looks like the real one', async () => {
    await using t = await forgeInTest();
    await admin(t, 'faults', { rules: [{ kind: 'secondary-limit', next: 1, path: '/issues$' }] });
    const refused = await refusalOf(t.app.rest.issues.create({ ...SOC, title: 'one' }));
    expect(refused).toMatchObject({ status: 403, message: expect.stringContaining('secondary rate limit') });
  });

  it('strike by probability, the same way for the same seed', async () => {
    await using t = await forgeInTest();
    const run = async () => {
      await admin(t, 'faults', {
        seed: 7,
        rules: [{ kind: 'rest-502', probability: 0.5, method: 'GET', path: '/user$' }],
      });
      const results: number[] = [];
      for (let n = 0; n < 20; n++) {
        const answer = await fetch(`${t.forge.apiUrl}/user`, { headers: { authorization: 'token hana-token' } });
        results.push(answer.status);
      }
      return results;
    };
    const first = await run();
    expect(new Set(first)).toEqual(new Set([200, 502]));
    expect(await run()).toEqual(first);
  });
});

describe('delivery faults', () => {
  it.each([
    ['drop', ['issues.opened 2'], 2],
    ['lose', ['issues.opened 2'], 1],
    ['duplicate', ['issues.opened 1', 'issues.opened 1', 'issues.opened 2'], 3],
    ['reorder', ['issues.opened 2', 'issues.opened 1'], 2],
  ] as const)('%s', async (kind, expected, logged) => {
    await using receiver = await hookReceiver();
    await using t = await forgeInTest({ webhookUrl: receiver.url });
    await admin(t, 'faults', { rules: [{ kind, next: 1, event: '^issues\\.opened$' }] });
    await t.app.rest.issues.create({ ...SOC, title: 'one' });
    await t.app.rest.issues.create({ ...SOC, title: 'two' });
    await t.forge.courier.idle();
    const seen = receiver.hooks.map((hook) => {
      const { number } = hook.payload.issue as { number: number };
      return `${hook.event}.${hook.payload.action} ${number}`;
    });
    expect(kind === 'duplicate' ? seen.toSorted() : seen).toEqual(expected);
    const log = (await t.jwt.rest.apps.listWebhookDeliveries()).data;
    expect(log).toHaveLength(logged);
    if (kind === 'duplicate') expect(new Set(receiver.hooks.map((hook) => hook.guid)).size).toBe(2);
    if (kind === 'drop') expect(log.filter((one) => one.status_code === 0)).toHaveLength(1);
  });
});

describe('a delivery held back', () => {
  it('does not hold others back, and is sent at the next start when the forge dies before', async () => {
    await using receiver = await hookReceiver();
    const options = { webhookUrl: receiver.url };
    const first = await forgeInTest(options);
    const { dataDir } = first;
    const rule = { kind: 'delay', next: 1, event: '^issues\\.opened$', delayMs: 3_600_000 };
    await admin(first, 'faults', { rules: [rule] });
    await first.app.rest.issues.create({ ...SOC, title: 'one' });
    await first.app.rest.issues.create({ ...SOC, title: 'two' });
    await vi.waitUntil(() => first.forge.state.store.size('delivery') === 1, { timeout: 10_000 });
    await first.forge.stop();
    const again = await forgeInTest({ ...options, dataDir });
    await again.forge.courier.idle();
    const numbers = receiver.hooks.map((hook) => (hook.payload.issue as { number: number }).number);
    expect(numbers).toEqual([2, 1]);
    await again.forge.stop();
    rmSync(dataDir, { recursive: true });
  });
});

describe('the admin endpoints', () => {
  it('refuse a browser, a wrong token and unknown rules, and keep the clock open', async () => {
    await using t = await forgeInTest();
    const rules = { rules: [] };
    expect((await admin(t, 'faults', rules, { origin: t.forge.url })).status).toBe(403);
    expect((await admin(t, 'faults', rules, { authorization: 'Bearer hana-token' })).status).toBe(401);
    expect((await admin(t, 'faults', { rules: [{ kind: 'explode' }] })).status).toBe(422);
    const clock = await fetch(`${t.forge.url}/_admin/clock`);
    expect(clock.headers.get('x-yagura-forge')).toBe('1');
    expect(await clock.json()).toMatchObject({ origin: t.forge.state.clock.origin, scale: 1 });
  });

  it('log every write with its time, actor and whether it created content', async () => {
    await using t = await forgeInTest();
    await t.app.rest.issues.create({ ...SOC, title: 'one' });
    await t.person('ken').rest.issues.update({ ...SOC, issue_number: 1, title: 'two' });
    const log = (await (await admin(t, 'log')).json()) as object[];
    expect(log).toMatchObject([
      { method: 'POST', path: '/repos/acme/soc/issues', status: 201, creates: true },
      { method: 'PATCH', path: '/repos/acme/soc/issues/1', status: 200, creates: false, actor: 'ken' },
    ]);
  });

  it('make another repository, heard of only while the installation covers it', async () => {
    await using receiver = await hookReceiver();
    await using t = await forgeInTest({ webhookUrl: receiver.url });
    expect((await admin(t, 'repositories', { repository: 'acme/other' })).status).toBe(201);
    await admin(t, 'collaborators', { repository: 'acme/other', login: 'ken', role: 'write' });
    const open = () => t.person('ken').rest.issues.create({ owner: 'acme', repo: 'other', title: 'x' });
    await open();
    await admin(t, 'installation', { repository: 'acme/other', covered: true });
    await open();
    await admin(t, 'installation', { repository: 'acme/other', covered: false });
    await open();
    await t.forge.courier.idle();
    expect(receiver.names().toSorted()).toEqual([
      'installation_repositories.added',
      'installation_repositories.removed',
      'issues.opened',
    ]);
    const opened = receiver.hooks.find((hook) => hook.event === 'issues');
    expect(opened?.payload.repository).toMatchObject({ full_name: 'acme/other' });
  });

  it('delete and transfer issues: 410 and 301 remain, and the hooks hear of it', async () => {
    await using receiver = await hookReceiver();
    await using t = await forgeInTest({ webhookUrl: receiver.url });
    for (const title of ['one', 'two']) await t.app.rest.issues.create({ ...SOC, title });
    await t.app.rest.issues.createComment({ ...SOC, issue_number: 2, body: 'goes along' });
    await admin(t, 'issues/delete', { repository: 'acme/soc', number: 1 });
    await admin(t, 'issues/transfer', { repository: 'acme/soc', number: 2, to: 'acme/soc-config' });
    expect((await refusalOf(t.app.rest.issues.get({ ...SOC, issue_number: 1 }))).status).toBe(410);
    const followed = await t.app.rest.issues.get({ ...SOC, issue_number: 2 });
    expect(followed.data.html_url).toBe(`${t.forge.url}/acme/soc-config/issues/1`);
    expect(followed.data.comments).toBe(1);
    await t.forge.courier.idle();
    expect(receiver.names()).toEqual(expect.arrayContaining(['issues.deleted', 'issues.transferred']));
  });

  it('make a repository public, change rights and send any event', async () => {
    await using receiver = await hookReceiver();
    await using t = await forgeInTest({ webhookUrl: receiver.url });
    await admin(t, 'repositories/visibility', { repository: 'acme/soc', private: false });
    expect((await t.app.rest.repos.get(SOC)).data.visibility).toBe('public');
    await admin(t, 'collaborators', { repository: 'acme/soc', login: 'hana', role: 'maintain' });
    const right = await t.app.rest.repos.getCollaboratorPermissionLevel({ ...SOC, username: 'hana' });
    expect(right.data.role_name).toBe('maintain');
    const otto = { org: 'acme', team: 'soc-responders', login: 'otto', member: true };
    await admin(t, 'teams/members', otto);
    const membership = { org: 'acme', team_slug: 'soc-responders', username: 'otto' };
    expect((await t.app.rest.teams.getMembershipForUserInOrg(membership)).status).toBe(200);
    const event = { event: 'dependabot_alert', action: 'created', payload: { alert: { number: 1 } } };
    expect((await admin(t, 'events', { repository: 'acme/soc', ...event })).status).toBe(202);
    await t.forge.courier.idle();
    expect(receiver.names()).toEqual(['repository.publicized', 'dependabot_alert.created']);
  });
});
