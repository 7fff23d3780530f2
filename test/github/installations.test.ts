import { expect, test } from 'vitest';
import { createForge } from '../../src/github/forge.ts';
import { seedOrganization } from '../forge/second-organization.ts';
import { type AdapterInTest, adapterInTest, forgeErrorOf, soc } from './adapter-in-test.ts';

/** What an owner of the account that installed the app first does. */
function suspendFirst(a: AdapterInTest): void {
  const { store, clock } = a.t.forge.state;
  const [first] = store.all('installation');
  if (first) store.put('installation', { ...first, suspendedAt: clock.stamp() });
}

test('who the app is, an installation says that answers, whichever of them is suspended', async () => {
  await using a = await adapterInTest();
  const { botLogin } = await a.github.self();
  suspendFirst(a);
  const { apiUrl } = a.t.forge;
  const { appId, privateKey } = a.t.seeded;
  const another = createForge({ apiUrl, appId, privateKey, userAgent: 'yagura-test' });
  expect((await forgeErrorOf(another.self())).message).toContain('is not installed anywhere, or suspended there');
  seedOrganization(a.t.forge.state, { login: 'acme-labs', repositories: { soc: {} } });
  expect((await another.self()).botLogin).toBe(botLogin);
});

test('what is left of the requests is counted by installation', async () => {
  await using a = await adapterInTest({ limits: true });
  seedOrganization(a.t.forge.state, { login: 'acme-labs', repositories: { soc: {} } });
  const labs = { owner: 'acme-labs', name: 'soc' };
  await a.github.hold(labs);
  for (let n = 0; n < 5; n += 1) await a.github.roleOf(soc, 'ken');
  const [here, there, least] = await Promise.all([soc, labs, undefined].map((repo) => a.github.requestsLeft(repo)));
  expect(there?.left).toBeGreaterThan(here?.left ?? Number.NaN);
  expect(least).toEqual(here);
});

test('a repository is found by its number while another installation is suspended', async () => {
  await using a = await adapterInTest();
  const { repositoryIds, installationId } = seedOrganization(a.t.forge.state, {
    login: 'acme-labs',
    repositories: { watch: {} },
  });
  suspendFirst(a);
  const gone = { owner: 'acme-labs', name: 'soc' };
  expect(await a.github.hold(gone, repositoryIds.watch)).toMatchObject({ name: 'watch' });
  expect(await a.github.installationOf(gone)).toBe(installationId);
  expect((await forgeErrorOf(a.github.hold(soc))).reason).toBe('forbidden');
});

test('every installation is listed, also of an app that more than a hundred accounts installed', async () => {
  await using a = await adapterInTest();
  const { store } = a.t.forge.state;
  const [first] = store.all('installation');
  if (!first) throw new Error('The forge has no installation.');
  for (let n = 0; n < 120; n += 1) store.put('installation', { ...first, id: store.newId() });
  expect(await a.github.accounts()).toHaveLength(121);
});
