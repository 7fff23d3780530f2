import { expect, test, vi } from 'vitest';
import { YaguraError } from '../../src/domain/error.ts';
import { createForge } from '../../src/github/forge.ts';
import { type AdapterInTest, adapterInTest, forgeErrorOf, soc } from './adapter-in-test.ts';

test('a repository is held by its number, with its visibility and default branch', async () => {
  await using a = await adapterInTest();
  expect(await a.github.hold(soc)).toEqual({
    id: a.t.seeded.repositoryIds.soc,
    owner: 'acme',
    name: 'soc',
    private: true,
    hasIssues: true,
    defaultBranch: 'main',
  });
  expect(await a.github.installationOf(soc)).toBe(a.t.seeded.installationId);
});

test('a change of visibility is seen at once when the repository is asked for', async () => {
  await using a = await adapterInTest();
  expect((await a.github.repository(soc)).private).toBe(true);
  change(a, { private: false });
  expect((await a.github.repository(soc)).private).toBe(false);
});

test('a rename is followed by number, in the middle of work and after a restart', async () => {
  await using a = await adapterInTest();
  const held = await a.github.hold(soc);
  const issue = await a.github.createIssue(soc, { title: 'before', body: '', labels: [] });
  change(a, { name: 'watchtower' });
  expect((await a.github.updateIssue(soc, issue.number, { title: 'after' })).title).toBe('after');
  expect(await a.github.repository(soc)).toMatchObject({ id: held.id, name: 'watchtower' });
  const restarted = another(a);
  expect(await restarted.hold(soc, held.id)).toMatchObject({ id: held.id, name: 'watchtower' });
  expect((await restarted.issue(soc, issue.number)).title).toBe('after');
});

test('another repository under the name is refused', async () => {
  await using a = await adapterInTest();
  const held = await a.github.hold(soc);
  const { store } = a.t.forge.state;
  change(a, { name: 'watchtower' });
  const config = store.get('repository', a.t.seeded.repositoryIds.socConfig);
  if (config) store.put('repository', { ...config, name: 'soc' });
  const refusal = await another(a)
    .hold(soc, held.id)
    .catch((error: unknown) => error);
  expect(refusal).toBeInstanceOf(YaguraError);
  expect(String(refusal)).toMatch(/acme\/soc is now another repository \(\d+\) than the one Yagura works with/);
  // Who was at work meanwhile goes on with the one it holds.
  expect(await a.github.repository(soc)).toMatchObject({ id: held.id, name: 'watchtower' });
});

test('an issue transferred elsewhere is neither read nor written there', async () => {
  await using a = await adapterInTest();
  const there = { owner: 'acme', name: 'soc-config' };
  const issue = await a.github.createIssue(soc, { title: 'here', body: '', labels: [] });
  const moved = await a.github.createIssue(there, { title: 'there', body: '', labels: [] });
  const { store } = a.t.forge.state;
  const repoId = a.t.seeded.repositoryIds.soc;
  const key = `${repoId}#${issue.number}`;
  store.remove('issue', key);
  store.put('tombstone', {
    repoId,
    number: issue.number,
    movedTo: { repoId: a.t.seeded.repositoryIds.socConfig, number: moved.number },
  });
  expect((await forgeErrorOf(a.github.issue(soc, issue.number))).reason).toBe('not-found');
  expect((await forgeErrorOf(a.github.updateIssue(soc, issue.number, { title: 'x' }))).reason).toBe('not-found');
  expect((await a.github.issue(there, moved.number)).title).toBe('there');
});

test('an app that was installed anew is found under its new number', async () => {
  await using a = await adapterInTest();
  const issue = await a.github.createIssue(soc, { title: 'before', body: '', labels: [] });
  const { store } = a.t.forge.state;
  for (const token of store.all('token').filter((one) => one.token.startsWith('ghs_')))
    store.remove('token', token.token);
  const [old] = store.all('installation');
  if (!old) throw new Error('The forge has no installation.');
  store.remove('installation', old.id);
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 10_000 });
  store.put('installation', { ...old, id: store.newId() });
  expect((await a.github.updateIssue(soc, issue.number, { title: 'after' })).title).toBe('after');
  expect(await a.github.installationOf(soc)).toBe(store.all('installation')[0]?.id);
  vi.useRealTimers();
});

function another(a: AdapterInTest) {
  const { appId, privateKey } = a.t.seeded;
  return createForge({ apiUrl: a.t.forge.apiUrl, appId, privateKey, userAgent: 'yagura-test' });
}

/** What an owner changes on the settings page. */
function change(a: AdapterInTest, part: { name?: string; private?: boolean }): void {
  const { store } = a.t.forge.state;
  const repository = store.get('repository', a.t.seeded.repositoryIds.soc);
  if (repository) store.put('repository', { ...repository, ...part });
}
