import { expect, it } from 'vitest';
import { sha256 } from '../../src/domain/canonical.ts';
import { writeRecords } from '../../src/store/raw-records.ts';
import { look, stage, standing, withRepositories } from './advisory-stage.ts';
import { type Spine, spine } from './spine.ts';

const ghsa = 'GHSA-2222-3333-4444';

/** A shop in which somebody reported flaws, each of which has an issue. */
async function reported(...ids: string[]): Promise<Spine> {
  const s = await spine();
  await withRepositories(s, 'shop');
  await look(s);
  const shop = s.a.t.forge.state.store.all('repository').find(({ name }) => name === 'shop');
  const at = new Date(s.now()).toISOString();
  for (const ghsa_id of ids.length > 0 ? ids : [ghsa]) {
    const told = { ghsa_id, summary: `${ghsa_id} runs what it pads`, severity: 'high', state: 'triage' };
    const record = {
      ...{ event: 'repository_advisory', action: 'reported', repository: { id: shop?.id, full_name: 'acme/shop' } },
      repository_advisory: { ...told, created_at: at, updated_at: at },
    };
    const content = Buffer.from(JSON.stringify(record));
    const contentHash = sha256(content);
    await writeRecords(s.store, s.now(), [
      { source: 'github', content, contentHash, identity: contentHash, origin: { installation: 1 }, byBytes: false },
    ]);
    await stage(s, 'own-advisories', { repository: 'acme/shop', ghsa: ghsa_id });
  }
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

/** The advisories that were asked for since, in turn. */
const asked = (s: Spine) => s.a.requests.splice(0).flatMap((one) => /security-advisories\/(\S+)/.exec(one)?.[1] ?? []);

it('one that its maintainers open again opens its issue again: asked once a day, for thirty days', async () => {
  await using s = await reported();
  const become = (state: string, step: string) => {
    const at = new Date(s.now()).toISOString();
    return stage(s, 'own-advisories', { repository: 'acme/shop', ghsa, fields: { state, [step]: at } });
  };
  await become('closed', 'closed_at');
  await look(s, 2);
  await look(s, 25);
  expect(await standing(s)).toMatchObject([{ status: 'closed', settled: 'dismissed' }]);
  asked(s);
  await look(s, 2);
  expect(asked(s)).toEqual([]);
  await become('draft', 'updated_at');
  await look(s, 25);
  expect(await standing(s)).toMatchObject([{ kind: 'advisory', status: 'open', settled: null }]);
  asked(s);
  await look(s, 2);
  expect(asked(s)).toEqual([ghsa]);
  await become('closed', 'closed_at');
  await look(s, 2);
  expect(await standing(s)).toMatchObject([{ kind: 'advisory', status: 'closed', settled: 'dismissed' }]);
  await look(s, 31 * 24);
  asked(s);
  await look(s, 25);
  expect(asked(s)).toEqual([]);
});

it('after a limit it goes on, when that is over, with the one that was not answered', async () => {
  const ids = ['GHSA-2222-3333-4444', 'GHSA-2222-3333-5555', 'GHSA-2222-3333-6666'];
  await using s = await reported(...ids);
  await look(s, 2);
  asked(s);
  s.a.t.forge.faults.set([{ kind: 'secondary-limit', next: 1, path: ids[1] }], 1);
  await look(s, 2);
  expect(asked(s)).toEqual(ids.slice(0, 2));
  await look(s, 0.1);
  expect(asked(s)).toEqual(ids.slice(1));
  await look(s, 0.1);
  expect(asked(s)).toEqual([]);
});

it('the next ones are found without reading all alerts', async () => {
  await using s = await spine();
  const plan = await s.store.transaction(async (tx) => {
    await tx.query('set local enable_seqscan = off');
    return tx.query(
      `explain select id from alert where source = 'github' and kind = 'advisory' and id > 7 order by id limit 20`,
    );
  });
  expect(JSON.stringify(plan.rows)).toContain('alert_own_advisory');
});
