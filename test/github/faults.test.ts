import { afterEach, describe, expect, test, vi } from 'vitest';
import type { FaultRule } from '../../src/forge/faults.ts';
import { type AdapterInTest, adapterInTest, forgeErrorOf, soc } from './adapter-in-test.ts';

afterEach(() => {
  vi.useRealTimers();
});

const issue = { title: 'Miner', body: 'b', labels: [] };

function fault(a: AdapterInTest, kind: FaultRule['kind'], part: Partial<FaultRule> = {}): void {
  a.t.forge.faults.set([{ kind, next: 1, ...part }], 1);
}

async function titles(a: AdapterInTest): Promise<string[]> {
  const { data } = await a.t.app.rest.issues.listForRepo({ owner: 'acme', repo: 'soc' });
  return data.map((one) => one.title);
}

describe('a write', () => {
  test.each<[string, FaultRule['kind'], string[]]>([
    ['answered 502 before it was done', 'rest-502', []],
    ['answered 502 after it was done', 'rest-502-after', ['Miner']],
    ['whose socket was cut after it was done', 'cut-after', ['Miner']],
  ])('%s is unknown, and never sent again by itself', async (_, kind, done) => {
    await using a = await adapterInTest();
    await a.github.hold(soc);
    fault(a, kind, { method: 'POST', path: 'issues$' });
    a.requests.length = 0;
    expect((await forgeErrorOf(a.github.createIssue(soc, issue))).reason).toBe('unknown');
    expect(a.requests.filter((line) => line.includes('/issues'))).toHaveLength(1);
    expect(await titles(a)).toEqual(done);
  });

  test('refused for the secondary limit was not done, and says how long to wait', async () => {
    await using a = await adapterInTest();
    fault(a, 'secondary-limit', { method: 'POST', path: 'issues$' });
    const refusal = await forgeErrorOf(a.github.createIssue(soc, issue));
    expect(refusal).toMatchObject({ reason: 'secondary-limit', status: 403 });
    expect(refusal.retryAfter).toBeGreaterThan(0);
    expect(await titles(a)).toEqual([]);
    await a.github.createIssue(soc, issue);
    expect(await titles(a)).toEqual(['Miner']);
  });

  test('beyond GitHub’s own limit is refused the same way', async () => {
    await using a = await adapterInTest({ limits: { creationsPerMinute: 2 } });
    await a.github.createIssue(soc, issue);
    await a.github.createIssue(soc, issue);
    const refusal = await forgeErrorOf(a.github.createIssue(soc, issue));
    expect(refusal.reason).toBe('secondary-limit');
    expect(refusal.retryAfter).toBeGreaterThan(0);
  });

  test('whose token could not be fetched was not done', async () => {
    await using a = await adapterInTest();
    await a.github.hold(soc);
    fault(a, 'cut-after', { method: 'POST', path: 'access_tokens$' });
    expect(await a.github.createIssue(soc, issue)).toMatchObject({ title: 'Miner' });
  });

  test('with a token taken back early is done with a new one', async () => {
    await using a = await adapterInTest();
    await a.github.createIssue(soc, issue);
    // Within five seconds of making it, the auth strategy takes a 401 for replication and waits.
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 10_000 });
    const { store } = a.t.forge.state;
    for (const token of store.all('token').filter((one) => one.token.startsWith('ghs_')))
      store.remove('token', token.token);
    await a.github.createIssue(soc, { ...issue, title: 'Again' });
    expect((await titles(a)).toSorted()).toEqual(['Again', 'Miner']);
  });
});

describe('a read', () => {
  test.each<FaultRule['kind']>(['rest-502', 'cut-after'])('goes through two %s', async (kind) => {
    await using a = await adapterInTest();
    const { number } = await a.github.createIssue(soc, issue);
    fault(a, kind, { method: 'GET', path: 'issues/', next: 2 });
    expect((await a.github.issue(soc, number)).title).toBe('Miner');
  });

  test('is unavailable after three', async () => {
    await using a = await adapterInTest();
    const { number } = await a.github.createIssue(soc, issue);
    fault(a, 'rest-502', { method: 'GET', path: 'issues/', next: 3 });
    expect((await forgeErrorOf(a.github.issue(soc, number))).reason).toBe('unavailable');
  });
});

test('a commit whose result is unknown is the same commit when done again', async () => {
  await using a = await adapterInTest();
  const files = [{ path: 'list.txt', content: new Uint8Array([49, 10]) }];
  fault(a, 'cut-after', { method: 'POST', path: 'git/refs$' });
  expect((await forgeErrorOf(a.github.commit(soc, 'yagura/lists', 'Block', files))).reason).toBe('unknown');
  const head = await a.github.head(soc, 'yagura/lists');
  expect(await a.github.commit(soc, 'yagura/lists', 'Block', files)).toBe(head);
});

test('a pull request whose result is unknown is found when asked for again', async () => {
  await using a = await adapterInTest();
  const pull = { title: 'Starter', body: '', files: [{ path: 'yagura.md', content: new Uint8Array([10]) }] };
  fault(a, 'rest-502-after', { method: 'POST', path: 'pulls$' });
  expect((await forgeErrorOf(a.github.openPullRequest(soc, 'yagura/starter', pull))).reason).toBe('unknown');
  const [open] = await a.github.pullRequests(soc);
  expect(await a.github.openPullRequest(soc, 'yagura/starter', pull)).toBe(open?.number);
  expect(await a.github.pullRequests(soc)).toHaveLength(1);
});

test('a check run that fails half way is completed as a failure, and thrown for another try', async () => {
  await using a = await adapterInTest();
  const headSha = (await a.github.head(soc, 'main')) ?? '';
  const annotations = Array.from({ length: 60 }, (_, n) => ({
    path: 'README.md',
    line: n + 1,
    level: 'warning' as const,
    message: 'm',
  }));
  const run = { name: 'policy', headSha, status: 'completed', title: 't', summary: 's', annotations } as const;
  fault(a, 'secondary-limit', { method: 'PATCH', path: 'check-runs' });
  expect((await forgeErrorOf(a.github.putCheckRun(soc, { ...run, conclusion: 'success' }))).reason).toBe(
    'secondary-limit',
  );
  expect(await a.github.checkRunDone(soc, headSha, 'policy')).toBe(true);
  await a.github.putCheckRun(soc, { ...run, conclusion: 'success' });
  const { data } = await a.t.app.rest.checks.listForRef({ owner: 'acme', repo: 'soc', ref: headSha, filter: 'all' });
  expect(data.check_runs.map((one) => [one.conclusion, one.output.annotations_count]).toSorted()).toEqual([
    ['failure', 50],
    ['success', 60],
  ]);
});
