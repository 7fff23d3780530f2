import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createPolicySource } from '../../src/policy/source.ts';
import { setUpConfig } from '../../src/run/config-setup.ts';
import { createStore } from '../../src/store/store.ts';
import { adapterInTest, config } from '../github/adapter-in-test.ts';
import { scratch } from '../scratch.ts';
import { testDatabase } from '../store/postgres.ts';

/** Set-up against a real forge whose config repository starts with `configFolder`, or as nothing. */
async function setUp(configFolder?: string) {
  const a = await adapterInTest(configFolder === undefined ? {} : { configFolder });
  const database = await testDatabase();
  const store = createStore(database.pool);
  const clock = { now: () => new Date(a.t.forge.state.clock.now()), sleep: async () => undefined };
  const quiet = { info: () => undefined, warn: () => undefined };
  const known = { tools: [], actions: [], connectors: [] };
  const policy = createPolicySource({ forge: a.github, repo: config, store, known, clock, log: quiet });
  await policy.refresh();
  const run = () => setUpConfig({ store, forge: a.github, clock, policy, configRepo: config, log: () => undefined });
  const notices = async () =>
    (await store.query<{ text: string }>(`select text from publication`)).rows.map((r) => r.text);
  return {
    a,
    policy,
    run,
    notices,
    async [Symbol.asyncDispose]() {
      await database[Symbol.asyncDispose]();
      await a[Symbol.asyncDispose]();
    },
  };
}

describe('a config repository without a policy', () => {
  it('gets the starter as a pull request where it has a default branch, once', async () => {
    const folder = scratch('empty');
    writeFileSync(join(folder, 'README.md'), 'nothing yet\n');
    await using s = await setUp(folder);
    expect(s.policy.state().is).toBe('empty');
    await s.run();
    await s.run();
    const pulls = await s.a.github.pullRequests(config);
    expect(pulls).toHaveLength(1);
    const files = await s.a.github.files(config, pulls[0]?.headSha ?? '', () => true);
    expect(files.map((f) => f.path)).toContain('yagura.md');
    expect(Buffer.from(files.find((f) => f.path === 'yagura.md')?.content ?? []).toString()).toContain('mode: observe');
    expect(await s.notices()).toEqual([]);
    rmSync(folder, { recursive: true });
  });

  it('is told by one issue what to do where it has no branch at all', async () => {
    await using s = await setUp();
    await s.run();
    await s.run();
    const notices = await s.notices();
    expect(notices).toHaveLength(1);
    expect(notices[0]).toContain('yagura init');
    expect(await s.a.github.pullRequests(config)).toEqual([]);
  });
});
