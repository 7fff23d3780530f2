import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createAppAuth } from '@octokit/auth-app';
import { Octokit } from '@octokit/rest';
import { beforeAll, describe, expect, test } from 'vitest';
import { AppManifest, installApp, registerApp } from '../../src/forge/operations/apps.ts';
import { restRoutes } from '../../src/forge/rest/rest-routes.ts';
import { scratch } from '../scratch.ts';
import { hookReceiver } from './hook-receiver.ts';
import { judged, judgeResponse, judgeWebhook } from './judge.ts';
import { judgedFetch } from './judged-fetch.ts';
import { CONFIG, type ForgeInTest, forgeInTest, SOC } from './running-forge.ts';

let configFolder = '';
beforeAll(() => {
  configFolder = scratch('config');
  writeFileSync(join(configFolder, 'yagura.md'), 'one\ntwo\n');
});
test('every operation of the forge answers as GitHub describes it, and every webhook is as described', async () => {
  await using hooks = await hookReceiver();
  await using t = await forgeInTest({ configFolder, webhookUrl: hooks.url, limits: false });
  const judge = judgedFetch(t.forge.apiUrl);
  const clients = judgedClients(t, judge.fetch);
  await driveIdentity(clients, t);
  await driveIssues(clients);
  const head = await driveGit(clients);
  await drivePulls(clients);
  await driveChecks(clients, head);
  await driveRepository(clients, t);
  await driveStage(t);
  await driveManifest(clients, t, hooks.url);
  await driveAlerts(clients, t);
  await driveSupplyChain(clients, t);
  await driveRefusals(clients);
  await t.forge.courier.idle();
  await driveDeliveries(clients);

  expect.soft(judge.problems).toEqual([]);
  expect.soft(judged.rest.filter((operation) => !judge.seen.has(operation))).toEqual([]);
  const sent = new Set(hooks.names());
  expect.soft(judged.webhooks.filter((name) => !sent.has(name))).toEqual([]);
  expect(hooks.hooks.flatMap((hook) => judgeWebhook(hook.event, hook.payload))).toEqual([]);
});

test('every route of the forge is on the list', async () => {
  await using t = await forgeInTest();
  const unnamed = (route: string) => route.replaceAll(/:[a-z]+(\{(?:[^{}]|\{[^}]*\})*\})?|\{[a-z_]+\}/gi, '{}');
  const listed = judged.rest.map(unnamed);
  const routes = restRoutes(t.forge.state, t.forge.faults).routes.filter((route) => route.method !== 'ALL');
  const served = new Set(routes.map((route) => unnamed(`${route.method} ${route.path}`)));
  expect(served.size).toBeGreaterThan(60);
  // The root folder is the empty path of the same operation; GraphQL is no part of the description.
  expect([...served].filter((route) => !listed.includes(route)).sort()).toEqual([
    'GET /repos/{}/{}/contents',
    'POST /graphql',
  ]);
});

interface Clients {
  jwt: Octokit;
  app: Octokit;
  ken: Octokit;
}

function judgedClients(t: ForgeInTest, judging: typeof fetch): Clients {
  const quiet = { debug() {}, info() {}, warn() {}, error() {} };
  const shared = { baseUrl: t.forge.apiUrl, log: quiet, request: { fetch: judging } };
  const identity = { appId: t.seeded.appId, privateKey: t.seeded.privateKey };
  const installation = { ...identity, installationId: t.seeded.installationId };
  return {
    jwt: new Octokit({ ...shared, authStrategy: createAppAuth, auth: identity }),
    app: new Octokit({ ...shared, authStrategy: createAppAuth, auth: installation }),
    ken: new Octokit({ ...shared, auth: 'ken-token' }),
  };
}

async function driveIdentity({ jwt, app, ken }: Clients, t: ForgeInTest): Promise<void> {
  const installation_id = t.seeded.installationId;
  await jwt.rest.apps.getAuthenticated();
  await jwt.rest.apps.listInstallations();
  await jwt.rest.apps.getInstallation({ installation_id });
  await jwt.rest.apps.getRepoInstallation(SOC);
  await jwt.rest.apps.createInstallationAccessToken({ installation_id, repositories: ['soc'] });
  await jwt.rest.apps.getWebhookConfigForApp();
  await app.rest.apps.listReposAccessibleToInstallation();
  await app.rest.rateLimit.get();
  await ken.rest.users.getAuthenticated();
  for (const username of ['ken', 'yagura[bot]', 'acme']) await app.rest.users.getByUsername({ username });
  const team = { org: 'acme', team_slug: 'soc-responders' };
  await app.rest.teams.getByName(team);
  await app.rest.teams.getMembershipForUserInOrg({ ...team, username: 'ken' });
  await app.rest.orgs.checkMembershipForUser({ org: 'acme', username: 'ken' });
  for (const username of ['hana', 'ken', 'otto']) {
    await app.rest.repos.getCollaboratorPermissionLevel({ ...SOC, username });
  }
  await app.request('GET /repositories/{id}', { id: t.seeded.repositoryIds.soc });
}

async function driveIssues({ app, ken }: Clients): Promise<void> {
  const { issues } = app.rest;
  await issues.createLabel({ ...SOC, name: 'severity: high', color: 'd73a4a', description: 'Act' });
  await issues.updateLabel({ ...SOC, name: 'severity: high', description: 'Act today' });
  await issues.getLabel({ ...SOC, name: 'severity: high' });
  await issues.listLabelsForRepo(SOC);
  const body = 'a body';
  const { data: issue } = await issues.create({ ...SOC, title: 't', body, labels: ['incident'], assignees: ['hana'] });
  const one = { ...SOC, issue_number: issue.number };
  await ken.rest.issues.create({ ...SOC, title: 'a person’s' });
  await issues.get(one);
  await issues.update({ ...one, title: 'another', assignees: ['ken'] });
  await issues.update({ ...one, state: 'closed', state_reason: 'not_planned' });
  await issues.listForRepo({ ...SOC, state: 'all' });
  await issues.update({ ...one, state: 'open' });
  await issues.addLabels({ ...one, labels: ['severity: high'] });
  await issues.listLabelsOnIssue(one);
  await issues.removeLabel({ ...one, name: 'incident' });
  await issues.setLabels({ ...one, labels: ['x'] });
  await ken.rest.issues.lock({ ...one, lock_reason: 'resolved' });
  await issues.get(one);
  await ken.rest.issues.unlock(one);
  const { data: comment } = await issues.createComment({ ...one, body });
  const { data: another } = await ken.rest.issues.createComment({ ...one, body: '/take' });
  await issues.updateComment({ ...SOC, comment_id: comment.id, body: 'edited' });
  await issues.getComment({ ...SOC, comment_id: comment.id });
  await issues.listComments(one);
  await issues.listCommentsForRepo(SOC);
  await ken.rest.issues.deleteComment({ ...SOC, comment_id: another.id });
}

/** Returns the commit at the tip of the default branch of the config repository. */
async function driveGit({ app }: Clients): Promise<string> {
  const { git, repos } = app.rest;
  const { data: ref } = await git.getRef({ ...CONFIG, ref: 'heads/main' });
  const head = ref.object.sha;
  await git.listMatchingRefs({ ...CONFIG, ref: 'heads/' });
  await git.getCommit({ ...CONFIG, commit_sha: head });
  const { data: blob } = await git.createBlob({ ...SOC, content: 'aGVsbG8=', encoding: 'base64' });
  await git.getBlob({ ...SOC, file_sha: blob.sha });
  const entry = { path: 'a/b.txt', mode: '100644', type: 'blob', sha: blob.sha } as const;
  const { data: tree } = await git.createTree({ ...SOC, tree: [entry] });
  await git.getTree({ ...SOC, tree_sha: tree.sha, recursive: '1' });
  await git.getTree({ ...SOC, tree_sha: tree.sha });
  const { data: first } = await git.createCommit({ ...SOC, message: 'first', tree: tree.sha, parents: [] });
  await git.createRef({ ...SOC, ref: 'refs/heads/data', sha: first.sha });
  const { data: second } = await git.createCommit({ ...SOC, message: 'second', tree: tree.sha, parents: [first.sha] });
  await git.updateRef({ ...SOC, ref: 'heads/data', sha: second.sha });
  await repos.getBranch({ ...SOC, branch: 'data' });
  await repos.getCommit({ ...SOC, ref: 'data' });
  await repos.compareCommitsWithBasehead({ ...SOC, basehead: `${first.sha}...${second.sha}` });
  await repos.getContent({ ...SOC, path: 'README.md' });
  await repos.getContent({ ...SOC, path: '' });
  await repos.getContent({ ...SOC, path: 'a', ref: 'data' });
  const write = { ...SOC, branch: 'data', path: 'c.txt', message: 'c' };
  const { data: made } = await repos.createOrUpdateFileContents({ ...write, content: 'Yw==' });
  const sha = made.content?.sha ?? '';
  const { data: changed } = await repos.createOrUpdateFileContents({ ...write, content: 'ZA==', sha });
  await repos.deleteFile({ ...write, sha: changed.content?.sha ?? '' });
  await git.deleteRef({ ...SOC, ref: 'heads/data' });
  return head;
}

async function drivePulls({ app, ken }: Clients): Promise<void> {
  const { data: ref } = await app.rest.git.getRef({ ...CONFIG, ref: 'heads/main' });
  await app.rest.git.createRef({ ...CONFIG, ref: 'refs/heads/edit', sha: ref.object.sha });
  const write = { ...CONFIG, branch: 'edit', path: 'new.md', message: 'new' };
  const { data: made } = await ken.rest.repos.createOrUpdateFileContents({ ...write, content: 'bmV3' });
  const { data: pull } = await app.rest.pulls.create({
    ...CONFIG,
    title: 'Edit',
    body: 'b',
    head: 'edit',
    base: 'main',
  });
  const one = { ...CONFIG, pull_number: pull.number };
  await ken.rest.repos.createOrUpdateFileContents({ ...write, content: 'bmV3ZXI=', sha: made.content?.sha ?? '' });
  await app.rest.pulls.update({ ...one, title: 'Edited' });
  await app.rest.pulls.update({ ...one, state: 'closed' });
  await app.rest.pulls.update({ ...one, state: 'open' });
  await app.rest.pulls.get(one);
  await app.rest.pulls.list(CONFIG);
  await app.rest.pulls.listFiles(one);
  await app.rest.issues.listForRepo(CONFIG);
  await ken.rest.pulls.merge(one);
  await app.rest.pulls.get(one);
}

async function driveChecks({ app, ken }: Clients, head_sha: string): Promise<void> {
  const { checks } = app.rest;
  const annotation = {
    path: 'yagura.md',
    start_line: 1,
    end_line: 1,
    annotation_level: 'failure',
    message: 'm',
  } as const;
  const { data: run } = await checks.create({ ...CONFIG, name: 'policy', head_sha, status: 'in_progress' });
  const one = { ...CONFIG, check_run_id: run.id };
  const output = { title: 't', summary: 's', annotations: [annotation] };
  await checks.update({ ...one, status: 'completed', conclusion: 'failure', output });
  await checks.get(one);
  await checks.listAnnotations(one);
  await checks.listForRef({ ...CONFIG, ref: head_sha });
  await ken.rest.checks.rerequestRun(one);
}

/** Visibility takes an administrator, which nobody is by the seed. */
async function driveRepository({ app, ken }: Clients, t: ForgeInTest): Promise<void> {
  await app.rest.repos.get(SOC);
  await stage(t, 'collaborators', { repository: 'acme/soc', login: 'ken', role: 'admin' });
  await ken.rest.repos.get(SOC);
  const main = { ...SOC, branch: 'main' };
  await app.rest.repos.getBranchRules(main);
  await stage(t, 'branch-rules', { repository: 'acme/soc', reviews: 1, classic: { reviews: 2 } });
  const { data: rules } = await app.rest.repos.getBranchRules(main);
  expect(rules).toMatchObject([{ type: 'pull_request', parameters: { required_approving_review_count: 1 } }]);
  expect((await app.rest.repos.getBranch(main)).data.protected).toBe(true);
  const { data: older } = await app.rest.repos.getBranchProtection(main);
  expect(older.required_pull_request_reviews?.required_approving_review_count).toBe(2);
  for (const isPrivate of [false, true]) await ken.rest.repos.update({ ...SOC, private: isPrivate });
}

/** What GitHub has no REST for: issues deleted and transferred, and the alerts it raises itself. */
/** An app made from a manifest and installed: its key for the code, and what it is told first. */
async function driveManifest({ ken }: Clients, { forge: { state } }: ForgeInTest, url: string): Promise<void> {
  const [org, repo] = [state.store.all('account')[0], state.store.all('repository')[0]];
  if (!org || !repo) throw new Error('nothing is seeded');
  const manifest = { name: 'Another', url, redirect_url: url, hook_attributes: { url } };
  const code = state.store.transact(() => {
    const made = registerApp(state, org, AppManifest.parse(manifest));
    installApp(state, org, made.app, [repo]);
    return made.code;
  });
  await ken.rest.apps.createFromManifest({ code });
}

async function driveStage(t: ForgeInTest): Promise<void> {
  const { issues } = t.app.rest;
  const { data: one } = await issues.create({ ...SOC, title: 'to delete' });
  await stage(t, 'issues/delete', { repository: 'acme/soc', number: one.number });
  const { data: two } = await issues.create({ ...SOC, title: 'to transfer' });
  await stage(t, 'issues/transfer', { repository: 'acme/soc', number: two.number, to: 'acme/soc-config' });
  await stage(t, 'repositories', { repository: 'acme/shop-api' });
  for (const covered of [true, false]) await stage(t, 'installation', { repository: 'acme/shop-api', covered });
  for (const [event, file] of alerts) {
    const { alert } = JSON.parse(readFileSync(join(examples, file), 'utf8'));
    // The example names the person who bypassed the protection in short.
    const payload = {
      alert: event === 'secret_scanning_alert' ? { ...alert, push_protection_bypassed_by: null } : alert,
    };
    await stage(t, 'events', { repository: 'acme/soc', event, action: 'created', payload });
  }
}

/** What the scanners found, by the repository and by its organization, and what is told of it. */
async function driveAlerts({ app }: Clients, t: ForgeInTest): Promise<void> {
  const repository = 'acme/soc';
  for (const scanner of ['dependabot', 'code-scanning', 'secret-scanning'])
    for (let n = 0; n < 2; n += 1) await stage(t, 'alerts', { repository, scanner });
  await stage(t, 'alerts', { repository, scanner: 'dependabot', number: 1, alert: { state: 'fixed' } });
  await stage(t, 'alerts', { repository, scanner: 'secret-scanning', number: 1, alert: { state: 'resolved' } });
  await stage(t, 'alerts', {
    repository,
    scanner: 'code-scanning',
    number: 1,
    alert: { state: 'dismissed' },
    tell: false,
  });
  await app.rest.dependabot.listAlertsForRepo(SOC);
  await app.rest.dependabot.listAlertsForOrg({ org: 'acme' });
  await app.rest.codeScanning.listAlertsForRepo(SOC);
  await app.rest.codeScanning.listAlertsForOrg({ org: 'acme' });
  await app.rest.secretScanning.listAlertsForRepo(SOC);
  await app.rest.secretScanning.listAlertsForOrg({ org: 'acme' });
}

/** What repositories depend on, what ran in them, and what the world is told. */
async function driveSupplyChain({ app }: Clients, t: ForgeInTest): Promise<void> {
  const packages = [
    { purl: 'pkg:npm/left-padder', version: '2.3.0' },
    { purl: 'pkg:npm/%40acme/pad', version: '1.0.0', direct: false },
  ];
  await stage(t, 'dependencies', { repository: 'acme/soc', packages });
  await stage(t, 'workflow-runs', { repository: 'acme/soc' });
  await app.rest.dependencyGraph.exportSbom(SOC);
  await app.rest.actions.listWorkflowRunsForRepo({ ...SOC, created: '2020-01-01T00:00:00Z..2100-01-01T00:00:00Z' });
  const ghsa_id = 'GHSA-2222-3333-5555';
  await stage(t, 'own-advisories', { repository: 'acme/soc', ghsa: ghsa_id });
  await app.rest.securityAdvisories.getRepositoryAdvisory({ ...SOC, ghsa_id });
  const at = '2026-03-01T09:00:00Z';
  const vulnerability = {
    package: { ecosystem: 'npm', name: 'left-padder' },
    severity: 'high',
    vulnerable_version_range: '< 2.4.1',
    first_patched_version: { identifier: '2.4.1' },
  };
  const advisory = {
    ghsa_id: 'GHSA-2222-3333-4444',
    summary: 'left-padder runs what it pads',
    description: 'A padding that is code is run.',
    severity: 'high',
    cvss: { vector_string: null, score: 0 },
    cwes: [{ cwe_id: 'CWE-94', name: 'Code Injection' }],
    identifiers: [{ type: 'GHSA', value: 'GHSA-2222-3333-4444' }],
    references: [{ url: 'https://example.com/advisory' }],
    ...{ published_at: at, updated_at: at, vulnerabilities: [vulnerability] },
  };
  for (const action of ['published', 'updated', 'withdrawn']) {
    const withdrawn_at = action === 'withdrawn' ? at : null;
    await stage(t, 'advisories', { action, advisory: { ...advisory, withdrawn_at } });
  }
}

const examples = join(import.meta.dirname, '../../examples/alerts');
const alerts = [
  ['dependabot_alert', 'github-dependabot.json'],
  ['secret_scanning_alert', 'github-secret-scanning.json'],
] as const;

async function stage(t: ForgeInTest, path: string, body: object): Promise<void> {
  const headers = { authorization: `Bearer ${t.forge.adminToken}`, 'content-type': 'application/json' };
  const response = await fetch(`${t.forge.url}/_admin/${path}`, {
    method: 'POST',
    headers,
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
}

/** Refusals have GitHub's shapes too. */
async function driveRefusals({ app, ken }: Clients): Promise<void> {
  const refusals = [
    () => app.rest.issues.get({ ...SOC, issue_number: 999 }),
    () => app.rest.issues.createLabel({ ...SOC, name: 'severity: high', color: 'd73a4a' }),
    () => app.rest.repos.get({ owner: 'acme', repo: 'nothing' }),
    () => app.rest.git.createRef({ ...SOC, ref: 'refs/heads/main', sha: '0'.repeat(40) }),
    () => app.rest.pulls.create({ ...CONFIG, title: 't', head: 'nothing', base: 'main' }),
    () => ken.rest.apps.getAuthenticated(),
  ];
  for (const [index, refused] of refusals.entries()) {
    const answer = await refused().then(
      () => `refusal ${index} went through`,
      () => 'refused',
    );
    expect(answer).toBe('refused');
  }
}

async function driveDeliveries({ jwt }: Clients): Promise<void> {
  const { data } = await jwt.rest.apps.listWebhookDeliveries();
  const delivery_id = data[0]?.id ?? 0;
  await jwt.rest.apps.getWebhookDelivery({ delivery_id });
  await jwt.rest.apps.redeliverWebhookDelivery({ delivery_id });
}

describe('the judge', () => {
  test('knows a wrong answer from a right one', () => {
    const label = {
      id: 1,
      node_id: 'x',
      url: 'https://x.example/y',
      name: 'n',
      description: null,
      color: 'f00',
      default: false,
    };
    const path = '/repos/a/b/labels/some%20label';
    expect(judgeResponse('GET', path, 200, label)).toEqual([]);
    expect(judgeResponse('GET', path, 200, { ...label, color: 7 })[0]).toMatch(
      /labels\/\{name\} 200: \/color must be string/,
    );
    const { node_id: _, ...less } = label;
    expect(judgeResponse('GET', path, 200, less)[0]).toMatch(/required property 'node_id'/);
    expect(judgeResponse('GET', path, 200, { ...label, url: 'not a url' })[0]).toMatch(/format "uri"/);
  });

  test('refuses operations, statuses and webhooks it does not know, and bodies where there are none', () => {
    expect(judgeResponse('GET', '/repos/a/b/stargazers', 200, [])).toHaveLength(1);
    expect(judgeResponse('GET', '/app', 299, {})[0]).toMatch(/never answers 299/);
    expect(judgeResponse('DELETE', '/repos/a/b/git/refs/heads/x', 204, '')).toEqual([]);
    expect(judgeResponse('DELETE', '/repos/a/b/git/refs/heads/x', 204, {})[0]).toMatch(/no body/);
    expect(judgeWebhook('star', { action: 'created' })[0]).toMatch(/star\.created is not among/);
    expect(judgeWebhook('push', {})[0]).toMatch(/^push: the body must have required property/);
  });
});
