import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { scratch } from '../../scratch.ts';
import { CONFIG, type ForgeInTest, forgeInTest, SOC } from '../running-forge.ts';
import { type Visitor, visitorOf } from './visitor.ts';

const HOME = '/acme/soc-config';
const POLICY = '---\nmode: observe\n---\n# Rights <b>\n\nSee [playbooks](../README.md).\n';
let configFolder: string;
let t: ForgeInTest;
let visitor: Visitor;

beforeAll(async () => {
  configFolder = scratch('config');
  mkdirSync(join(configFolder, 'policies'));
  writeFileSync(join(configFolder, 'README.md'), '# Read me\nfirst\n');
  writeFileSync(join(configFolder, 'policies/response.md'), POLICY);
  writeFileSync(
    join(configFolder, 'lines.txt'),
    `${Array.from({ length: 40 }, (_, n) => `line ${n + 1}`).join('\n')}\n`,
  );
  writeFileSync(join(configFolder, 'bytes.bin'), Buffer.from([0, 1, 2]));
  t = await forgeInTest({ configFolder });
  visitor = await visitorOf(t.forge);
});
afterAll(async () => {
  await t[Symbol.asyncDispose]();
  rmSync(configFolder, { recursive: true });
});

const shaIn = (html: string) => /name="sha" value="([^"]+)"/.exec(html)?.[1] ?? '';

/** Edits a file by the form and gives the pull request's number. */
async function propose(path: string, content: string, as = 'hana'): Promise<number> {
  const sha = shaIn((await visitor.get(`${HOME}/edit/main/${path}`)).html);
  const fields = { sha, content, message: `Update ${path}`, body: 'Because.', as };
  const { location } = await visitor.post(`${HOME}/edit/main/${path}`, fields);
  return Number(/\/pull\/(\d+)$/.exec(location ?? '')?.[1]);
}

describe('files', () => {
  it('are listed with folders first and the read-me below', async () => {
    const { html } = await visitor.get(HOME);
    const entries = [...html.matchAll(/class="entry"[^>]*>([^<]+)</g)].map((match) => match[1]);
    expect(entries).toEqual(['policies/', 'README.md', 'bytes.bin', 'lines.txt']);
    expect(html).toContain('<h1>Read me</h1>');
    expect((await visitor.get(`${HOME}/tree/main/policies`)).html).toContain('response.md');
    expect((await visitor.get(`${HOME}/tree/main/README.md`)).location).toBe(`${HOME}/blob/main/README.md`);
  });

  it('are rendered when markdown, numbered by line when asked, and never run when raw', async () => {
    const path = `${HOME}/blob/main/policies/response.md`;
    const rendered = (await visitor.get(path)).html;
    expect(rendered).toContain('<pre><code>mode: observe</code></pre><h1>Rights &lt;b&gt;</h1>');
    expect((await visitor.get(`${path}?plain=1`)).html).toContain(
      '<tr id="L4"><th>4</th><td># Rights &lt;b&gt;</td></tr>',
    );
    const raw = await visitor.get(`${HOME}/raw/main/policies/response.md`);
    expect([raw.html, raw.headers.get('content-type')]).toEqual([POLICY, 'text/plain; charset=utf-8']);
    expect(raw.headers.get('content-security-policy')).toBe("sandbox; default-src 'none'");
    expect((await visitor.get(`${HOME}/blob/main/bytes.bin`)).html).toContain('This file is not text');
    expect((await visitor.get(`${HOME}/edit/main/bytes.bin`)).status).toBe(422);
  });

  it('are found on branches whose names contain a slash', async () => {
    const { sha } = (await t.app.rest.git.getRef({ ...SOC, ref: 'heads/main' })).data.object;
    await t.app.rest.git.createRef({ ...SOC, ref: 'refs/heads/yagura/lists', sha });
    expect((await visitor.get('/acme/soc/blob/yagura/lists/README.md')).html).toContain('Security operations');
    expect((await visitor.get('/acme/soc')).html).toContain('href="/acme/soc/tree/yagura/lists"');
    expect((await visitor.get(`/acme/soc/tree/${sha}`)).status).toBe(200);
  });
});

describe('an edit', () => {
  it('of the default branch becomes a branch, a commit and a pull request of the person', async () => {
    const number = await propose('policies/response.md', `${POLICY}\r\nMore.\r\n`);
    const pull = (await t.app.rest.pulls.get({ ...CONFIG, pull_number: number })).data;
    expect([pull.title, pull.body, pull.user?.login, pull.head.ref, pull.commits, pull.additions]).toEqual([
      'Update policies/response.md',
      'Because.',
      'hana',
      'hana-patch-1',
      1,
      2,
    ]);
    const raw = await visitor.get(`${HOME}/raw/${pull.head.ref}/policies/response.md`);
    expect(raw.html).toBe(`${POLICY}\nMore.\n`);
    expect((await visitor.get(`${HOME}/raw/main/policies/response.md`)).html).toBe(POLICY);
    expect((await visitor.get(`${HOME}/pulls`)).html).toContain('Update policies/response.md');
  });

  it('of the branch of a pull request adds a commit to it', async () => {
    const number = await propose('README.md', '# Read me\nsecond\n');
    const { head } = (await t.app.rest.pulls.get({ ...CONFIG, pull_number: number })).data;
    const path = `${HOME}/edit/${head.ref}/README.md`;
    const page = (await visitor.get(path)).html;
    expect(page).toContain(`Commit to ${head.ref}`);
    const fields = { sha: shaIn(page), content: '# Read me\nthird\n', message: 'Fix it' };
    expect((await visitor.post(path, fields)).location).toBe(`${HOME}/pull/${number}`);
    const after = (await t.app.rest.pulls.get({ ...CONFIG, pull_number: number })).data;
    expect([after.commits, after.head.sha === head.sha]).toEqual([2, false]);
  });

  it('is refused, and leaves no branch, when nothing changed, the file moved on or the person may not write', async () => {
    const branches = async () => (await visitor.get(HOME)).html.match(/hana-patch-\d/g)?.length;
    const before = await branches();
    const edit = `${HOME}/edit/main/lines.txt`;
    const sha = shaIn((await visitor.get(edit)).html);
    const raw = (await visitor.get(`${HOME}/raw/main/lines.txt`)).html;
    expect((await visitor.post(edit, { sha, content: raw, message: 'x' })).status).toBe(422);
    const stale = await visitor.post(edit, { sha: '0'.repeat(40), content: 'mine', message: 'x' });
    expect([stale.status, stale.html.includes('mine')]).toEqual([409, true]);
    expect((await visitor.post(edit, { sha, content: 'x', message: 'x', as: 'otto' })).status).toBe(404);
    const soc = await visitor.post('/acme/soc/new/main', { path: 'a.md', content: 'x', message: 'x', as: 'otto' });
    expect(soc.status).toBe(403);
    await visitor.post('/_person', { as: 'hana', back: '/' });
    expect(await branches()).toBe(before);
  });

  it('can be a new file, but not outside of the repository', async () => {
    const fields = { path: 'context/new.md', content: 'new\n', message: 'Add context' };
    const { location } = await visitor.post(`${HOME}/new/main`, fields);
    expect((await visitor.get(location ?? '')).html).toContain(
      '<b>context/new.md</b> <span class="quiet">added</span>',
    );
    expect((await visitor.post(`${HOME}/new/main`, { ...fields, path: '../x' })).status).toBe(422);
  });
});

describe('a pull request', () => {
  it('shows the failing line with its message, in the diff, beyond it and in other files', async () => {
    const lines = Array.from({ length: 40 }, (_, n) => (n === 4 ? 'broken' : `line ${n + 1}`));
    const pull_number = await propose('lines.txt', `${lines.join('\n')}\n`);
    const { head } = (await t.app.rest.pulls.get({ ...CONFIG, pull_number })).data;
    const annotation = (path: string, line: number, message: string) =>
      ({ path, start_line: line, end_line: line, annotation_level: 'failure', message }) as const;
    await t.app.rest.checks.create({
      ...CONFIG,
      name: 'Yagura policy',
      head_sha: head.sha,
      conclusion: 'failure',
      output: {
        title: '3 problems',
        summary: 'It would **not** load.',
        annotations: [
          annotation('lines.txt', 5, 'Unknown word <i>'),
          annotation('lines.txt', 30, 'Far away'),
          annotation('README.md', 2, 'Elsewhere'),
        ],
      },
    });
    const { html } = await visitor.get(`${HOME}/pull/${pull_number}`);
    expect(html).toContain('data-conclusion="failure"');
    expect(html).toContain('It would <strong>not</strong> load.');
    const row = (line: number, text: string) =>
      new RegExp(
        `<tr class="\\w+ failed" id="[^"]*-L${line}"><th>${line}</th><td><span class="sign">.</span>${text}</td></tr>\\s*<tr class="annotation failure">`,
      );
    expect(html).toMatch(row(5, 'broken'));
    expect(html).toMatch(row(30, 'line 30'));
    expect(html).toMatch(row(2, 'first'));
    expect(html).toContain('<b class="where">failure · lines.txt:5</b>');
    expect(html).toContain('Unknown word &lt;i&gt;');
    expect(html).toContain('Merge anyway');
    const run = (await t.app.rest.checks.listForRef({ ...CONFIG, ref: head.sha })).data.check_runs[0];
    const page = await visitor.get(new URL(run?.html_url ?? '').pathname);
    expect(page.location).toBe(`${HOME}/pull/${pull_number}#checks`);
  });

  it('is merged as shown, by who may, even when a check failed', async () => {
    const number = await propose('README.md', '# Read me\nmerged\n', 'mika');
    const { html } = await visitor.get(`${HOME}/pull/${number}`);
    const sha = shaIn(html);
    expect((await visitor.post(`${HOME}/pull/${number}/merge`, { sha: '0'.repeat(40) })).status).toBe(409);
    expect((await visitor.post(`${HOME}/pull/${number}/merge`, { sha, as: 'otto' })).status).toBe(404);
    await visitor.post('/_person', { as: 'ken', back: '/' });
    expect((await visitor.post(`${HOME}/pull/${number}/merge`, { sha })).status).toBe(303);
    const merged = (await visitor.get(`${HOME}/pull/${number}`)).html;
    expect(merged).toContain('<span class="state merged">merged</span>');
    const commit = /\/commit\/([0-9a-f]{40})/.exec(merged)?.[1];
    expect((await visitor.get(`${HOME}/commit/${commit}`)).html).toContain('<span class="sign">+</span>merged');
    expect((await visitor.get(`${HOME}/raw/main/README.md`)).html).toBe('# Read me\nmerged\n');
  });

  it('and an issue lead to each other when a number is looked for in the wrong place', async () => {
    expect((await visitor.get(`${HOME}/issues/1`)).location).toBe(`${HOME}/pull/1`);
    await t.app.rest.issues.create({ ...SOC, title: 'x' });
    expect((await visitor.get('/acme/soc/pull/1')).location).toBe('/acme/soc/issues/1');
  });
});
