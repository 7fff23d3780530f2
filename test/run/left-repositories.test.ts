import { describe, expect, it } from 'vitest';
import { quietByDefault } from '../../src/domain/quiet.ts';
import { type AlertRepository, scanners } from '../../src/ports/alert-lists.ts';
import { type Forge, ForgeError } from '../../src/ports/forge.ts';
import { actions, look, put } from './scanner-alerts.ts';
import { type Spine, spine } from './spine.ts';

const hour = 3600;

async function stage(s: Spine, path: string, body: object): Promise<void> {
  const { url, adminToken } = s.a.t.forge;
  const headers = { authorization: `Bearer ${adminToken}` };
  const answer = await fetch(`${url}/_admin/${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
  if (!answer.ok) throw new Error(await answer.text());
}

const cover = (s: Spine, covered: boolean) => stage(s, 'installation', { repository: 'acme/shop', covered });

/** A shop that is watched and has one open alert of each scanner, each with an issue. */
async function withShop(): Promise<Spine> {
  const s = await spine();
  await stage(s, 'repositories', { repository: 'acme/shop' });
  await cover(s, true);
  await look(s);
  s.pass(hour);
  for (const scanner of scanners) put(s, { scanner, tell: false }, 'shop');
  await look(s);
  return s;
}

async function later(s: Spine, ...seconds: number[]): Promise<void> {
  for (const one of seconds) {
    s.pass(one);
    await look(s);
  }
}

const standing = async (s: Spine) =>
  (
    await s.store.query<{ says: string }>(
      `select concat_ws(' ', i.status, a.lifecycle, a.step_why) as says from alert a
     join incident i on i.id = a.incident_id order by a.id`,
    )
  ).rows.map(({ says }) => says);

const three = (says: string) => [says, says, says];
const unwatched = 'closed dismissed the repository is not watched any more';

describe('a repository that leaves the installation', () => {
  it('takes its open alerts with it, and their issues close with that reason', async () => {
    await using s = await withShop();
    expect(await standing(s)).toEqual(three('open'));
    await cover(s, false);
    await later(s, 60, 60);
    expect(await standing(s)).toEqual(three('open'));
    await later(s, 600, 600);
    expect(await standing(s)).toEqual(three(unwatched));
    expect((await s.issue(1)).state).toBe('closed');
    expect((await s.issue(1)).body).toContain('the repository is not watched any more');
    expect(await actions(s)).toHaveLength(6);
  });

  it('while the process is killed on the way loses no alert', async () => {
    await using s = await withShop();
    await s.store.query(`
      create function killed() returns trigger language plpgsql as $$ begin raise exception 'killed'; end $$;
      create trigger killed before update of left_at on github_alert for each row
        when (new.left_at is distinct from old.left_at) execute function killed();`);
    await cover(s, false);
    await later(s, 60);
    await expect(later(s, 700)).rejects.toThrow('killed');
    await s.store.query('drop trigger killed on github_alert');
    await s.settle();
    await cover(s, true);
    await later(s, hour, hour);
    await cover(s, false);
    await later(s, 60, 700, 60);
    await cover(s, true);
    await later(s, hour, hour);
    expect((await standing(s)).map((one) => one.split(' ')[0])).toEqual(three('open'));
  });

  it('and comes back has what is still open opened again, and what was fixed meanwhile is fixed', async () => {
    await using s = await withShop();
    await cover(s, false);
    await later(s, 60, 700);
    put(s, { scanner: 'code-scanning', number: 1, alert: { state: 'fixed' }, tell: false }, 'shop');
    await later(s, 7 * 24 * hour);
    // The list of the organization is past it by now.
    put(s, { scanner: 'code-scanning', tell: false });
    await later(s, hour);
    await cover(s, true);
    await later(s, hour, hour, hour);
    const [, fixed, ...others] = await standing(s);
    expect(fixed).toMatch(/^closed fixed/);
    expect(others).toEqual(['open reopened reopened', 'open']);
    const states = await Promise.all([1, 2, 3].map(async (n) => (await s.issue(n)).state));
    expect(states.sort()).toEqual(['closed', 'open', 'open']);
    const told = await actions(s);
    await later(s, hour);
    expect(await actions(s)).toEqual(told);
  });

  it('and leaves a second time is told of a second time', async () => {
    await using s = await withShop();
    for (const covered of [false, true, false]) {
      await cover(s, covered);
      await later(s, 60, 700);
    }
    expect(await standing(s)).toEqual(three(unwatched));
  });

  it('keeps what a person closed closed, on its way out and back', async () => {
    await using s = await withShop();
    const { rows } = await s.store.query("select issue from incident where kind = 'leaked-secret'");
    await s.comment('hana', Number(rows[0]?.issue), '/close fp a test');
    await cover(s, false);
    await later(s, 60, 700);
    expect((await standing(s))[2]).toBe('closed');
    await cover(s, true);
    await later(s, hour, hour);
    expect((await standing(s))[2]).toBe('closed');
  });
});

const failing = (reason: 'unavailable' | 'not-found' | 'forbidden') => async (): Promise<AlertRepository[]> => {
  throw new ForgeError(reason, 'not now');
};

it.each([
  ['cannot be reached', () => ({ covered: failing('unavailable') })],
  ['says that it is not there', () => ({ covered: failing('not-found') })],
  ['refuses', () => ({ covered: failing('forbidden') })],
  [
    'is suspended',
    (forge: Pick<Forge, 'accounts'>) => ({
      accounts: async () => (await forge.accounts()).map((one) => ({ ...one, suspended: true })),
    }),
  ],
])('an installation that %s closes nothing, however long', async (_, change) => {
  await using s = await withShop();
  s.wrap(change);
  for (let n = 0; n < 4; n += 1) {
    s.pass(6 * hour);
    await look(s).catch(() => undefined);
  }
  expect(await standing(s)).toEqual(three('open'));
});

it('a repository that moves to another installation of ours closes nothing', async () => {
  await using s = await withShop();
  const { installationId: ours } = s.a.t.seeded;
  const other = ours + 1;
  const all = await s.a.github.covered(ours);
  const shop = all.filter(({ name }) => name === 'shop');
  s.accepted = { installationIds: [ours, other], repositories: [] };
  const account = { organization: true, suspended: false, login: 'globex', installation: other };
  s.wrap((forge) => ({
    accounts: async () => [...(await forge.accounts()), account],
    covered: async (installation) => (installation === other ? shop : all.filter(({ name }) => name !== 'shop')),
    alerts: async (list, ask) =>
      list.installation === other ? { alerts: [], next: undefined } : forge.alerts(list, ask),
  }));
  await later(s, 60, 700, 700);
  expect(await standing(s)).toEqual(three('open'));
});

it('what stood in the inventory when its repository left stands there again when it comes back', async () => {
  await using s = await spine({ quiet: quietByDefault });
  s.pipeline.policy = s.policy;
  await stage(s, 'repositories', { repository: 'acme/shop' });
  for (const scanner of scanners) put(s, { scanner, tell: false }, 'shop');
  s.pass(hour);
  await cover(s, true);
  await look(s);
  const stands = async () => (await s.store.query('select stands, status from incident')).rows;
  expect(await stands()).toEqual(three('inventory').map((one) => ({ stands: one, status: 'open' })));
  await cover(s, false);
  await later(s, 60, 700);
  expect(await stands()).toEqual(three('inventory').map((one) => ({ stands: one, status: 'closed' })));
  await cover(s, true);
  await later(s, hour, hour);
  expect(await stands()).toEqual(three('inventory').map((one) => ({ stands: one, status: 'open' })));
});

it('an installation that is gone ends what was open, and as another one has it again', async () => {
  await using s = await withShop();
  const { installationId: ours } = s.a.t.seeded;
  s.wrap(() => ({ accounts: async () => [] }));
  await later(s, 60, 700);
  expect(await standing(s)).toEqual(three(unwatched));
  put(s, { scanner: 'code-scanning', number: 1, alert: { state: 'fixed' }, tell: false }, 'shop');
  const again = ours + 1;
  s.accepted = { installationIds: [again], repositories: [] };
  s.wrap((forge) => ({
    accounts: async () => (await forge.accounts()).map((one) => ({ ...one, installation: again })),
    covered: async () => forge.covered(ours),
    alerts: async (list, ask) => forge.alerts({ ...list, installation: ours }, ask),
  }));
  await later(s, hour, hour);
  expect((await standing(s)).map((one) => one.split(' ').slice(0, 2).join(' '))).toEqual([
    'open reopened',
    'closed fixed',
    'open reopened',
  ]);
});

it.each([
  ['whose alerts the policy does not name', undefined],
  ['whose alerts the policy names', 'acme'],
])('an app that is installed anew ends nothing, and goes on where it was: %s', async (_, accept) => {
  await using s = await withShop();
  const { installationId: old } = s.a.t.seeded;
  const again = old + 1;
  const taken = (installation: number) => ({ installationIds: [installation], repositories: [] });
  // Until the new one is known to be ours.
  s.accepted = accept ? taken(old) : undefined;
  s.wrap((forge) => ({
    accounts: async () => (await forge.accounts()).map((one) => ({ ...one, installation: again })),
    covered: async () => forge.covered(old),
    alerts: async (list, ask) => forge.alerts({ ...list, installation: old }, ask),
  }));
  await later(s, 60, 700);
  expect(await standing(s)).toEqual(three('open'));
  s.accepted = taken(again);
  await later(s, 60, 700);
  expect(await standing(s)).toEqual(three('open'));
  await cover(s, false);
  await later(s, 60, 700);
  expect(await standing(s)).toEqual(three(unwatched));
});

it('what the policy accepts no more ends as well', async () => {
  await using s = await withShop();
  const { installationId, repositoryIds } = s.a.t.seeded;
  s.accepted = { installationIds: [], repositories: [{ id: repositoryIds.soc, installationId }] };
  await later(s, 60, 700);
  expect(await standing(s)).toEqual(three(unwatched));
});
