import { expect, it } from 'vitest';
import { createPolicySource } from '../../src/policy/source.ts';
import { setUpConfig } from '../../src/run/config-setup.ts';
import { createPlace, heldForge } from '../../src/run/place.ts';
import { createReadiness } from '../../src/run/readiness.ts';
import { readSettings } from '../../src/settings.ts';
import { createStore } from '../../src/store/store.ts';
import { adapterInTest, config, forgeErrorOf, soc } from '../github/adapter-in-test.ts';
import { testDatabase } from '../store/postgres.ts';

const nowhere = { owner: 'acme', name: 'nowhere' };

/** The held forge of the app over a real forge and database, with what asks it about visibility and policy. */
async function held(configRepo = config) {
  const a = await adapterInTest();
  const database = await testDatabase();
  const store = createStore(database.pool);
  const place = await createPlace({ store, forge: a.github, repo: soc, configRepo, onHeld: () => undefined });
  const visibility: { stopped?: string } = {};
  return {
    a,
    store,
    place,
    visibility,
    forge: heldForge(a.github, place, () => visibility.stopped),
    async [Symbol.asyncDispose]() {
      await database[Symbol.asyncDispose]();
      await a[Symbol.asyncDispose]();
    },
  };
}

it('lets nothing write while publishing is stopped, and everything read', async () => {
  await using h = await held();
  const head = (await h.forge.head(config, 'main')) ?? '';
  const { number } = await h.forge.createIssue(soc, { title: 'before', body: '', labels: [] });
  const { id } = await h.forge.createComment(soc, number, 'before');
  h.visibility.stopped = 'acme/soc is public';
  h.a.requests.length = 0;
  const file = { path: 'lists/edge.txt', content: Buffer.from('203.0.113.7\n') };
  const check = { name: 'c', headSha: head, status: 'in_progress' as const, title: '', summary: '', annotations: [] };
  const writes = [
    h.forge.createIssue(soc, { title: 'x', body: '', labels: [] }),
    h.forge.updateIssue(soc, number, { title: 'x' }),
    h.forge.createLabel(soc, { name: 'x', color: '000000', description: '' }),
    h.forge.createComment(soc, number, 'x'),
    h.forge.updateComment(soc, id, 'x'),
    h.forge.commit(soc, 'yagura/lists', 'x', [file]),
    h.forge.openPullRequest(config, 'yagura/starter', { title: 'x', body: '', files: [file] }),
    h.forge.putCheckRun(config, check),
  ];
  for (const refusal of await Promise.all(writes.map(forgeErrorOf))) {
    expect(refusal.reason).toBe('unavailable');
    expect(refusal.message).toContain('acme/soc is public');
  }
  expect(h.a.requests).toEqual([]);
  expect((await h.forge.issue(soc, number)).title).toBe('before');
  expect(await h.forge.head(soc, 'yagura/lists')).toBeUndefined();
});

it('publishes on safe defaults when the app cannot see the config repository, and says so', async () => {
  await using h = await held(nowhere);
  const clock = { now: () => new Date(h.a.t.forge.state.clock.now()), sleep: async () => undefined };
  const quiet = { info: () => undefined, warn: () => undefined };
  const known = { tools: [], actions: [], connectors: [] };
  const { forge, store } = h;
  const policy = createPolicySource({ forge, repo: nowhere, store, known, clock, log: quiet });
  await policy.refresh();
  const readiness = createReadiness({
    settings: readSettings({}),
    forge,
    store,
    policy,
    repo: soc,
    configRepo: nowhere,
    log: () => undefined,
  });
  await readiness.refresh();
  expect(readiness.publishingStopped()).toBeUndefined();
  expect(await readiness.problems()).toEqual([
    { part: 'config repository', problem: expect.stringContaining('is not installed on it') },
  ]);
  await setUpConfig({ store, forge, clock, policy, configRepo: nowhere, log: () => undefined });
  const notices = await store.query<{ text: string }>('select text from publication');
  expect(notices.rows.map((row) => row.text)).toEqual([expect.stringContaining('acme/nowhere')]);
  expect(h.place.ours()).toMatchObject({ configRepositoryId: undefined });
  await forge.createIssue(soc, { title: 'goes on', body: '', labels: [] });
});

it('holds the config repository from the moment the app can see it', async () => {
  const later = { owner: 'acme', name: 'later' };
  await using h = await held(later);
  expect((await forgeErrorOf(h.forge.repository(later))).reason).toBe('not-found');
  const { store } = h.a.t.forge.state;
  const hidden = store.get('repository', h.a.t.seeded.repositoryIds.socConfig);
  if (hidden) store.put('repository', { ...hidden, name: later.name });
  const { id } = await h.forge.repository(later);
  expect(h.place.ours()?.configRepositoryId).toBe(id);
});
