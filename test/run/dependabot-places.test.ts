import { expect, it } from 'vitest';
import { depends, look, stage, withRepositories } from './advisory-stage.ts';
import { put } from './scanner-alerts.ts';
import { type Spine, spine } from './spine.ts';

/** A shop with a CODEOWNERS file, in which Dependabot found left-padder in two files. */
async function withShop(): Promise<Spine> {
  const s = await spine();
  await withRepositories(s, 'shop');
  await stage(s, 'collaborators', { repository: 'acme/shop', login: 'ken', role: 'admin' });
  await s.a.t.person('ken').rest.repos.createOrUpdateFileContents({
    ...{ owner: 'acme', repo: 'shop', path: '.github/CODEOWNERS', branch: 'main', message: 'owners' },
    content: Buffer.from('* @acme/everybody\n/web/ @acme/web-team\n*.lock @acme/build-team\n').toString('base64'),
  });
  for (const [manifest_path, fixed] of [
    ['web/package-lock.json', '2.4.1'],
    ['tools/yarn.lock', '2.5.0'],
  ])
    put(s, { scanner: 'dependabot', alert: found(manifest_path, fixed) }, 'shop');
  return s;
}

function found(manifest_path: string | undefined, fixed: string | undefined): Record<string, unknown> {
  const named = { package: { ecosystem: 'npm', name: 'left-padder' } };
  return {
    dependency: { ...named, manifest_path, scope: 'runtime', relationship: 'transitive' },
    security_vulnerability: {
      ...{ ...named, severity: 'high', vulnerable_version_range: '>= 2.0.0, < 2.4.1' },
      first_patched_version: { identifier: fixed },
    },
  };
}

const lineOf = async (s: Spine, file: string) =>
  (await s.issue(1)).body.split('\n').find((line) => line.includes(file)) ?? '';

it('a place of Dependabot names the owner of its file by the pattern that matches it', async () => {
  await using s = await withShop();
  await look(s);
  await look(s, 2);
  expect(await lineOf(s, 'web/package-lock.json')).toContain('owner `@acme/web-team`');
  expect(await lineOf(s, 'tools/yarn.lock')).toContain('owner `@acme/build-team`');
});

it('a place of Dependabot names the version that is there, as the dependency graph has it, and what mends it', async () => {
  await using s = await withShop();
  await depends(s, 'shop', ['left-padder', '2.3.0'], ['left-padder', '1.0.0'], ['other', '2.3.1']);
  await look(s);
  expect(await lineOf(s, 'web/')).toContain('`2.3.0` in use, vulnerable `>= 2.0.0, < 2.4.1`, fixed in `2.4.1`');
  expect(await lineOf(s, 'tools/')).toContain('`2.3.0` in use, vulnerable `>= 2.0.0, < 2.4.1`, fixed in `2.5.0`');
  await depends(s, 'shop', ['left-padder', '2.4.0']);
  await look(s, 25);
  expect(await lineOf(s, 'web/')).toContain('`2.4.0` in use, vulnerable `>= 2.0.0, < 2.4.1`');
});
