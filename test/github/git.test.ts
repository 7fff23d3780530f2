import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { scratch } from '../scratch.ts';
import { adapterInTest, config, forgeErrorOf, soc } from './adapter-in-test.ts';

let configFolder = '';
beforeAll(() => {
  configFolder = scratch('config');
  writeFileSync(join(configFolder, 'yagura.md'), '---\nmode: observe\n---\n');
  writeFileSync(join(configFolder, 'logo.png'), new Uint8Array([0x89, 0x50, 0xff, 0x00]));
});
const bytes = (text: string) => new Uint8Array(Buffer.from(text));
const text = (content: Uint8Array | undefined) => (content === undefined ? undefined : Buffer.from(content).toString());

describe('reading', () => {
  test('the files of a commit come byte for byte, only those wanted, and are fetched once', async () => {
    await using a = await adapterInTest({ configFolder });
    const head = (await a.github.head(config, 'main')) ?? '';
    expect(head).toMatch(/^[0-9a-f]{40}$/);
    const files = await a.github.files(config, head, () => true);
    expect(files.map((file) => file.path).toSorted()).toEqual(['logo.png', 'yagura.md']);
    expect(files.find((file) => file.path === 'logo.png')?.content).toEqual(new Uint8Array([0x89, 0x50, 0xff, 0x00]));
    a.requests.length = 0;
    const again = await a.github.files(config, head, (path, size) => path.endsWith('.md') && size > 0);
    expect(again.map((file) => text(file.content))).toEqual(['---\nmode: observe\n---\n']);
    expect(a.requests.filter((line) => line.includes('/git/blobs/'))).toEqual([]);
  });

  test('the tip of a branch is polled at no cost while it stands', async () => {
    await using a = await adapterInTest({ configFolder });
    const first = await a.github.head(config, 'main');
    a.requests.length = 0;
    expect(await a.github.head(config, 'main')).toBe(first);
    expect(a.requests).toEqual(['GET /repos/acme/soc-config/git/ref/heads%2Fmain 304']);
  });

  test('a missing branch, file or folder is undefined, and so is everything of an empty repository', async () => {
    await using a = await adapterInTest();
    expect(await a.github.head(soc, 'yagura/data')).toBeUndefined();
    expect(await a.github.file(soc, 'yagura/data', 'x.md')).toBeUndefined();
    expect(await a.github.file(soc, 'main', 'no/such.md')).toBeUndefined();
    expect(await a.github.file(soc, 'main', '.github')).toBeUndefined();
    expect(text(await a.github.file(soc, 'main', 'README.md'))).toMatch(/\w/);
    expect(await a.github.head(config, 'main')).toBeUndefined();
  });
});

describe('committing', () => {
  test('a missing branch begins as an orphan, the next commit builds on it', async () => {
    await using a = await adapterInTest();
    const first = await a.github.commit(soc, 'yagura/lists', 'Block one', [
      { path: 'lists/ip block.txt', content: bytes('203.0.113.7\n') },
    ]);
    const binary = new Uint8Array([0xff, 0xfe, 0x00]);
    const large = bytes('y'.repeat(150_000));
    const second = await a.github.commit(soc, 'yagura/lists', 'More', [
      { path: 'b.bin', content: binary },
      { path: 'large.ndjson', content: large },
      { path: 'bom.txt', content: bytes('\uFEFFfirst') },
    ]);
    expect(await a.github.head(soc, 'yagura/lists')).toBe(second);
    expect(text(await a.github.file(soc, 'yagura/lists', 'lists/ip block.txt'))).toBe('203.0.113.7\n');
    expect(await a.github.file(soc, 'yagura/lists', 'b.bin')).toEqual(binary);
    expect(await a.github.file(soc, 'yagura/lists', 'large.ndjson')).toEqual(large);
    expect(await a.github.file(soc, 'yagura/lists', 'bom.txt')).toEqual(bytes('\uFEFFfirst'));
    const parents = async (sha: string) => {
      const { data } = await a.t.app.rest.git.getCommit({ owner: 'acme', repo: 'soc', commit_sha: sha });
      return data.parents.map((parent) => parent.sha);
    };
    expect(await parents(first)).toEqual([]);
    expect(await parents(second)).toEqual([first]);
  });

  test('what is there already makes no commit', async () => {
    await using a = await adapterInTest();
    const files = [{ path: 'a.txt', content: bytes('same') }];
    const first = await a.github.commit(soc, 'yagura/data', 'Once', files);
    expect(await a.github.commit(soc, 'yagura/data', 'Twice', files)).toBe(first);
  });

  test('the default branch is refused, also when it changed its name', async () => {
    await using a = await adapterInTest();
    const files = [{ path: 'a.txt', content: bytes('x') }];
    expect((await forgeErrorOf(a.github.commit(soc, 'main', 'No', files))).reason).toBe('forbidden');
    await a.github.commit(soc, 'yagura/data', 'Yes', files);
    const { store } = a.t.forge.state;
    const repository = store.get('repository', a.t.seeded.repositoryIds.soc);
    if (repository) store.put('repository', { ...repository, defaultBranch: 'yagura/data' });
    expect((await forgeErrorOf(a.github.commit(soc, 'yagura/data', 'No', files))).reason).toBe('forbidden');
  });

  test('somebody else’s commit in between is built upon', async () => {
    await using a = await adapterInTest();
    await a.github.commit(soc, 'yagura/data', 'First', [{ path: 'a.txt', content: bytes('1') }]);
    const results = await Promise.all(
      ['b', 'c'].map((name) =>
        a.github.commit(soc, 'yagura/data', name, [{ path: `${name}.txt`, content: bytes(name) }]),
      ),
    );
    expect(results).toContain(await a.github.head(soc, 'yagura/data'));
    const contents = ['a', 'b', 'c'].map((name) => a.github.file(soc, 'yagura/data', `${name}.txt`));
    expect((await Promise.all(contents)).map(text)).toEqual(['1', 'b', 'c']);
  });
});

describe('pull requests', () => {
  const pull = { title: 'Add the starter', body: 'a body', files: [{ path: 'new.md', content: bytes('hello') }] };

  test('are opened from the default branch’s tip once, and found again', async () => {
    await using a = await adapterInTest({ configFolder });
    const number = await a.github.openPullRequest(config, 'yagura/starter', pull);
    expect(await a.github.openPullRequest(config, 'yagura/starter', pull)).toBe(number);
    const head = await a.github.head(config, 'yagura/starter');
    expect(await a.github.pullRequests(config)).toEqual([{ number, headSha: head }]);
    expect(text(await a.github.file(config, 'yagura/starter', 'yagura.md'))).toContain('mode: observe');
    expect(text(await a.github.file(config, 'yagura/starter', 'new.md'))).toBe('hello');
  });

  test('on a repository without a commit cannot be opened', async () => {
    await using a = await adapterInTest();
    expect((await forgeErrorOf(a.github.openPullRequest(config, 'yagura/starter', pull))).message).toContain(
      'no commit',
    );
  });
});
