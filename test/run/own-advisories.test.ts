import { expect, it } from 'vitest';
import { sha256 } from '../../src/domain/canonical.ts';
import { writeRecords } from '../../src/store/raw-records.ts';
import { look, stage, standing, withRepositories } from './advisory-stage.ts';
import { type Spine, spine } from './spine.ts';

const ghsa = 'GHSA-2222-3333-4444';

/** A shop in which somebody reported a flaw, which has an issue. */
async function reported(): Promise<Spine> {
  const s = await spine();
  await withRepositories(s, 'shop');
  await look(s);
  const shop = s.a.t.forge.state.store.all('repository').find(({ name }) => name === 'shop');
  const at = new Date(s.now()).toISOString();
  const told = { ghsa_id: ghsa, summary: 'It runs what it pads', severity: 'high', state: 'triage' };
  const record = {
    ...{ event: 'repository_advisory', action: 'reported', repository: { id: shop?.id, full_name: 'acme/shop' } },
    repository_advisory: { ...told, created_at: at, updated_at: at },
  };
  const content = Buffer.from(JSON.stringify(record));
  const contentHash = sha256(content);
  await writeRecords(s.store, s.now(), [
    { source: 'github', content, contentHash, identity: contentHash, origin: { installation: 1 }, byBytes: false },
  ]);
  await stage(s, 'own-advisories', { repository: 'acme/shop', ghsa });
  await look(s);
  return s;
}

it.each(['closed', 'withdrawn'])('a report that its maintainers %s closes its issue within an hour', async (state) => {
  await using s = await reported();
  await look(s, 2);
  expect(await standing(s)).toMatchObject([{ kind: 'advisory', status: 'open', settled: null }]);
  const at = new Date(s.now()).toISOString();
  await stage(s, 'own-advisories', { repository: 'acme/shop', ghsa, fields: { state, [`${state}_at`]: at } });
  await look(s, 2);
  expect(await standing(s)).toMatchObject([{ kind: 'advisory', status: 'closed', settled: 'dismissed' }]);
  s.a.requests.length = 0;
  await look(s, 2);
  expect(s.a.requests.filter((one) => one.includes('security-advisories'))).toEqual([]);
});

it('a report that cannot be read stays open', async () => {
  await using s = await reported();
  s.a.t.forge.state.store.remove(
    'ownAdvisory',
    s.a.t.forge.state.store.all('ownAdvisory').map((one) => `${one.repoId}:${ghsa}`)[0] ?? '',
  );
  await look(s, 2);
  expect(await standing(s)).toMatchObject([{ kind: 'advisory', status: 'open' }]);
  expect(s.log.join('\n')).toContain(`${ghsa} of acme/shop`);
});
