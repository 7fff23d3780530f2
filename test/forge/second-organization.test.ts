import { describe, expect, it } from 'vitest';
import { adapterInTest, forgeErrorOf } from '../github/adapter-in-test.ts';
import { seedOrganization } from './second-organization.ts';

describe('a second organization on the forge', () => {
  it('has an installation of its own, whose token opens its repositories and teams', async () => {
    await using a = await adapterInTest();
    const labs = seedOrganization(a.t.forge.state, {
      login: 'acme-labs',
      repositories: { infra: { rin: 'maintain' }, hidden: {} },
      teams: { responders: ['rin'] },
      covered: ['infra'],
    });
    const infra = { owner: 'acme-labs', name: 'infra' };
    expect(await a.github.repository(infra)).toMatchObject({ id: labs.repositoryIds.infra, private: true });
    expect(await a.github.installationOf(infra)).toBe(labs.installationId);
    expect(labs.installationId).not.toBe(a.t.seeded.installationId);
    expect(await a.github.roleOf(infra, 'rin')).toBe('maintain');
    expect(await a.github.isTeamMember('acme-labs/responders', 'rin')).toBe(true);
    expect(await a.github.isTeamMember('acme-labs/responders', 'ken')).toBe(false);
    const hidden = await forgeErrorOf(a.github.repository({ owner: 'acme-labs', name: 'hidden' }));
    expect(hidden.reason).toBe('not-found');
  });

  it('gives an app without the permission no word about its teams', async () => {
    await using a = await adapterInTest();
    seedOrganization(a.t.forge.state, {
      login: 'acme-labs',
      repositories: { infra: {} },
      teams: { responders: ['rin'] },
      permissions: { metadata: 'read', issues: 'write' },
    });
    const refused = await forgeErrorOf(a.github.isTeamMember('acme-labs/responders', 'rin'));
    expect(['forbidden', 'not-found']).toContain(refused.reason);
  });
});
