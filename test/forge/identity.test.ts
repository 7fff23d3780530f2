import { generateKeyPairSync } from 'node:crypto';
import { createAppAuth } from '@octokit/auth-app';
import { Octokit } from '@octokit/rest';
import { describe, expect, it } from 'vitest';
import { CONFIG, forgeInTest, refusalOf, SOC } from './running-forge.ts';

describe('who is who', () => {
  it('the app finds its installation and repositories by JWT and token', async () => {
    await using t = await forgeInTest();
    expect((await t.jwt.rest.apps.getAuthenticated()).data?.slug).toBe('yagura');
    const installations = await t.jwt.rest.apps.listInstallations();
    expect(installations.data.map((one) => one.id)).toEqual([t.seeded.installationId]);
    expect((await t.jwt.rest.apps.getRepoInstallation(SOC)).data.id).toBe(t.seeded.installationId);
    const repositories = await t.app.rest.apps.listReposAccessibleToInstallation();
    expect(repositories.data.repositories.map((repo) => repo.full_name)).toEqual(['acme/soc', 'acme/soc-config']);
    const byId = await t.app.request('GET /repositories/{id}', { id: t.seeded.repositoryIds.soc });
    expect(byId.data.full_name).toBe('acme/soc');
  });

  it('a JWT of another key is refused', async () => {
    await using t = await forgeInTest();
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    const auth = { appId: t.seeded.appId, privateKey: pem };
    const thief = new Octokit({ baseUrl: t.forge.apiUrl, authStrategy: createAppAuth, auth });
    expect((await refusalOf(thief.rest.apps.getAuthenticated())).status).toBe(401);
  });

  it('a token narrowed to one repository does not reach the other, nor past its permissions', async () => {
    await using t = await forgeInTest();
    const { data } = await t.jwt.rest.apps.createInstallationAccessToken({
      installation_id: t.seeded.installationId,
      repositories: ['soc'],
      permissions: { issues: 'read' },
    });
    const narrow = new Octokit({ baseUrl: t.forge.apiUrl, auth: data.token });
    expect((await narrow.rest.issues.listForRepo(SOC)).data).toEqual([]);
    expect((await refusalOf(narrow.rest.issues.listForRepo(CONFIG))).status).toBe(404);
    expect((await refusalOf(narrow.rest.issues.create({ ...SOC, title: 'x' }))).status).toBe(403);
  });

  it.each([
    ['hana', 'read', 'triage'],
    ['ken', 'write', 'maintain'],
    ['otto', 'read', 'read'],
  ])('%s has permission %s and role %s on acme/soc', async (username, permission, role) => {
    await using t = await forgeInTest();
    const { data } = await t.app.rest.repos.getCollaboratorPermissionLevel({ ...SOC, username });
    expect([data.permission, data.role_name]).toEqual([permission, role]);
  });

  it('a suspended installation gets no token, and says since when it is', async () => {
    await using t = await forgeInTest();
    const { store } = t.forge.state;
    const installation_id = t.seeded.installationId;
    const before = store.get('installation', installation_id);
    if (!before) throw new Error('There is no installation.');
    store.put('installation', { ...before, suspendedAt: '2026-03-01T00:00:00Z' });
    expect((await t.jwt.rest.apps.getInstallation({ installation_id })).data.suspended_at).toBe('2026-03-01T00:00:00Z');
    const refused = await refusalOf(t.jwt.rest.apps.createInstallationAccessToken({ installation_id }));
    expect(refused).toMatchObject({ status: 403, message: expect.stringContaining('has been suspended') });
  });

  it('unknown people, teams and memberships are 404', async () => {
    await using t = await forgeInTest();
    const { repos, teams, orgs } = t.app.rest;
    const membership = (team_slug: string, username: string) =>
      teams.getMembershipForUserInOrg({ org: 'acme', team_slug, username });
    expect((await membership('soc-responders', 'ken')).data.state).toBe('active');
    expect((await refusalOf(membership('soc-responders', 'hana'))).status).toBe(404);
    expect((await refusalOf(membership('nothing', 'ken'))).status).toBe(404);
    expect((await refusalOf(repos.getCollaboratorPermissionLevel({ ...SOC, username: 'eve' }))).status).toBe(404);
    expect((await orgs.checkMembershipForUser({ org: 'acme', username: 'hana' })).status).toBe(204);
    expect((await refusalOf(orgs.checkMembershipForUser({ org: 'acme', username: 'otto' }))).status).toBe(404);
  });

  it('seeding again changes nothing', async () => {
    await using t = await forgeInTest();
    const { seedForge } = await import('../../src/forge/seed.ts');
    expect(seedForge(t.forge.state, { dataDir: t.dataDir, webhookUrl: null })).toEqual(t.seeded);
  });

  it('a rebound host gets 421 and nothing else', async () => {
    await using t = await forgeInTest();
    const { request } = await import('node:http');
    const status = await new Promise((resolve, reject) => {
      const port = new URL(t.forge.url).port;
      const headers = { host: `evil.example:${port}`, authorization: 'Bearer hana-token' };
      request({ host: '127.0.0.1', port, path: '/user', headers }, (response) => {
        response.resume();
        resolve(response.statusCode);
      })
        .on('error', reject)
        .end();
    });
    expect(status).toBe(421);
  });
});
