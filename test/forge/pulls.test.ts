import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { scratch } from '../scratch.ts';
import { hookReceiver } from './hook-receiver.ts';
import { CONFIG, type ForgeInTest, forgeInTest, refusalOf } from './running-forge.ts';

let configFolder: string;
beforeAll(() => {
  configFolder = scratch('config');
  writeFileSync(join(configFolder, 'policy.md'), 'one\ntwo\nthree\n');
  writeFileSync(join(configFolder, 'other.md'), 'other\n');
});
/** Writes a file on a branch as hana, who makes the branch from main first when it is new. */
async function write(t: ForgeInTest, branch: string, path: string, text: string) {
  const { git, repos } = t.person('hana').rest;
  const { sha } = (await git.getRef({ ...CONFIG, ref: 'heads/main' })).data.object;
  await git.createRef({ ...CONFIG, ref: `refs/heads/${branch}`, sha }).catch(() => undefined);
  const { data } = await repos.getContent({ ...CONFIG, path, ref: branch });
  const file = { ...CONFIG, path, branch, message: `Edit ${path}`, content: Buffer.from(text).toString('base64') };
  return repos.createOrUpdateFileContents({ ...file, sha: Array.isArray(data) ? '' : data.sha });
}

const open = (t: ForgeInTest, head: string) =>
  t.person('hana').rest.pulls.create({ ...CONFIG, title: `From ${head}`, head, base: 'main' });

describe('pull requests', () => {
  it('merge file by file when both sides changed different files', async () => {
    await using t = await forgeInTest({ configFolder });
    await write(t, 'topic', 'policy.md', 'one\n2\nthree\n');
    const pull = (await open(t, 'topic')).data;
    expect([pull.mergeable, pull.commits, pull.additions, pull.deletions]).toEqual([true, 1, 1, 1]);
    await write(t, 'main', 'other.md', 'changed on main\n');
    const merged = await t.person('ken').rest.pulls.merge({ ...CONFIG, pull_number: pull.number });
    const commit = await t.app.rest.git.getCommit({ ...CONFIG, commit_sha: merged.data.sha });
    expect(commit.data.parents).toHaveLength(2);
    const text = async (path: string) =>
      String((await t.app.rest.repos.getContent({ ...CONFIG, path, mediaType: { format: 'raw' } })).data);
    expect(await text('policy.md')).toBe('one\n2\nthree\n');
    expect(await text('other.md')).toBe('changed on main\n');
    const after = (await t.app.rest.pulls.get({ ...CONFIG, pull_number: pull.number })).data;
    expect([after.state, after.merged, after.merged_by?.login]).toEqual(['closed', true, 'ken']);
  });

  it('are refused with 409 when both sides changed the same file, and main stays', async () => {
    await using t = await forgeInTest({ configFolder });
    await write(t, 'topic', 'policy.md', 'theirs\n');
    const pull_number = (await open(t, 'topic')).data.number;
    await write(t, 'main', 'policy.md', 'ours\n');
    const before = (await t.app.rest.git.getRef({ ...CONFIG, ref: 'heads/main' })).data.object.sha;
    expect((await t.app.rest.pulls.get({ ...CONFIG, pull_number })).data.mergeable).toBe(false);
    expect((await refusalOf(t.person('ken').rest.pulls.merge({ ...CONFIG, pull_number }))).status).toBe(409);
    expect((await t.app.rest.git.getRef({ ...CONFIG, ref: 'heads/main' })).data.object.sha).toBe(before);
  });

  it('do not merge a head other than the one that was reviewed', async () => {
    await using t = await forgeInTest({ configFolder });
    await write(t, 'topic', 'policy.md', 'a\n');
    const { number, head } = (await open(t, 'topic')).data;
    await write(t, 'topic', 'policy.md', 'b\n');
    const merge = { ...CONFIG, pull_number: number, sha: head.sha };
    expect((await refusalOf(t.person('ken').rest.pulls.merge(merge))).status).toBe(409);
  });

  it('are one per pair of branches and need a commit', async () => {
    await using t = await forgeInTest({ configFolder });
    await write(t, 'topic', 'policy.md', 'a\n');
    await open(t, 'topic');
    expect(await refusalOf(open(t, 'topic'))).toMatchObject({ status: 422 });
    expect(await refusalOf(open(t, 'main'))).toMatchObject({ status: 422 });
    expect(await refusalOf(open(t, 'missing'))).toMatchObject({ status: 422 });
    expect((await t.app.rest.pulls.list({ ...CONFIG, head: 'acme:topic' })).data).toHaveLength(1);
  });

  it('list their files with a patch', async () => {
    await using t = await forgeInTest({ configFolder });
    await write(t, 'topic', 'policy.md', 'one\ntwo and a half\nthree\n');
    const pull_number = (await open(t, 'topic')).data.number;
    const [file] = (await t.app.rest.pulls.listFiles({ ...CONFIG, pull_number })).data;
    expect(file?.patch).toBe('@@ -1,3 +1,3 @@\n one\n-two\n+two and a half\n three');
  });

  it('tell the hooks when they open, move and merge, and pushes come with their commits', async () => {
    await using receiver = await hookReceiver();
    await using t = await forgeInTest({ configFolder, webhookUrl: receiver.url });
    await write(t, 'topic', 'policy.md', 'a\n');
    const pull_number = (await open(t, 'topic')).data.number;
    await write(t, 'topic', 'policy.md', 'b\n');
    await t.person('ken').rest.pulls.merge({ ...CONFIG, pull_number });
    await t.forge.courier.idle();
    const pulls = receiver.names().filter((name) => name.startsWith('pull_request'));
    expect(pulls.toSorted()).toEqual(['pull_request.closed', 'pull_request.opened', 'pull_request.synchronize']);
    const pushes = receiver.hooks.filter((hook) => hook.event === 'push');
    const onMain = pushes.find((hook) => hook.payload.ref === 'refs/heads/main');
    expect(onMain?.payload).toMatchObject({ head_commit: { modified: ['policy.md'] }, pusher: { name: 'ken' } });
    expect(receiver.hooks.some((hook) => hook.event === 'issues')).toBe(false);
  });
});
