import { describe, expect, it } from 'vitest';
import { ForgeError } from '../../src/ports/forge.ts';
import type { SupplyChain } from '../../src/ports/supply-chain.ts';
import { advise, depends, look, places, stage, withRepositories } from './advisory-stage.ts';
import { type Spine, spine } from './spine.ts';

/** When each repository is to be read again, in hours from now. */
async function nextReads(s: Spine): Promise<Record<string, number>> {
  const { rows } = await s.store.query<{ name: string; next: Date }>(
    'select name, next_read_at as next from watched_repository order by name',
  );
  return Object.fromEntries(rows.map(({ name, next }) => [name, Math.round((next.getTime() - +s.now()) / 3_600_000)]));
}

describe('one repository', () => {
  it('with NUL in its packages and its owners keeps no other from being watched', async () => {
    await using s = await spine();
    await withRepositories(s, 'shop', 'evil');
    await stage(s, 'collaborators', { repository: 'acme/evil', login: 'ken', role: 'admin' });
    await s.a.t.person('ken').rest.repos.createOrUpdateFileContents({
      ...{ owner: 'acme', repo: 'evil', path: 'CODEOWNERS', message: 'own it' },
      content: Buffer.from('package-lock.json @acme/a\0b\n* @acme/owners\n').toString('base64'),
    });
    await depends(s, 'shop', ['left-padder', '2.3.0']);
    await depends(s, 'evil', ['left-padder', '2.3.0'], ['foo%00bar', '1.0.0']);
    await advise(s, 'published');
    await look(s);
    await look(s);
    expect(await places(s)).toEqual(['evil', 'shop'].map((name) => ({ repository: `acme/${name}`, lifecycle: null })));
    expect((await s.issue(1)).body).toContain(
      '`acme/evil`: `npm left-padder`, `2.3.0` in use, vulnerable `>= 2.0.0, < 2.4.1`, owner',
    );
    expect((await s.issue(1)).body).toContain('`@acme/owners`');
  });

  it('whose data cannot be kept is said, left for hours, and keeps no other from being read', async () => {
    await using s = await spine();
    await withRepositories(s, 'evil', 'shop');
    for (const name of ['evil', 'shop']) await depends(s, name, ['left-padder', '2.3.0']);
    await advise(s, 'published');
    await look(s);
    const { supplyChain } = s.a.github;
    const asked: string[] = [];
    const odd: typeof supplyChain = {
      ...supplyChain,
      dependencies: async (repository) => {
        asked.push(repository.name);
        const found = await supplyChain.dependencies(repository);
        return repository.name === 'evil' ? [{ ecosystem: 'npm', name: 'a\0b', version: '1.0.0' }] : found;
      },
      owners: async ({ name }) => (name === 'evil' ? '* @acme/a\0b' : '* @acme/shop-team'),
    };
    await look(s, 25, { supplyChain: odd });
    await look(s, 0, { supplyChain: odd });
    expect(asked.filter((name) => !name.startsWith('soc'))).toEqual(['evil', 'shop']);
    expect(await nextReads(s)).toMatchObject({ evil: 6, shop: 24 });
    expect((await s.issue(1)).body).toMatch(/`acme\/shop`.*owner `@acme\/shop-team`/);
    const said = s.log.filter((line) => line.startsWith('acme/evil: '));
    expect(said).toEqual([
      expect.stringContaining('what it depends on could not be kept: '),
      expect.stringContaining('its owners and updates could not be kept: '),
    ]);
    // What may pass by itself is thrown, and tried again with the rest.
    const down: typeof supplyChain = {
      ...supplyChain,
      dependencies: () => Promise.reject(Object.assign(new Error('the database is down'), { code: '57P01' })),
    };
    await expect(look(s, 25, { supplyChain: down })).rejects.toThrow('the database is down');
  });
});

describe('one organization', () => {
  it('at its limit is asked no more until it ends, and keeps no other from being read', async () => {
    await using s = await spine();
    const asked: string[] = [];
    const ours = (installation: number, count: number) =>
      Array.from({ length: count }, (_, k) => ({
        id: installation * 100 + k,
        installation,
        owner: 'o',
        name: `r${k}`,
      }));
    const supplyChain: SupplyChain = {
      ...s.a.github.supplyChain,
      repositories: async (installation) => ours(installation, installation === 1 ? 30 : 2),
      dependencies: async ({ installation, name }) => {
        asked.push(`${installation} ${name}`);
        const wait = asked.length === 1 ? { retryAfter: 600 } : {};
        if (installation === 1) throw new ForgeError('secondary-limit', 'too many', wait);
        return [];
      },
    };
    const both = { supplyChain, installations: () => [1, 2] };
    await look(s, 0, both);
    expect(asked).toEqual(['1 r0']);
    await look(s, 0, both);
    expect(asked).toEqual(['1 r0', '2 r0', '2 r1']);
    await look(s, 1, both);
    expect(asked.slice(3)).toEqual(['1 r0']);
    // Where it says no time, a minute.
    await look(s, 0, both);
    expect(asked.slice(4)).toEqual(['1 r0']);
  });
});

describe('one advisory', () => {
  it('that fails for its own reason keeps no other from being told', async () => {
    await using s = await spine();
    await withRepositories(s, 'shop');
    await depends(s, 'shop', ['left-padder', '2.3.0'], ['right-padder', '2.3.0']);
    await look(s);
    const vulnerabilities = [
      { package: { ecosystem: 'npm', name: 'right-padder' }, vulnerable_version_range: '>= 2.0.0', severity: 'high' },
    ];
    await advise(s, 'published', { ghsa_id: 'GHSA-2222-3333-5555', vulnerabilities });
    await s.deliver();
    await s.store.query(`update advisory set content = content || '{"packages": null}'`);
    await advise(s, 'published');
    await look(s);
    await look(s);
    expect(await places(s)).toEqual([{ repository: 'acme/shop', lifecycle: null }]);
    expect(s.log.filter((line) => line.startsWith('GHSA-2222-3333-5555 could not be held'))).toHaveLength(1);
  });
});
