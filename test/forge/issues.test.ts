import { describe, expect, it } from 'vitest';
import { hookReceiver } from './hook-receiver.ts';
import { forgeInTest, refusalOf, SOC } from './running-forge.ts';

describe('issues over REST', () => {
  it('lets the app open an issue with labels and assignees in one request', async () => {
    await using t = await forgeInTest();
    const { data } = await t.app.rest.issues.create({
      ...SOC,
      title: 'Odd process',
      body: 'text',
      labels: ['incident'],
      assignees: ['hana'],
    });
    expect(data.number).toBe(1);
    expect(data.user?.login).toBe('yagura[bot]');
    expect(data.performed_via_github_app?.slug).toBe('yagura');
    expect(data.labels.map((label) => (typeof label === 'string' ? label : label.name))).toEqual(['incident']);
    expect(data.assignees?.map((one) => one.login)).toEqual(['hana']);
    expect(data.created_at).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
  });

  it('names no app and the right association when a person writes', async () => {
    await using t = await forgeInTest();
    const byHana = await t.person('hana').rest.issues.create({ ...SOC, title: 'Seen' });
    const byOtto = await t.person('otto').rest.issues.create({ ...SOC, title: 'Seen too' });
    const byApp = await t.app.rest.issues.create({ ...SOC, title: 'Found' });
    expect(byHana.data.performed_via_github_app).toBeNull();
    expect([byHana, byOtto, byApp].map((one) => one.data.author_association)).toEqual([
      'MEMBER',
      'COLLABORATOR',
      'NONE',
    ]);
  });

  it('drops labels set by somebody below triage and keeps those of an analyst', async () => {
    await using t = await forgeInTest();
    const labels = ['incident'];
    expect((await t.person('otto').rest.issues.create({ ...SOC, title: 'a', labels })).data.labels).toEqual([]);
    expect((await t.person('hana').rest.issues.create({ ...SOC, title: 'b', labels })).data.labels).toHaveLength(1);
  });

  it('closes with a reason, reopens, and lets only triage or the author do so', async () => {
    await using t = await forgeInTest();
    const issue = { ...SOC, issue_number: 1 };
    await t.app.rest.issues.create({ ...SOC, title: 'x' });
    const refused = await refusalOf(t.person('otto').rest.issues.update({ ...issue, state: 'closed' }));
    expect(refused.status).toBe(403);
    const closed = await t
      .person('hana')
      .rest.issues.update({ ...issue, state: 'closed', state_reason: 'not_planned' });
    expect([closed.data.state, closed.data.state_reason, closed.data.closed_by?.login]).toEqual([
      'closed',
      'not_planned',
      'hana',
    ]);
    const open = await t.app.rest.issues.update({ ...issue, state: 'open' });
    expect([open.data.state, open.data.state_reason, open.data.closed_at]).toEqual(['open', 'reopened', null]);
  });

  it('lists by state, label, creator and since, in pages that link to each other', async () => {
    await using t = await forgeInTest();
    for (let n = 1; n <= 5; n++) {
      await t.app.rest.issues.create({ ...SOC, title: `n${n}`, labels: n % 2 ? ['odd'] : ['even'] });
    }
    await t.app.rest.issues.update({ ...SOC, issue_number: 3, state: 'closed' });
    const numbers = async (query: object) => {
      const issues = await t.app.paginate(t.app.rest.issues.listForRepo, { ...SOC, per_page: 2, ...query });
      return issues.map((issue) => issue.number);
    };
    expect(await numbers({})).toEqual([5, 4, 2, 1]);
    expect(await numbers({ state: 'all', direction: 'asc' })).toEqual([1, 2, 3, 4, 5]);
    expect(await numbers({ state: 'all', labels: 'odd' })).toEqual([5, 3, 1]);
    expect(await numbers({ creator: 'yagura[bot]', state: 'closed' })).toEqual([3]);
    expect(await numbers({ since: new Date(Date.now() + 60_000).toISOString() })).toEqual([]);
  });

  it('answers 404 to strangers, 401 to wrong tokens and 422 to a missing title', async () => {
    await using t = await forgeInTest();
    expect((await refusalOf(t.person('otto').rest.repos.get({ owner: 'acme', repo: 'soc-config' }))).status).toBe(404);
    expect((await refusalOf(t.person('nobody').rest.repos.get(SOC))).status).toBe(401);
    expect((await refusalOf(t.app.request('POST /repos/acme/soc/issues', {}))).status).toBe(422);
  });

  it('changes nothing when a request is refused half-way', async () => {
    await using receiver = await hookReceiver();
    await using t = await forgeInTest({ webhookUrl: receiver.url });
    await t.app.rest.issues.create({ ...SOC, title: 'before' });
    const labels = Array.from({ length: 101 }, (_, index) => `l${index}`);
    const change = { ...SOC, issue_number: 1, title: 'after', labels };
    expect((await refusalOf(t.app.rest.issues.update(change))).status).toBe(422);
    expect((await t.app.rest.issues.get({ ...SOC, issue_number: 1 })).data.title).toBe('before');
    expect((await t.app.rest.issues.listLabelsForRepo(SOC)).data).toEqual([]);
    await t.forge.courier.idle();
    expect(receiver.names()).toEqual(['issues.opened']);
  });

  it('lets an author edit the text and drops the labels he may not set', async () => {
    await using t = await forgeInTest();
    const otto = t.person('otto').rest.issues;
    await otto.create({ ...SOC, title: 'mine' });
    const { data } = await otto.update({ ...SOC, issue_number: 1, title: 'still mine', labels: ['x'] });
    expect([data.title, data.labels]).toEqual(['still mine', []]);
  });

  it('locks a conversation to readers', async () => {
    await using t = await forgeInTest();
    const issue = { ...SOC, issue_number: 1 };
    await t.app.rest.issues.create({ ...SOC, title: 'x' });
    await t.person('ken').rest.issues.lock({ ...issue, lock_reason: 'resolved' });
    expect((await refusalOf(t.person('otto').rest.issues.createComment({ ...issue, body: 'hm' }))).status).toBe(403);
    await t.person('ken').rest.issues.unlock(issue);
    expect((await t.person('otto').rest.issues.createComment({ ...issue, body: 'hm' })).status).toBe(201);
  });

  it('answers for every issue as if it were deleted while issues are switched off, and has them all afterwards', async () => {
    await using t = await forgeInTest();
    const { issues, repos } = t.app.rest;
    await issues.create({ ...SOC, title: 'x' });
    const { data: comment } = await issues.createComment({ ...SOC, issue_number: 1, body: 'hm' });
    const has = (hasIssues: boolean) => {
      const { store } = t.forge.state;
      const found = store.get('repository', t.seeded.repositoryIds.soc);
      if (found) store.put('repository', { ...found, hasIssues });
    };
    has(false);
    const off = { status: 410, message: expect.stringContaining('Issues are disabled for this repo') };
    const disabled = { status: 410, message: expect.stringContaining('Issues has been disabled in this repository.') };
    const one = { ...SOC, issue_number: 1 };
    expect((await repos.get(SOC)).data.has_issues).toBe(false);
    expect((await issues.listForRepo({ ...SOC, state: 'all' })).data).toEqual([]);
    expect(await refusalOf(issues.create({ ...SOC, title: 'y' }))).toMatchObject(disabled);
    expect(await refusalOf(issues.get(one))).toMatchObject(off);
    expect(await refusalOf(issues.update({ ...one, state: 'closed' }))).toMatchObject(off);
    expect(await refusalOf(issues.createComment({ ...one, body: 'hm' }))).toMatchObject(off);
    expect(await refusalOf(issues.getComment({ ...SOC, comment_id: comment.id }))).toMatchObject(off);
    has(true);
    expect((await issues.get(one)).data.title).toBe('x');
  });
});
