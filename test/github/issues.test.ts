import { describe, expect, test } from 'vitest';
import { adapterInTest, forgeErrorOf, soc } from './adapter-in-test.ts';

describe('issues', () => {
  test('are made, read and changed as the app', async () => {
    await using a = await adapterInTest();
    const { github } = a;
    const made = await github.createIssue(soc, { title: 'Miner on web-01', body: 'a body 櫓', labels: ['incident'] });
    expect(made).toMatchObject({
      title: 'Miner on web-01',
      body: 'a body 櫓',
      state: 'open',
      stateReason: null,
      labels: ['incident'],
      assignees: [],
      locked: false,
      viaApp: true,
      isPullRequest: false,
      user: { login: 'yagura[bot]', type: 'Bot' },
    });
    expect(await github.issue(soc, made.number)).toEqual(made);
    const closed = await github.updateIssue(soc, made.number, {
      state: 'closed',
      stateReason: 'not_planned',
      labels: ['incident', 'verdict: benign'],
      assignees: ['hana'],
    });
    expect(closed).toMatchObject({
      state: 'closed',
      stateReason: 'not_planned',
      assignees: ['hana'],
      body: 'a body 櫓',
    });
    expect(closed.labels.toSorted()).toEqual(['incident', 'verdict: benign']);
    expect(await github.updateIssue(soc, made.number, { state: 'open', stateReason: 'reopened' })).toMatchObject({
      state: 'open',
      stateReason: 'reopened',
    });
  });

  test('are read in texts that can be kept, whatever somebody wrote', async () => {
    await using a = await adapterInTest();
    const body = `NUL \0 and half a sign ${'😀'.slice(0, 1)}`;
    const { data } = await a.t.person('otto').rest.issues.create({ owner: 'acme', repo: 'soc', title: 'Odd', body });
    expect(await a.github.issue(soc, data.number)).toMatchObject({ body: 'NUL \uFFFD and half a sign \uFFFD' });
  });

  test('of people are told from our own', async () => {
    await using a = await adapterInTest();
    const { data } = await a.t.person('otto').rest.issues.create({ owner: 'acme', repo: 'soc', title: 'Odd mail' });
    expect(await a.github.issue(soc, data.number)).toMatchObject({
      viaApp: false,
      body: '',
      user: { login: 'otto', type: 'User' },
    });
  });

  test('touched since a moment come oldest touch first, whatever their number', async () => {
    await using a = await adapterInTest({ timeScale: 100, limits: false });
    const numbers: number[] = [];
    for (const title of ['one', 'two', 'three']) {
      numbers.push((await a.github.createIssue(soc, { title, body: '', labels: [] })).number);
      await second();
    }
    const [one = 0, two = 0, three = 0] = numbers;
    const first = await a.github.updateIssue(soc, one, { body: 'touched' });
    const since = async (date: Date) => (await a.github.issuesSince(soc, date)).map((issue) => issue.number);
    expect(await since(new Date(0))).toEqual([two, three, one]);
    expect(await since(first.updatedAt)).toEqual([one]);
    expect(await since(new Date(first.updatedAt.getTime() + 1000))).toEqual([]);
  });

  test('of a quiet repository are asked for again at no cost', async () => {
    await using a = await adapterInTest();
    await a.github.createIssue(soc, { title: 'one', body: '', labels: [] });
    const moment = new Date(0);
    const first = await a.github.issuesSince(soc, moment);
    a.requests.length = 0;
    expect(await a.github.issuesSince(soc, moment)).toEqual(first);
    expect(a.requests).toEqual([expect.stringMatching(/^GET \/repos\/acme\/soc\/issues\?.* 304$/)]);
    await a.github.updateIssue(soc, first[0]?.number ?? 0, { title: 'two' });
    expect((await a.github.issuesSince(soc, moment)).map((issue) => issue.title)).toEqual(['two']);
  });

  test('that do not exist, or are refused, say why', async () => {
    await using a = await adapterInTest();
    expect((await forgeErrorOf(a.github.issue(soc, 999))).reason).toBe('not-found');
    const large = { title: 'large', body: 'x'.repeat(65_537), labels: [] };
    expect((await forgeErrorOf(a.github.createIssue(soc, large))).reason).toBe('validation');
    expect(await forgeErrorOf(a.github.issue({ owner: 'acme', name: 'nothing' }, 1))).toMatchObject({
      reason: 'not-found',
      message: 'The app is not installed on acme/nothing.',
    });
  });
});

describe('comments', () => {
  test('are made, read, changed and listed', async () => {
    await using a = await adapterInTest();
    const { github } = a;
    const { number } = await github.createIssue(soc, { title: 'one', body: '', labels: [] });
    const made = await github.createComment(soc, number, 'first');
    expect(made).toMatchObject({ issue: number, body: 'first', viaApp: true, user: { login: 'yagura[bot]' } });
    await github.createComment(soc, number, 'second');
    await github.updateComment(soc, made.id, 'first, edited');
    expect((await github.comment(soc, made.id)).body).toBe('first, edited');
    expect((await github.comments(soc, number)).map((one) => one.body)).toEqual(['first, edited', 'second']);
  });

  test('of the whole repository are listed since a moment, more than a page of them', async () => {
    await using a = await adapterInTest({ limits: false });
    const { github, t } = a;
    const { number } = await github.createIssue(soc, { title: 'one', body: '', labels: [] });
    const post = { owner: 'acme', repo: 'soc', issue_number: number };
    for (let n = 0; n < 205; n += 1) await t.person('otto').rest.issues.createComment({ ...post, body: `${n}` });
    const expected = Array.from({ length: 205 }, (_, n) => `${n}`);
    expect((await github.comments(soc, number)).map((one) => one.body)).toEqual(expected);
    expect((await github.commentsSince(soc, new Date(0))).map((one) => one.body).toSorted()).toEqual(
      expected.toSorted(),
    );
  });
});

test('a label that exists already is what was wanted', async () => {
  await using a = await adapterInTest();
  const label = { name: 'severity: high', color: '#d73a4a', description: 'Act today' };
  await a.github.createLabel(soc, label);
  await a.github.createLabel(soc, label);
  const { data } = await a.t.app.rest.issues.getLabel({ owner: 'acme', repo: 'soc', name: label.name });
  expect(data).toMatchObject({ color: 'd73a4a', description: 'Act today' });
});

test('the app knows itself', async () => {
  await using a = await adapterInTest();
  const self = await a.github.self();
  expect(self).toMatchObject({ appId: a.t.seeded.appId, slug: 'yagura', botLogin: 'yagura[bot]' });
  const { user } = await a.github.createIssue(soc, { title: 'one', body: '', labels: [] });
  expect(user.id).toBe(self.botId);
});

/** One second of a clock that runs a hundred times as fast. */
function second(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 11));
}
