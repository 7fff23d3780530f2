import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { scratch } from '../scratch.ts';
import { CONFIG, type ForgeInTest, forgeInTest, refusalOf, SOC } from './running-forge.ts';

const FILES = {
  'yagura.md': 'mode: observe\n',
  'a-dir/x.md': 'x\n',
  'a-dir.md': 'sorts before a-dir/\n',
  'b/c/d.md': 'd\n',
};
let folder: string;

beforeAll(() => {
  folder = scratch('config');
  for (const [path, text] of Object.entries(FILES)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
});
const head = async (t: ForgeInTest, branch = 'main') =>
  (await t.app.rest.git.getRef({ ...CONFIG, ref: `heads/${branch}` })).data.object.sha;

/** One commit on top of a branch by the git database API, as the app makes them. */
async function commitOn(t: ForgeInTest, branch: string, files: Record<string, string | null>) {
  const parent = await head(t, branch);
  const tree = await t.app.rest.git.createTree({
    ...CONFIG,
    base_tree: parent,
    tree: Object.entries(files).map(([path, content]) => {
      const file = { path, mode: '100644' as const, type: 'blob' as const };
      return content === null ? { ...file, sha: null } : { ...file, content };
    }),
  });
  const commit = { ...CONFIG, message: 'Change', tree: tree.data.sha, parents: [parent] };
  const { sha } = (await t.app.rest.git.createCommit(commit)).data;
  await t.app.rest.git.updateRef({ ...CONFIG, ref: `heads/${branch}`, sha });
  return sha;
}

describe('git objects', () => {
  it('have the SHA-1 that git itself gives them', async () => {
    await using t = await forgeInTest({ configFolder: folder });
    const { data } = await t.app.rest.repos.getCommit({ ...CONFIG, ref: 'main' });
    const git = (args: string[], env = {}) =>
      execFileSync('git', args, { cwd: folder, env: { ...process.env, ...env }, encoding: 'utf8' }).trim();
    git(['init', '-q']);
    git(['add', '-A']);
    const tree = git(['write-tree']);
    expect(data.commit.tree.sha).toBe(tree);
    const { name = '', email = '', date = '' } = data.commit.author ?? {};
    const env = { GIT_AUTHOR_NAME: name, GIT_AUTHOR_EMAIL: email, GIT_AUTHOR_DATE: date };
    const committer = { GIT_COMMITTER_NAME: name, GIT_COMMITTER_EMAIL: email, GIT_COMMITTER_DATE: date };
    const theirs = git(['commit-tree', tree, '-m', 'Start'], { ...env, ...committer });
    const ours = await t.app.rest.git.createCommit({
      ...CONFIG,
      message: 'Start\n',
      tree,
      author: { name, email, date },
    });
    expect(ours.data.sha).toBe(theirs);
    rmSync(join(folder, '.git'), { recursive: true });
  });

  it('are read as trees, blobs and contents', async () => {
    await using t = await forgeInTest({ configFolder: folder });
    const tree = await t.app.rest.git.getTree({ ...CONFIG, tree_sha: 'main', recursive: '1' });
    const blobs = tree.data.tree.filter((entry) => entry.type === 'blob');
    expect(blobs.map((entry) => entry.path).toSorted()).toEqual(Object.keys(FILES).toSorted());
    const file_sha = blobs.find((entry) => entry.path === 'b/c/d.md')?.sha ?? '';
    const blob = await t.app.rest.git.getBlob({ ...CONFIG, file_sha });
    expect(Buffer.from(blob.data.content, 'base64').toString()).toBe('d\n');
    const file = await t.app.rest.repos.getContent({ ...CONFIG, path: 'b/c/d.md', ref: 'main' });
    expect(file.data).toMatchObject({ type: 'file', path: 'b/c/d.md', sha: file_sha, size: 2 });
    const dir = await t.app.rest.repos.getContent({ ...CONFIG, path: '' });
    expect(Array.isArray(dir.data) && dir.data.map((entry) => entry.name)).toEqual([
      'a-dir.md',
      'a-dir',
      'b',
      'yagura.md',
    ]);
    expect((await refusalOf(t.app.rest.repos.getContent({ ...CONFIG, path: 'none.md' }))).status).toBe(404);
  });

  it('of an empty repository are refused with 409 and its contents with 404', async () => {
    await using t = await forgeInTest();
    expect((await refusalOf(t.app.rest.git.getTree({ ...CONFIG, tree_sha: 'main' }))).status).toBe(409);
    expect((await refusalOf(t.app.rest.repos.getContent({ ...CONFIG, path: '' }))).status).toBe(404);
    const content = Buffer.from('x').toString('base64');
    await t.app.rest.repos.createOrUpdateFileContents({ ...CONFIG, path: 'a.md', message: 'First', content });
    expect(await head(t)).toMatch(/^[0-9a-f]{40}$/);
  });
});

describe('refs', () => {
  it('move forward only, unless forced, and are created once', async () => {
    await using t = await forgeInTest({ configFolder: folder });
    const first = await head(t);
    const second = await commitOn(t, 'main', { 'new.md': 'n\n' });
    const ref = { ...CONFIG, ref: 'heads/main', sha: first };
    expect((await refusalOf(t.app.rest.git.updateRef(ref))).message).toContain('not a fast forward');
    await t.app.rest.git.createRef({ ...CONFIG, ref: 'refs/heads/yagura/data', sha: second });
    const again = await refusalOf(t.app.rest.git.createRef({ ...CONFIG, ref: 'refs/heads/yagura/data', sha: first }));
    expect(again).toMatchObject({ status: 422, message: expect.stringContaining('already exists') });
    const matching = await t.app.rest.git.listMatchingRefs({ ...CONFIG, ref: 'heads/yagura' });
    expect(matching.data.map((one) => one.ref)).toEqual(['refs/heads/yagura/data']);
    await t.app.rest.git.updateRef({ ...ref, force: true });
    expect(await head(t)).toBe(first);
    await t.app.rest.git.deleteRef({ ...CONFIG, ref: 'heads/yagura/data' });
    expect((await refusalOf(t.app.rest.git.getRef({ ...CONFIG, ref: 'heads/yagura/data' }))).status).toBe(404);
  });

  it('refuse who may not push', async () => {
    await using t = await forgeInTest({ configFolder: folder });
    const sha = (await t.app.rest.git.getRef({ ...SOC, ref: 'heads/main' })).data.object.sha;
    const branch = { ...SOC, ref: 'refs/heads/x', sha };
    expect((await refusalOf(t.person('hana').rest.git.createRef(branch))).status).toBe(403);
    expect((await t.person('ken').rest.git.createRef(branch)).status).toBe(201);
  });

  it('compare counts commits and shows files from the fork point', async () => {
    await using t = await forgeInTest({ configFolder: folder });
    await t.app.rest.git.createRef({ ...CONFIG, ref: 'refs/heads/topic', sha: await head(t) });
    await commitOn(t, 'topic', { 'yagura.md': 'mode: approve\n', 'a-dir/x.md': null });
    await commitOn(t, 'main', { 'other.md': 'o\n' });
    const { data } = await t.app.rest.repos.compareCommitsWithBasehead({ ...CONFIG, basehead: 'main...topic' });
    expect([data.status, data.ahead_by, data.behind_by]).toEqual(['diverged', 1, 1]);
    expect(data.files?.map((file) => [file.filename, file.status])).toEqual([
      ['a-dir/x.md', 'removed'],
      ['yagura.md', 'modified'],
    ]);
    expect(data.files?.[1]?.patch).toBe('@@ -1,1 +1,1 @@\n-mode: observe\n+mode: approve');
  });
});

describe('contents', () => {
  it('are written only over the version that was seen', async () => {
    await using t = await forgeInTest({ configFolder: folder });
    const put = { ...CONFIG, path: 'yagura.md', message: 'Edit', content: Buffer.from('new\n').toString('base64') };
    const { rest } = t.person('hana');
    expect((await refusalOf(rest.repos.createOrUpdateFileContents(put))).status).toBe(422);
    const stale = { ...put, sha: '0'.repeat(40) };
    expect((await refusalOf(rest.repos.createOrUpdateFileContents(stale))).status).toBe(409);
    const { data } = await rest.repos.getContent({ ...CONFIG, path: 'yagura.md' });
    const sha = Array.isArray(data) ? '' : data.sha;
    const written = await rest.repos.createOrUpdateFileContents({ ...put, sha });
    expect(written.data.commit.author?.name).toBe('Hana');
    const deletion = { ...CONFIG, path: 'yagura.md', message: 'Drop', sha: written.data.content?.sha ?? '' };
    await rest.repos.deleteFile(deletion);
    expect((await refusalOf(rest.repos.getContent({ ...CONFIG, path: 'yagura.md' }))).status).toBe(404);
  });

  it('that did not change answer 304 to their ETag', async () => {
    await using t = await forgeInTest({ configFolder: folder });
    const path = `${t.forge.apiUrl}/repos/acme/soc-config/contents/yagura.md`;
    const get = (etag?: string) =>
      fetch(path, { headers: { authorization: 'Bearer hana-token', ...(etag ? { 'if-none-match': etag } : {}) } });
    const etag = (await get()).headers.get('etag') ?? '';
    const again = await get(etag);
    expect([again.status, await again.text()]).toEqual([304, '']);
    await commitOn(t, 'main', { 'yagura.md': 'changed\n' });
    expect((await get(etag)).status).toBe(200);
  });
});
