import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ForgeInTest, forgeInTest, SOC } from '../running-forge.ts';
import { INCIDENT_BODY } from './incident-body.ts';
import { type Visitor, visitorOf } from './visitor.ts';

let t: ForgeInTest;
let visitor: Visitor;
const issueOf = async (issue_number: number) => (await t.app.rest.issues.get({ ...SOC, issue_number })).data;
const titlesIn = (html: string) => [...html.matchAll(/class="title"[^>]*>([^<]*)</g)].map((match) => match[1]);
const labelsOf = (issue: Awaited<ReturnType<typeof issueOf>>) =>
  issue.labels.map((label) => (typeof label === 'string' ? label : label.name));

beforeAll(async () => {
  t = await forgeInTest();
  const open = (title: string, labels: string[], body = 'text') =>
    t.app.rest.issues.create({ ...SOC, title, labels, body });
  await open('[high] Mining on web-01', ['incident', 'severity: high'], INCIDENT_BODY);
  await open('[low] Port probe <b>on</b> build-3', ['incident', 'severity: low']);
  await open('[low] Old story', ['incident', 'severity: low'], 'about a printer');
  await t.app.rest.issues.update({ ...SOC, issue_number: 3, state: 'closed' });
  await t.person('otto').rest.issues.create({ ...SOC, title: 'Report: odd mail' });
  visitor = await visitorOf(t.forge);
});
afterAll(() => t[Symbol.asyncDispose]());

describe('the list of issues', () => {
  it('is the first page and shows what is open, newest first, with escaped titles', async () => {
    expect((await visitor.get('/')).location).toBe('/acme/soc/issues');
    const { html } = await visitor.get('/acme/soc/issues');
    expect(titlesIn(html)).toEqual([
      'Report: odd mail',
      '[low] Port probe &lt;b&gt;on&lt;/b&gt; build-3',
      '[high] Mining on web-01',
    ]);
    expect(html).toContain('3 open');
    expect(html).toContain('1 closed');
  });

  it.each([
    ['state=closed', ['[low] Old story']],
    ['state=all&label=severity:+low', ['[low] Old story', '[low] Port probe &lt;b&gt;on&lt;/b&gt; build-3']],
    ['author=otto', ['Report: odd mail']],
    ['state=all&q=PRINTER+old', ['[low] Old story']],
    ['q=%23' + '1', ['[high] Mining on web-01']],
    ['q=nothing+like+it', []],
  ])('filters by %s', async (query, titles) => {
    expect(titlesIn((await visitor.get(`/acme/soc/issues?${query}`)).html)).toEqual(titles);
  });

  it('breaks into pages', async () => {
    await using many = await forgeInTest({ limits: false });
    for (let n = 1; n <= 31; n++) await many.app.rest.issues.create({ ...SOC, title: `n${n}` });
    const reader = await visitorOf(many.forge);
    expect(titlesIn((await reader.get('/acme/soc/issues')).html)).toHaveLength(30);
    expect(titlesIn((await reader.get('/acme/soc/issues?page=2')).html)).toEqual(['n1']);
  });
});

describe('an issue', () => {
  it('shows title, state, labels, body and comments', async () => {
    await t.person('hana').rest.issues.createComment({ ...SOC, issue_number: 1, body: 'I look, @ken.' });
    const { html } = await visitor.get('/acme/soc/issues/1');
    expect(html).toContain('<h1>[high] Mining on web-01');
    expect(html).toContain('<span class="state open">open</span>');
    expect(html).toMatch(/<span class="label"[^>]*><svg.*?fill="#ededed"\/><\/svg>severity: high<\/span>/);
    expect(html).toContain('<pre class="mermaid">flowchart TD');
    expect(html).toContain('I look, <a href="/acme/soc/issues?author=ken" class="mention"');
    expect(html).not.toContain('style=');
  });

  it('takes a comment and closes with what was typed, then reopens', async () => {
    const post = (fields: Record<string, string>) =>
      visitor.post('/acme/soc/issues/2/comments', { as: 'hana', ...fields });
    const answer = await post({ body: 'line one\r\nline two', action: 'comment' });
    expect(answer.location).toMatch(/^\/acme\/soc\/issues\/2#issuecomment-\d+$/);
    await post({ body: 'done', action: 'close' });
    expect([(await issueOf(2)).state, (await issueOf(2)).closed_by?.login]).toEqual(['closed', 'hana']);
    const { html } = await visitor.get('/acme/soc/issues/2');
    expect(html).toContain('line one<br>\nline two');
    expect(html).toContain('closed by <b>hana</b>');
    await post({ body: '', action: 'reopen' });
    expect((await issueOf(2)).state).toBe('open');
    const bodies = (await t.app.rest.issues.listComments({ ...SOC, issue_number: 2 })).data.map((one) => one.body);
    expect(bodies).toEqual(['line one\nline two', 'done']);
    expect((await post({ body: ' ', action: 'comment' })).status).toBe(422);
  });

  it('has severity labels put on and off, and the visitor assigned', async () => {
    const toggle = (label: string) => visitor.post('/acme/soc/issues/2/labels', { toggle: label, as: 'hana' });
    await toggle('severity: critical');
    await toggle('severity: low');
    expect(labelsOf(await issueOf(2))).toEqual(['incident', 'severity: critical']);
    expect((await visitor.get('/acme/soc/issues/2')).html).toContain('value="severity: critical" aria-pressed="true"');
    const assign = (value: string) => visitor.post('/acme/soc/issues/2/assignees', { assign: value });
    await assign('on');
    expect((await issueOf(2)).assignees?.map((one) => one.login)).toEqual(['hana']);
    await assign('off');
    expect((await issueOf(2)).assignees).toEqual([]);
  });

  it('is edited by who may, and not over somebody else’s change', async () => {
    expect((await visitor.post('/_person', { as: 'ken', back: '/' })).status).toBe(303);
    const { html } = await visitor.get('/acme/soc/issues/1/edit');
    const seen = /name="seen" value="([^"]+)"/.exec(html)?.[1] ?? '';
    const edit = { title: 'New title', body: 'New body', seen };
    expect((await visitor.post('/acme/soc/issues/1/edit', edit)).status).toBe(303);
    expect((await issueOf(1)).title).toBe('New title');
    const late = await visitor.post('/acme/soc/issues/1/edit', { ...edit, title: 'Too late' });
    expect([late.status, late.html.includes('New body')]).toEqual([409, true]);
    expect((await issueOf(1)).title).toBe('New title');
  });

  it('has comments edited and deleted by their authors and by who may write, as on GitHub', async () => {
    const { data } = await t.person('hana').rest.issues.createComment({ ...SOC, issue_number: 2, body: 'first' });
    const path = `/acme/soc/comments/${data.id}/edit`;
    expect((await visitor.post(path, { body: 'x', action: 'save', as: 'otto' })).status).toBe(403);
    expect((await visitor.get('/acme/soc/issues/2')).html).not.toContain(path);
    await visitor.post(path, { body: 'second', action: 'save', as: 'hana' });
    const { html } = await visitor.get('/acme/soc/issues/2');
    expect(html).toContain('<p>second</p>');
    expect(html).toContain(path);
    expect((await visitor.get(path)).html).toContain('>\nsecond</textarea>');
    await visitor.post(path, { body: 'second', action: 'delete', as: 'ken' });
    expect((await visitor.get('/acme/soc/issues/2')).html).not.toContain('<p>second</p>');
  });

  it('says when its conversation is locked', async () => {
    const issue = { ...SOC, issue_number: 2 };
    await t.person('ken').rest.issues.lock(issue);
    expect((await visitor.get('/acme/soc/issues/2')).html).toContain('This conversation is locked');
    expect((await visitor.post('/acme/soc/issues/2/comments', { body: 'x', as: 'otto' })).status).toBe(403);
    await t.person('ken').rest.issues.unlock(issue);
  });

  it('shows no link to an issue the reader may not see', async () => {
    await t.person('hana').rest.issues.create({ owner: 'acme', repo: 'soc-config', title: 'secret' });
    const { data } = await t.person('hana').rest.issues.create({ ...SOC, title: 'x', body: 'see acme/soc-config#1' });
    const linked = async (as: string) => {
      await visitor.post('/_person', { as, back: '/' });
      return (await visitor.get(`/acme/soc/issues/${data.number}`)).html.includes('href="/acme/soc-config/issues/1"');
    };
    expect([await linked('hana'), await linked('otto')]).toEqual([true, false]);
  });

  it('says by its version when anything on it changed', async () => {
    const version = async () => (await visitor.get('/acme/soc/issues/1/version')).html;
    const first = await version();
    expect((await visitor.get('/acme/soc/issues/1')).html).toContain(`data-version="${JSON.parse(first).version}"`);
    expect(await version()).toBe(first);
    await t.app.rest.issues.createComment({ ...SOC, issue_number: 1, body: 'same second' });
    expect(await version()).not.toBe(first);
  });
});

describe('a new issue', () => {
  it('offers the forms of the repository and shows their fields', async () => {
    const choice = (await visitor.get('/acme/soc/issues/new')).html;
    expect(choice).toContain('<b>Report something suspicious</b>');
    expect(choice).toContain('Blank issue');
    const { html } = await visitor.get('/acme/soc/issues/new?template=report.yml');
    expect(html).toContain('<input name="title" value="Report: " required>');
    expect(html).toMatch(/What did you see\? \*.*<textarea name="field-what" rows="6" placeholder="" required>/s);
    expect(html).toContain('<input name="field-where"');
  });

  it('becomes the body GitHub makes of the answers', async () => {
    const fields = { template: 'report.yml', title: 'Report: fan noise', 'field-what': 'The fan\r\nspins', as: 'otto' };
    const answer = await visitor.post('/acme/soc/issues/new', {
      ...fields,
      'field-where': 'laptop-7',
      'field-when': '',
    });
    const issue = await issueOf(Number(answer.location?.split('/').at(-1)));
    expect(issue.body).toBe(
      '### What did you see?\n\nThe fan\nspins\n\n### Where?\n\nlaptop-7\n\n### When?\n\n_No response_',
    );
    expect(issue.user?.login).toBe('otto');
    const empty = await visitor.post('/acme/soc/issues/new', { ...fields, 'field-what': ' ' });
    expect([empty.status, empty.html.includes('Still empty: What did you see?')]).toEqual([422, true]);
  });

  it('can be blank', async () => {
    const fields = { template: 'blank', title: 'Hm', body: 'plain', as: 'hana' };
    const { location } = await visitor.post('/acme/soc/issues/new', fields);
    expect((await issueOf(Number(location?.split('/').at(-1)))).body).toBe('plain');
    expect((await visitor.post('/acme/soc/issues/new', { ...fields, title: ' ' })).status).toBe(422);
  });
});
