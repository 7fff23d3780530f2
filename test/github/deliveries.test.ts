import { createServer } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { admit } from '../../src/github/admit.ts';
import type { Delivery } from '../../src/github/delivery.ts';
import { readDelivery } from '../../src/github/read-delivery.ts';
import { createWebhookHandler } from '../../src/github/webhooks.ts';
import { type AdapterInTest, adapterInTest, soc } from './adapter-in-test.ts';

/** The real handler behind a real server; its settings arrive once the forge has made the app. */
async function receiver() {
  const deliveries: Delivery[] = [];
  const state: { handler?: ReturnType<typeof createWebhookHandler>; failing: boolean } = { failing: false };
  const server = createServer((request, response) => void state.handler?.(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/api/github/webhooks`;
  return {
    url,
    deliveries,
    state,
    serve(settings: { apiUrl: string; appId: number; privateKey: string; webhookSecret: string }) {
      const { webhookSecret, ...rest } = settings;
      state.handler = createWebhookHandler({
        settings: { ...rest, webhookSecrets: [webhookSecret] },
        onDelivery: async (delivery) => {
          if (state.failing) throw new Error('the database is away');
          deliveries.push(delivery);
        },
      });
    },
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function stage(a: AdapterInTest, path: string, body: object): Promise<void> {
  const headers = { authorization: `Bearer ${a.t.forge.adminToken}`, 'content-type': 'application/json' };
  const url = `${a.t.forge.url}/_admin/${path}`;
  const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
}

async function until(met: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await met())) await wait(10);
}

test('what people do on the forge arrives signed and is understood', async () => {
  await using hooks = await receiver();
  await using a = await adapterInTest({ webhookUrl: hooks.url });
  hooks.serve({ apiUrl: a.t.forge.apiUrl, ...a.t.seeded });
  const ken = a.t.person('ken').rest;
  const place = { owner: 'acme', repo: 'soc' };
  const { number } = await a.github.createIssue(soc, { title: 'Miner', body: 'b', labels: [] });
  const { data: comment } = await ken.issues.createComment({ ...place, issue_number: number, body: '/take' });
  await ken.issues.updateComment({ ...place, comment_id: comment.id, body: '/close fp' });
  await ken.issues.addLabels({ ...place, issue_number: number, labels: ['severity: high'] });
  await ken.issues.addAssignees({ ...place, issue_number: number, assignees: ['ken'] }).catch(() => undefined);
  await ken.issues.update({ ...place, issue_number: number, state: 'closed' });
  await a.github.commit(soc, 'yagura/data', 'Data', [{ path: 'x', content: new Uint8Array([1]) }]);
  await until(() => hooks.deliveries.some((one) => one.event === 'push'));
  await until(() => hooks.deliveries.some((one) => one.event === 'issues' && one.action === 'closed'));

  const events = hooks.deliveries.map((one) => ({ delivery: one, event: readDelivery(one.event, one.payload) }));
  const find = (kind: string, action?: string) =>
    events.find(({ event }) => event.kind === kind && (!action || ('action' in event && event.action === action)))
      ?.event;
  expect(find('issue', 'opened')).toMatchObject({
    issue: { number, title: 'Miner', body: 'b', viaApp: true },
    sender: { login: 'yagura[bot]', type: 'Bot' },
  });
  expect(find('comment', 'created')).toMatchObject({
    comment: { id: comment.id, issue: number, body: '/take', viaApp: false, user: { login: 'ken' } },
    issue: { number, isPullRequest: false },
    sender: { login: 'ken', type: 'User' },
  });
  expect(find('comment', 'edited')).toMatchObject({ comment: { body: '/close fp' } });
  expect(find('issue', 'labeled')).toMatchObject({ label: 'severity: high' });
  expect(find('issue', 'closed')).toMatchObject({ issue: { state: 'closed' }, sender: { login: 'ken' } });
  expect(find('push')).toMatchObject({ branch: 'yagura/data', isDefaultBranch: false });
  expect(events.filter(({ event }) => event.kind === 'ignored')).toEqual([]);

  const { repositoryIds, installationId } = a.t.seeded;
  const ours = {
    installationIds: [installationId],
    issueRepositoryId: repositoryIds.soc,
    configRepositoryId: repositoryIds.socConfig,
  };
  const admitted = events.filter(({ delivery, event }) => admit(delivery, event, ours).admitted);
  expect(new Set(admitted.map(({ event }) => event.kind))).toEqual(new Set(['issue', 'comment']));
});

test('what happens in a repository that is not ours arrives, and does not count', async () => {
  await using hooks = await receiver();
  await using a = await adapterInTest({ webhookUrl: hooks.url });
  hooks.serve({ apiUrl: a.t.forge.apiUrl, ...a.t.seeded });
  const repository = 'acme/other';
  await stage(a, 'repositories', { repository });
  await stage(a, 'collaborators', { repository, login: 'ken', role: 'write' });
  await stage(a, 'installation', { repository, covered: true });
  await a.t.person('ken').rest.issues.create({ owner: 'acme', repo: 'other', title: '/block 203.0.113.7' });
  await a.t.forge.courier.idle();
  const { repositoryIds, installationId } = a.t.seeded;
  const ours = {
    installationIds: [installationId],
    issueRepositoryId: repositoryIds.soc,
    configRepositoryId: repositoryIds.socConfig,
  };
  const counted = hooks.deliveries.map((one) => [
    `${one.event}.${one.action}`,
    admit(one, readDelivery(one.event, one.payload), ours).admitted,
  ]);
  expect(counted.toSorted()).toEqual([
    ['installation_repositories.added', true],
    ['issues.opened', false],
  ]);
});

test('deliveries we could not persist are asked for again, once, with their GUIDs and the oldest first', async () => {
  await using hooks = await receiver();
  await using a = await adapterInTest({ webhookUrl: hooks.url });
  hooks.serve({ apiUrl: a.t.forge.apiUrl, ...a.t.seeded });
  hooks.state.failing = true;
  const logged = async () => (await a.t.jwt.rest.apps.listWebhookDeliveries()).data;
  for (const n of [1, 2, 3]) {
    await a.github.createIssue(soc, { title: 'lost', body: '', labels: [] });
    await until(async () => (await logged()).length === n);
  }
  const failed = await logged();
  expect(failed.map((one) => one.status_code)).toEqual([500, 500, 500]);
  hooks.state.failing = false;
  const since = new Date(a.t.forge.state.clock.now() - 60_000);
  expect(await a.github.redeliverFailed(since)).toBe(3);
  await until(async () => (await logged()).length === 6);
  expect(hooks.deliveries[0]).toMatchObject({ event: 'issues', action: 'opened' });
  expect(hooks.deliveries.map((one) => one.guid)).toEqual(failed.map((one) => one.guid).toReversed());
  expect(await a.github.redeliverFailed(since)).toBe(0);
  expect(await a.github.redeliverFailed(new Date(a.t.forge.state.clock.now() + 60_000))).toBe(0);
});
