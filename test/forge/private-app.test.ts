import { expect, it } from 'vitest';
import { installApp } from '../../src/forge/operations/apps.ts';
import { Refusal } from '../../src/forge/refusal.ts';
import { forgeInTest } from './running-forge.ts';
import { seedOrganization } from './second-organization.ts';

it('an app can be installed on another account than its owner’s only when it is public', async () => {
  await using t = await forgeInTest();
  const { state } = t.forge;
  const { repositoryIds, installationId } = seedOrganization(state, { login: 'acme-labs', repositories: { soc: {} } });
  state.store.remove('installation', installationId);
  const app = state.store.all('app').find((one) => one.slug === 'yagura');
  const owner = state.store.all('account').find((one) => one.login === 'acme-labs');
  const repo = state.store.get('repository', repositoryIds.soc ?? 0);
  if (!app || !owner || !repo) throw new Error('The forge is not seeded.');
  const install = (shared: boolean) => installApp(state, owner, { ...app, public: shared }, [repo]);
  expect(() => install(false)).toThrow(Refusal);
  expect(install(true)).toMatchObject({ appId: app.id, accountId: owner.id });
});
