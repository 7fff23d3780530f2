import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { knownPlugins } from '../../src/cli/known-plugins.ts';
import { createForge, type GithubForge } from '../../src/github/forge.ts';
import { safeDefaults } from '../../src/policy/safe-defaults.ts';
import { checkCommit, uncheckedHeads } from '../../src/run/config-checks.ts';
import { type Hop, hop } from './hop.ts';
import { CONFIG, type OtherServer, otherServer, SOC } from './other-server.ts';
import { checkOf, pullRequest } from './pull-request.ts';

const soc = { owner: SOC.owner, name: SOC.repo };
const config = { owner: CONFIG.owner, name: CONFIG.repo };
const long = 'a'.repeat(300_000);

let server: OtherServer;
let api: Hop;
let forge: GithubForge;

// One server, whose answers to single operations are taken away: what docs/other-servers.md says about each.
beforeAll(async () => {
  server = await otherServer('http://127.0.0.1:9/nobody');
  api = await hop(() => server.url);
});

afterAll(async () => {
  await api[Symbol.asyncDispose]();
  await server[Symbol.asyncDispose]();
});

beforeEach(() => {
  api.unknown = [];
  api.passed.length = 0;
  const { appId, privateKey } = server;
  forge = createForge({ apiUrl: api.url, appId, privateKey, userAgent: 'yagura-test', retryDelays: [1, 1] });
});

async function checkConfig(headSha: string): Promise<string[]> {
  const log: string[] = [];
  const policy = { current: () => safeDefaults('acme/soc-config'), banner: () => undefined };
  const known = await knownPlugins();
  await checkCommit({ forge, repo: config, policy, known, log: (line) => log.push(line) }, headSha);
  return log;
}

test('our user is nobody until the first write makes it, and is then asked for again', async () => {
  expect(await forge.self()).toEqual({ appId: 4711, slug: 'yagura', botLogin: 'yagura[bot]', botId: 0 });
  const issue = await forge.createIssue(soc, { title: 'One', body: '', labels: [] });
  expect((await forge.self()).botId).toBe(issue.user.id);
});

test('without deliveries of the app none is asked for again', async () => {
  expect(await forge.redeliverFailed(new Date(0))).toBe(0);
  expect(api.passed).toContain('GET /app/hook/deliveries?per_page=100 404');
});

test('without a list of all comments they are found by the issues touched since', async () => {
  const since = new Date();
  const [one, two] = await Promise.all(
    ['Two', 'Three'].map((title) => forge.createIssue(soc, { title, body: '', labels: [] })),
  );
  await server.person('hana').rest.issues.createComment({ ...SOC, issue_number: two?.number ?? 0, body: '/take' });
  await server.person('hana').rest.issues.createComment({ ...SOC, issue_number: one?.number ?? 0, body: '/help' });
  const found = await forge.commentsSince(soc, since);
  expect(found.map((comment) => [comment.issue, comment.body, comment.user.login])).toEqual([
    [two?.number, '/take', 'hana'],
    [one?.number, '/help', 'hana'],
  ]);
  expect(await forge.commentsSince(soc, new Date(Date.now() + 60_000))).toEqual([]);
});

test('without repositories by number a repository is looked up by its name', async () => {
  const held = await forge.hold(soc);
  api.unknown = [/^GET \/repositories\//];
  expect(await forge.repository(soc)).toEqual(held);
});

test('without check runs a commit goes unchecked, and the log says so', async () => {
  const headSha = await pullRequest(server.person('ken'), 'policies/budgets.md', '---\ncreations_per_hour: 100\n---\n');
  expect(await uncheckedHeads({ forge, repo: config })).toContain(headSha);
  api.unknown = [/check-runs/];
  expect(await checkConfig(headSha)).toEqual([expect.stringContaining('no check could be put on')]);
  expect(await uncheckedHeads({ forge, repo: config })).toEqual([]);
  api.unknown = [];
  expect(await checkConfig(headSha)).toEqual([]);
  expect(await checkOf(server.person('ken'), headSha)).toMatchObject({ conclusion: 'success' });
});

test('without a list of pull requests none waits for a check', async () => {
  api.unknown = [/^GET \/repos\/acme\/soc-config\/pulls/];
  expect(await uncheckedHeads({ forge, repo: config })).toEqual([]);
});

test('without labels by themselves they come with the issue', async () => {
  api.unknown = [/^POST \/repos\/acme\/soc\/labels/];
  await forge.createLabel(soc, { name: 'severity: low', color: '0e8a16', description: 'Low' });
  const issue = await forge.createIssue(soc, { title: 'Four', body: '', labels: ['severity: low'] });
  expect(issue.labels).toEqual(['severity: low']);
});

test('a role is read by its name, and a team by the people it has', async () => {
  const logins = ['hana', 'ken', 'otto', 'nobody-here'];
  expect(await Promise.all(logins.map((login) => forge.roleOf(soc, login)))).toEqual([
    'triage',
    'maintain',
    'read',
    'none',
  ]);
  const boss = server.person('boss');
  await boss.rest.teams.create({ org: 'acme', name: 'responders' });
  const place = { org: 'acme', team_slug: 'responders', username: 'ken', role: 'member' } as const;
  await boss.rest.teams.addOrUpdateMembershipForUserInOrg(place);
  expect(await forge.isTeamMember('acme/responders', 'ken')).toBe(true);
  expect(await forge.isTeamMember('acme/responders', 'hana')).toBe(false);
});

// These are that server's own ways. When one of these fails it has come closer to GitHub, and the list in
// docs/other-servers.md has one line less.
test('what that server does otherwise than GitHub is as the documentation lists it', async () => {
  const issue = await forge.createIssue(soc, { title: 'Five', body: long, labels: [] });
  expect(issue.body.length).toBe(long.length);
  const boss = server.person('boss');
  const permission = await boss.rest.repos.getCollaboratorPermissionLevel({ ...SOC, username: 'hana' });
  expect(permission.data.permission).toBe('triage');
  const member = await boss.rest.repos.getCollaboratorPermissionLevel({ ...SOC, username: 'boss' });
  expect(member.data.role_name).toBe('admin');
  const headSha = await pullRequest(server.person('ken'), 'policies/budgets.md', '---\n---\n');
  const annotations = Array.from({ length: 60 }, (_, k) => ({
    path: 'yagura.md',
    line: k + 1,
    level: 'notice' as const,
    message: `note ${k}`,
  }));
  const run = { name: 'Yagura policy', headSha, status: 'completed', conclusion: 'neutral' } as const;
  await forge.putCheckRun(config, { ...run, title: 'Sixty', summary: '', annotations });
  expect((await checkOf(boss, headSha))?.annotations.length).toBe(10);
});
