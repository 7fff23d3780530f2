import { rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type AppProcess, appProcess } from '../crash/app-process.ts';
import { endAll } from '../crash/process.ts';
import { until } from '../crash/until.ts';
import { freePort } from '../free-port.ts';
import { scratch } from '../scratch.ts';
import { type TestDatabase, testDatabase } from '../store/postgres.ts';
import { type Hop, hop } from './hop.ts';
import { type OtherServer, otherServer, SOC } from './other-server.ts';
import { checkOf, pullRequest } from './pull-request.ts';

/** What the server lacks of what a whole run asks for; docs/other-servers.md says what then happens. */
const lacking = [
  /^GET \/app\/hook\/deliveries\?\S* 404$/,
  /^GET \/repos\/acme\/soc\/issues\/comments\?\S* 404$/,
  /^GET \/installation\/repositories\?\S* 404$/,
  /^POST \/graphql 404$/,
  // Somebody who is not in a team.
  /^GET \/orgs\/acme\/teams\/soc-\w+\/memberships\/\S+ 404$/,
  // A branch or a file of ours before the first commit on it: asked, and rightly not there.
  /^GET \/repos\/acme\/soc\/git\/ref\/heads%2Fyagura%2F\w+ 404$/,
  /^GET \/repos\/acme\/soc\/contents\/\S+ 404$/,
];

/**
 * The next sweep is a minute away at most. Every answer may need it: that server numbers deliveries by the millisecond,
 * and the second of one millisecond is taken for a repeat.
 */
const bySweep = { withinMs: 90_000, everyMs: 100 };
vi.setConfig({ testTimeout: 200_000 });

let app: AppProcess;
let server: OtherServer;
let webhooks: Hop;
let api: Hop;
let database: TestDatabase;
let dataDir: string;

// One app and one server: each test goes on where the one before it ended, as an incident does.
beforeAll(async () => {
  dataDir = scratch('other');
  database = await testDatabase();
  const port = await freePort();
  webhooks = await hop(() => `http://127.0.0.1:${port}`);
  server = await otherServer(`${webhooks.url}/api/github/webhooks`);
  api = await hop(() => server.url);
  app = appProcess(port, dataDir, {
    GITHUB_API_URL: api.url,
    APP_ID: String(server.appId),
    PRIVATE_KEY: server.privateKey,
    WEBHOOK_SECRET: server.webhookSecret,
    YAGURA_REPO: 'acme/soc',
    YAGURA_CONFIG_REPO: 'acme/soc-config',
    DATABASE_URL: database.url,
  });
  await app.up();
});

afterAll(async () => {
  await endAll();
  for (const part of [api, webhooks, server, database]) await part?.[Symbol.asyncDispose]();
  rmSync(dataDir, { recursive: true, force: true });
});

/** What the app said, and what stands below the issue. */
async function said(): Promise<string> {
  const { data } = await server.person('boss').rest.issues.listComments({ ...SOC, issue_number: 1 });
  return [...app.lines().slice(-20), ...data.map((one) => `${one.user?.login}: ${one.body}`)].join('\n');
}

const foundBySweep = () => app.lines().filter((line) => line.includes('was found by sweep')).length;

async function comment(login: string, body: string): Promise<void> {
  await server.person(login).rest.issues.createComment({ ...SOC, issue_number: 1, body });
}

/** Waits for a comment of the app that says all of it. */
async function answered(words: string[], wait = bySweep): Promise<string> {
  return until(
    async () => `the app answered ${words.join(', ')}:\n${await said()}`,
    async () => {
      const { data } = await server.person('boss').rest.issues.listComments({ ...SOC, issue_number: 1 });
      const ours = data.filter((one) => one.user?.login === 'yagura[bot]').map((one) => one.body ?? '');
      return ours.find((body) => words.every((word) => body.includes(word)));
    },
    wait,
  );
}

async function listed(): Promise<string> {
  const file = { ...SOC, path: 'lists/edge.txt', ref: 'yagura/lists' };
  const { data } = await server.person('boss').rest.repos.getContent(file);
  if (!('content' in data)) throw new Error('no file');
  return Buffer.from(data.content, 'base64').toString();
}

test('an alert sent over HTTP becomes an issue by the app, with its labels', async () => {
  await app.post([
    {
      id: 'alert-1',
      title: 'Many failed logins, then one that worked',
      rule: 'brute-force',
      severity: 'high',
      time: new Date().toISOString(),
      entities: [
        { type: 'ip', value: '203.0.113.77' },
        { type: 'host', value: 'db-7.example.net' },
      ],
    },
  ]);
  const issue = await until(
    () => `an issue stands there; the app said:\n${app.lines().join('\n')}`,
    async () => (await server.person('boss').rest.issues.listForRepo(SOC)).data[0],
  );
  expect(issue.number).toBe(1);
  expect(issue.title).toContain('Many failed logins');
  expect(issue.user?.login).toBe('yagura[bot]');
  expect(issue.labels).toContainEqual(expect.objectContaining({ name: 'severity: high' }));
  expect((await app.ready()).problems).toEqual([]);
});

test('a webhook brings the command of a person with the role for it, who gets a receipt', async () => {
  await comment('hana', '/take\n/block 203.0.113.77 for 24h');
  const receipt = await answered(['✅ `/take`', '✅ `/block 203.0.113.77 for 24h`', 'needs approval']);
  expect(receipt).toContain('role maintain');
  expect(webhooks.passed).toContain('POST /api/github/webhooks 202');
});

test('what another role approves is done, in a commit on our own branch', async () => {
  const [approve = ''] = (await answered(['needs approval'])).match(/\/approve R\d+/) ?? [];
  // Only what stood in the issue before the comment can be approved; a person reads, then writes.
  await until('the issue offers it', async () => {
    const { data } = await server.person('mika').rest.issues.get({ ...SOC, issue_number: 1 });
    return data.body?.includes(`\`${approve}\``);
  });
  await comment('mika', approve);
  await answered([`✅ \`${approve}\``]);
  expect(await until('the list has the address', listed)).toContain('203.0.113.77');
  const main = await server.person('boss').rest.repos.listCommits({ ...SOC, sha: 'main' });
  expect(main.data.map((one) => one.commit.message)).toEqual(['Initial commit']);
});

test('a person who may only read is refused, with who could', async () => {
  await comment('otto', '/block 203.0.113.78');
  const refusal = await answered(['⛔', 'otto', 'needs the right analyst']);
  expect(refusal).toContain('role triage');
  expect(await listed()).not.toContain('203.0.113.78');
});

test('a broken policy proposed by pull request fails its check, with the line', async () => {
  const sha = await pullRequest(server.person('ken'), 'policies/budgets.md', '---\ncreations_per_hour: many\n---\n');
  const check = await until(
    async () => `the check is completed:\n${await said()}`,
    () => checkOf(server.person('ken'), sha),
    bySweep,
  );
  expect(check.conclusion).toBe('failure');
  expect(check.annotations).toContainEqual(
    expect.objectContaining({ path: 'policies/budgets.md', start_line: 2, annotation_level: 'failure' }),
  );
});

test('with webhooks cut, the sweep brings commands and pull requests within a minute', async () => {
  // Of the three comments so far.
  expect(foundBySweep()).toBeLessThan(3);
  webhooks.cut = true;
  // One that is on its way still arrives.
  await sleep(1_000);
  const before = webhooks.passed.length;
  await comment('ken', '/severity critical');
  const sha = await pullRequest(server.person('ken'), 'policies/budgets.md', '---\ncreations_per_hour: 200\n---\n');
  await answered(['✅ `/severity critical`']);
  const check = await until('the check is completed', () => checkOf(server.person('ken'), sha), bySweep);
  expect(check.conclusion).toBe('success');
  expect(webhooks.passed.length).toBe(before);
  expect(webhooks.lost).toBeGreaterThan(0);
  expect(foundBySweep()).toBeGreaterThan(0);
  webhooks.cut = false;
});

test('nothing was refused but what the documentation lists', () => {
  const refused = api.passed.filter((line) => / [45]\d\d$/.test(line));
  expect(refused.filter((line) => !lacking.some((pattern) => pattern.test(line)))).toEqual([]);
  expect(lacking.filter((pattern) => !refused.some((line) => pattern.test(line)))).toEqual([]);
});
