import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { putAlert } from '../../src/forge/operations/alerts.ts';
import { soc } from '../github/adapter-in-test.ts';
import { slackVendor } from '../notify/vendors/slack-vendor.ts';
import type { Vendor } from '../notify/vendors/vendor.ts';
import { scratch } from '../scratch.ts';
import { type AppInTest, appInTest } from './app-in-test.ts';

const example = fileURLToPath(new URL('../../examples/config-repo/', import.meta.url));
const settings = `---
organization: Acme
time_zone: UTC
mode: approve
on_call: { severity: high, take_within: 15m }
---
`;
const socIssues = { owner: 'acme', repo: 'soc' };

// Mika's week ends at midnight, and so does the day.
let t: AppInTest;
let chat: Vendor;

beforeAll(async () => {
  const folder = scratch('config');
  // Two hundred rules take their time, and no event comes here.
  cpSync(example, folder, { recursive: true, filter: (path) => !path.includes('detections') });
  writeFileSync(join(folder, 'yagura.md'), settings);
  const response = join(folder, 'policies/response.md');
  writeFileSync(response, readFileSync(response, 'utf8').replace('---\n', '---\napprove_within: 3m\n'));
  chat = await slackVendor();
  t = await appInTest(new Date('2026-03-01T23:56:30Z'), folder, { YAGURA_NOTIFY_SOC_CHAT: chat.secret });
});
afterAll(async () => {
  await t?.[Symbol.asyncDispose]();
  await chat?.[Symbol.asyncDispose]();
});

async function issueTitled(words: string) {
  const issues = await t.a.github.issuesSince(soc, new Date(0));
  return issues.find(({ title }) => title.includes(words));
}

/** Bodies of our comments on an issue, with when they were written. */
async function ours(issue: number) {
  const { botId } = await t.a.github.self();
  return (await t.a.github.comments(soc, issue)).filter(({ user }) => user.id === botId);
}

async function comment(by: string, body: string): Promise<Date> {
  const made = await t.a.t.person(by).rest.issues.createComment({ ...socIssues, issue_number: 1, body });
  return new Date(made.data.created_at);
}

describe('the app with YAGURA_WEBHOOKS=off', () => {
  it('opens an issue, asks and tells who should know, and ranks it: the rows pipeline, investigator, outbox, on-call, notifier, queue', async () => {
    await t.post({ title: 'Login failures', severity: 'high', host: 'web-09', src_ip: '203.0.113.9' });
    await t.post({ title: 'Small thing', severity: 'low', host: 'web-08' });
    await t.pass(65);
    expect((await issueTitled('Login failures'))?.number).toBe(1);
    expect((await ours(1)).some(({ body }) => body.includes('mika'))).toBe(true);
    expect(await issueTitled('Queue')).toBeDefined();
    // Chat is quiet at night but for what is critical.
    await t.post({ title: 'Ransom note', severity: 'critical', host: 'web-10', src_ip: '203.0.113.10' });
    await t.pass(10);
    expect(chat.seen.map(({ line }) => line)).toEqual([expect.stringContaining('Ransom note')]);
  });

  it('answers each command within 30 seconds and does it: the rows quick-look, commands, executor', async () => {
    for (const [by, command, says] of [
      ['mika', '/take', 'take'],
      ['ken', '/approve R1', 'approve'],
      ['hana', '/block 203.0.113.77', 'block'],
    ] as const) {
      const written = await comment(by, command);
      await t.pass(30);
      const answer = (await ours(1)).find(({ body, createdAt }) => body.includes(says) && createdAt >= written);
      expect(answer, command).toBeDefined();
    }
    const list = await t.a.github.file(soc, 'yagura/lists', 'lists/edge.txt');
    expect(Buffer.from(list ?? []).toString()).toContain('203.0.113.9');
  });

  it('reads the lists of GitHub’s scanners and of what repositories depend on: the rows alerts, advisories', async () => {
    const { state } = t.a.t.forge;
    const repo = state.store.all('repository').find(({ name }) => name === 'soc');
    const ken = state.store.all('account').find(({ login }) => login === 'ken');
    if (!repo || !ken) throw new Error('The forge is not seeded.');
    state.store.transact(() => putAlert(state, ken, repo, { scanner: 'secret-scanning' }));
    await t.pass(61);
    expect(await t.rows(`select 1 from alert where kind = 'leaked-secret'`)).toHaveLength(1);
    expect(t.a.requests.some((line) => line.includes('/dependency-graph/sbom'))).toBe(true);
  });

  it('tells the next on call at the change of shift: the row shift', async () => {
    await t.pass((Date.parse('2026-03-02T00:01:01Z') - t.now().getTime()) / 1000);
    expect((await issueTitled('mika to ken'))?.body).toContain('mika');
  });

  it('ends the day’s digest: the row quiet', async () => {
    // A digest is edited every five minutes at most.
    expect((await issueTitled('Digest'))?.state).toBe('open');
    await t.pass(310);
    expect((await issueTitled('Digest'))?.state).toBe('closed');
  });

  it('ends what somebody asked for and nobody approved: the row approvals', async () => {
    expect((await ours(1)).some(({ body }) => body.startsWith('⌛') && body.includes('203.0.113[.]77'))).toBe(true);
  });

  it('checks a pull request of the policy and takes what is merged: the rows sweep, checks, policy', async () => {
    const { owner, name } = { owner: 'acme', name: 'soc-config' };
    const before = t.app.policy.current().commit;
    const path = 'context/hosts/web-09.md';
    const files = [{ path, content: Buffer.from('---\nkind: asset\nname: web-09\n---\nA web server.\n') }];
    const pull = await t.a.github.openPullRequest({ owner, name }, 'web-09', { title: 'A host', body: '', files });
    await t.pass(61);
    const [{ headSha } = { headSha: '' }] = await t.a.github.pullRequests({ owner, name });
    expect(await t.a.github.checkRunDone({ owner, name }, headSha, 'Yagura policy')).toBe(true);
    const by = t.a.t.person('ken').rest.pulls;
    await by.merge({ owner, repo: name, pull_number: pull });
    await t.pass(61);
    expect(t.app.policy.current().commit).not.toBe(before);
  });

  it('stops writing when the repository becomes public: the row visibility', async () => {
    const { state } = t.a.t.forge;
    const repo = state.store.all('repository').find(({ name }) => name === 'soc');
    if (repo) state.store.put('repository', { ...repo, private: false });
    await t.pass(61);
    expect(t.app.readiness.publishingStopped()).toContain('public');
  });

  it('has no row that nobody looks at', () => {
    const workers = 'pipeline investigator outbox quick-look commands executor on-call approvals notifier';
    const lookouts = 'queue alerts advisories shift quiet sweep checks policy visibility';
    // Webhooks, which do not come here: test/crash/webhooks.test.ts has them.
    expect([...t.app.loops].sort()).toEqual(`${workers} ${lookouts} deliveries`.split(' ').sort());
  });

  it('fails at nothing meanwhile', () => {
    const failures = t.log.filter((line) => !/^(Policy|Detections|alerts of|comment \d+ on)/.test(line));
    expect(failures).toEqual([]);
  });
});
