import { describe, expect, it } from 'vitest';
import { saveGood } from '../../src/policy/policy-store.ts';
import { createPolicySource } from '../../src/policy/source.ts';
import { type Forge, ForgeError, type ForgeFile } from '../../src/ports/forge.ts';
import type { Sql } from '../../src/ports/store.ts';
import { testDatabase } from '../store/postgres.ts';
import { exampleFiles, filesOf, known } from './policy-files.ts';

const repo = { owner: 'acme', name: 'soc-config' };

/** A forge that holds one repository: commits by id, a branch, and a way to be down. */
class OneRepository implements Pick<Forge, 'repository' | 'head' | 'files'> {
  branch: string | undefined;
  down: ForgeError | undefined;
  asked = 0;
  readonly #commits = new Map<string, ForgeFile[]>();

  push(digit: string, files: ForgeFile[]): string {
    this.branch = digit.repeat(40);
    this.#commits.set(this.branch, files);
    return this.branch;
  }

  async repository() {
    if (this.down) throw this.down;
    return { id: 7, ...repo, private: true, hasIssues: true, defaultBranch: 'main' };
  }

  async head(_repo: unknown, branch: string) {
    if (this.down) throw this.down;
    return branch === 'main' ? this.branch : undefined;
  }

  async files(_repo: unknown, commit: string, wanted: (path: string, size: number) => boolean) {
    if (this.down) throw this.down;
    this.asked += 1;
    const files = this.#commits.get(commit);
    if (!files) throw new ForgeError('not-found', 'no such commit', { status: 404 });
    return files.filter(({ path, content }) => wanted(path, content.byteLength));
  }
}

function start(forge: OneRepository, store: Sql) {
  const said: string[] = [];
  const log = { info: (sentence: string) => said.push(sentence), warn: (sentence: string) => said.push(sentence) };
  let at = Date.UTC(2026, 2, 1);
  const now = () => {
    at += 1_000;
    return new Date(at);
  };
  return { source: createPolicySource({ forge, repo, store, known, clock: { now }, log }), said };
}

/** `pg` has the shape of the port but for a row count that may be null. */
function sqlOf(database: Awaited<ReturnType<typeof testDatabase>>): Sql {
  return {
    async query<Row>(text: string, values: unknown[] = []) {
      const { rows, rowCount } = await database.pool.query(text, values);
      return { rows: rows as Row[], rowCount: rowCount ?? 0 };
    },
  };
}

const broken = filesOf({ 'yagura.md': '---\norganization: Acme\nmode: atuo\n---\n', 'policies/triage.md': 'x' });
const down = new ForgeError('unavailable', 'connection refused');

describe('a last good policy that this version does not understand', () => {
  const privacy = '---\nemail: mask\n---\n';
  const upgraded = (more: string) =>
    filesOf({ 'yagura.md': `---\norganization: Acme\nmode: atuo\n${more}---\n`, 'policies/privacy.md': privacy });
  const rooms = 'rooms: [{ repository: acme/soc-private, restricted: true }]\n';

  it('holds alerts and what is published where it named rooms, until one is good, and masks as before', async () => {
    await using database = await testDatabase();
    const store = sqlOf(database);
    const old = { commit: 'a'.repeat(40), files: upgraded(rooms) };
    await saveGood(store, 'acme/soc-config', old, new Date(0));
    const forge = new OneRepository();
    forge.down = down;
    const { source } = start(forge, store);
    expect(source.held()).toBeUndefined();
    await source.refresh();
    expect(source.held()).toContain('nothing is published, until a policy in acme/soc-config is good');
    expect(source.current()).toMatchObject({ commit: 'safe-defaults', privacy: { email: 'mask' } });
    forge.down = undefined;
    forge.push('b', upgraded(rooms));
    expect(await source.refresh()).toBe('broken');
    expect(source.held()).toBeDefined();
    forge.push('c', filesOf({ 'yagura.md': `---\norganization: Acme\n${rooms}---\n` }));
    expect(await source.refresh()).toBe('loaded');
    expect(source.held()).toBeUndefined();
  });

  it('holds nothing where everything goes to one repository', async () => {
    await using database = await testDatabase();
    const store = sqlOf(database);
    await saveGood(store, 'acme/soc-config', { commit: 'a'.repeat(40), files: upgraded('') }, new Date(0));
    const { source } = start(new OneRepository(), store);
    await source.refresh();
    expect(source.current().commit).toBe('safe-defaults');
    expect(source.held()).toBeUndefined();
  });
});

describe('a policy that nobody has read yet', () => {
  it('holds alerts and what is published while the forge is away, and until it first answers only', async () => {
    await using database = await testDatabase();
    const forge = new OneRepository();
    forge.down = down;
    const { source } = start(forge, sqlOf(database));
    await source.refresh();
    expect(source.held()).toContain('has never been read');
    forge.down = undefined;
    await source.refresh();
    expect(source.held()).toBeUndefined();
    forge.down = down;
    await source.refresh();
    expect(source.held()).toBeUndefined();
  });

  it('holds nothing where the app is not let in', async () => {
    await using database = await testDatabase();
    const forge = new OneRepository();
    forge.down = new ForgeError('not-found', 'no such repository', { status: 404 });
    const { source } = start(forge, sqlOf(database));
    await source.refresh();
    expect(source.held()).toBeUndefined();
  });
});

describe('the policy in force', () => {
  it('is safe defaults until a good commit is there', async () => {
    await using database = await testDatabase();
    const forge = new OneRepository();
    const { source } = start(forge, sqlOf(database));
    expect(source.current()).toMatchObject({ commit: 'safe-defaults', repository: 'acme/soc-config', mode: 'observe' });
    expect(source.banner()).toContain('has not been read yet');

    expect(await source.refresh()).toBe('unreadable');
    expect(source.banner()).toBe(
      'acme/soc-config holds no policy: there is no yagura.md on its default branch. In force: safe defaults, which observe only; nobody may act.',
    );
    forge.push('a', filesOf({ 'README.md': 'hello' }));
    expect(await source.refresh()).toBe('unchanged');
    expect(source.current().commit).toBe('safe-defaults');

    forge.push('b', broken);
    expect(await source.refresh()).toBe('broken');
    expect(source.current().commit).toBe('safe-defaults');

    const good = forge.push('c', exampleFiles('config-repo'));
    expect(await source.refresh()).toBe('loaded');
    expect(source.banner()).toBeUndefined();
    expect(source.current()).toMatchObject({ commit: good, organization: 'Acme', mode: 'approve' });
  });

  it('stays the last good one while the newest is broken, and says which and why', async () => {
    await using database = await testDatabase();
    const forge = new OneRepository();
    const { source, said } = start(forge, sqlOf(database));
    const good = forge.push('a', exampleFiles('config-repo'));
    await source.refresh();
    forge.push('b', broken);
    expect(await source.refresh()).toBe('broken');
    expect(source.current().commit).toBe(good);
    expect(source.banner()).toBe(
      'The newest policy in acme/soc-config (bbbbbbbbbbbb) is broken: policies/triage.md:1 The file has no front matter: it must begin with a line --- (and 1 more). In force: aaaaaaaaaaaa, the last good one.',
    );
    expect(said.at(-1)).toBe(source.banner());

    expect(await source.refresh()).toBe('unchanged');
    forge.branch = good;
    expect(await source.refresh()).toBe('loaded');
    expect(source.banner()).toBeUndefined();
  });

  it('stays the last good one while the newest has names and values that no database takes', async () => {
    await using database = await testDatabase();
    const forge = new OneRepository();
    const { source } = start(forge, sqlOf(database));
    forge.push('a', exampleFiles('config-repo'));
    await source.refresh();
    const mode = `${'x'.repeat(58)}😀 and more`;
    forge.push('b', filesOf({ 'yagura.md': `---\norganization: Acme\nmode: "${mode}"\n"a\\0b": 1\n---\n` }));
    expect(await source.refresh()).toBe('broken');
    expect(source.banner()).toContain('(bbbbbbbbbbbb) is broken');
  });

  it('stays in force while the forge is down, also after a restart', async () => {
    await using database = await testDatabase();
    const forge = new OneRepository();
    const good = forge.push('a', exampleFiles('config-repo'));
    const first = start(forge, sqlOf(database)).source;
    await first.refresh();
    const policy = first.current();
    forge.push('b', broken);
    await first.refresh();

    forge.down = down;
    expect(await first.refresh()).toBe('unreadable');
    const { source } = start(forge, sqlOf(database));
    expect(await source.refresh()).toBe('unreadable');
    expect(source.current()).toEqual(policy);
    expect(source.banner()).toBe(
      'The policy in acme/soc-config could not be read: the forge does not answer. In force: aaaaaaaaaaaa, the last good one.',
    );

    forge.down = undefined;
    expect(await source.refresh()).toBe('broken');
    forge.branch = good;
    expect(await source.refresh()).toBe('loaded');
  });

  it('asks for files only when the branch has moved', async () => {
    await using database = await testDatabase();
    const forge = new OneRepository();
    forge.push('a', exampleFiles('starter'));
    const { source } = start(forge, sqlOf(database));
    expect([await source.refresh(), await source.refresh(), await source.refresh()]).toEqual([
      'loaded',
      'unchanged',
      'unchanged',
    ]);
    expect(forge.asked).toBe(1);
  });

  it('ends at the newest commit when a push and the sweep ask at once', async () => {
    await using database = await testDatabase();
    const forge = new OneRepository();
    const { source } = start(forge, sqlOf(database));
    forge.push('a', exampleFiles('starter'));
    const sweep = source.refresh();
    forge.push('b', exampleFiles('config-repo'));
    await Promise.all([sweep, source.refresh()]);
    expect(source.current().commit).toBe('b'.repeat(40));
  });

  it('is not replaced by a commit that lost its files or has one that is too large', async () => {
    await using database = await testDatabase();
    const forge = new OneRepository();
    const good = forge.push('a', exampleFiles('starter'));
    const { source } = start(forge, sqlOf(database));
    await source.refresh();
    forge.push('b', []);
    expect(await source.refresh()).toBe('unreadable');
    expect(source.banner()).toContain('In force: aaaaaaaaaaaa');
    forge.push('c', [...exampleFiles('starter'), { path: 'knowledge/big.md', content: new Uint8Array(600 * 1024) }]);
    expect(await source.refresh()).toBe('broken');
    expect(source.banner()).toContain('knowledge/big.md:1 The file is larger than 512 KiB');
    expect(source.current().commit).toBe(good);
  });

  it('takes effect only once it is kept', async () => {
    await using database = await testDatabase();
    const forge = new OneRepository();
    forge.push('a', exampleFiles('starter'));
    const store = sqlOf(database);
    await database.pool.query('alter table policy_commit rename to away');
    await database.pool.query('create view policy_commit as select * from away limit 0');
    const { source } = start(forge, store);
    await expect(source.refresh()).rejects.toThrow();
    expect(source.current().commit).toBe('safe-defaults');
    await database.pool.query('drop view policy_commit');
    await database.pool.query('alter table away rename to policy_commit');
    expect(await source.refresh()).toBe('loaded');
  });

  it('keeps what was wrong with a broken commit', async () => {
    await using database = await testDatabase();
    const forge = new OneRepository();
    const commit = forge.push('a', broken);
    await start(forge, sqlOf(database)).source.refresh();
    const { rows } = await database.pool.query('select commit, status, files, problems from policy_commit');
    expect(rows).toEqual([
      {
        commit,
        status: 'broken',
        files: {},
        problems: [expect.objectContaining({ line: 1 }), expect.objectContaining({ path: 'yagura.md', line: 3 })],
      },
    ]);
  });
});
