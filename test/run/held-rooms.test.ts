import { describe, expect, it } from 'vitest';
import type { RoomRule } from '../../src/domain/policy.ts';
import { createPolicySource } from '../../src/policy/source.ts';
import { createOpenRooms } from '../../src/run/open-rooms.ts';
import { createPlace, heldForge } from '../../src/run/place.ts';
import { createReadiness } from '../../src/run/readiness.ts';
import { roomNamed } from '../../src/run/room-repository.ts';
import { readSettings } from '../../src/settings.ts';
import { createStore } from '../../src/store/store.ts';
import { seedOrganization } from '../forge/second-organization.ts';
import { adapterInTest, config, forgeErrorOf, soc } from '../github/adapter-in-test.ts';
import { testDatabase } from '../store/postgres.ts';

const origin = { path: 'yagura.md', line: 4 };
const room = (key: string): RoomRule => ({ key, restricted: false, origin });
const labs = { owner: 'acme-labs', name: 'soc' };
const issue = { title: 'x', body: '', labels: [] };

/** The held forge of the app, with a second organization, and what asks it about visibility. */
async function held() {
  const a = await adapterInTest();
  const other = seedOrganization(a.t.forge.state, {
    login: 'acme-labs',
    repositories: { soc: { rin: 'maintain' }, infra: {}, hidden: {} },
    covered: ['soc', 'infra'],
  });
  const database = await testDatabase();
  const store = createStore(database.pool);
  const make = () => createPlace({ store, forge: a.github, repo: soc, configRepo: config, onHeld: () => undefined });
  const place = await make();
  await place.hold();
  const forge = heldForge(a.github, place, (repo) => readiness.publishingStopped(repo && roomNamed(repo)));
  const known = { tools: [], actions: [], connectors: [] };
  const quiet = { info: () => undefined, warn: () => undefined };
  const clock = { now: () => new Date(), sleep: async () => undefined };
  const policy = createPolicySource({ forge, repo: config, store, known, clock, log: quiet });
  const log: string[] = [];
  const readiness = createReadiness({
    ...{ settings: readSettings({}), forge, store, policy, repo: soc, configRepo: config, place },
    log: (line) => log.push(line),
  });
  const rooms = createOpenRooms({ place, readiness, forge, clock, repo: soc, log: () => undefined });
  return {
    a,
    other,
    place,
    rooms,
    make,
    forge,
    readiness,
    log,
    async [Symbol.asyncDispose]() {
      await database[Symbol.asyncDispose]();
      await a[Symbol.asyncDispose]();
    },
  };
}

describe('the rooms a policy names', () => {
  it('are held by their numbers, and let go when the policy names them no longer', async () => {
    await using h = await held();
    await h.place.follow({ rooms: [room('acme-labs/soc')] });
    const { soc: id } = h.other.repositoryIds;
    expect(h.place.rooms()).toEqual(['', 'acme-labs/soc']);
    expect(h.place.installationOf('acme-labs/soc')).toBe(h.other.installationId);
    expect(h.place.installationOf('')).toBe(h.a.t.seeded.installationId);
    expect(h.place.ours()?.rooms).toEqual([{ key: 'acme-labs/soc', id, installationId: h.other.installationId }]);
    const again = await h.make();
    expect(again.ours()?.rooms).toEqual(h.place.ours()?.rooms);
    await h.place.follow({ rooms: [] });
    expect(h.place.rooms()).toEqual(['']);
  });

  it('one remembered from before counts for deliveries, and is read and written by name only once its name was asked for', async () => {
    await using h = await held();
    await h.place.follow({ rooms: [room('acme-labs/soc')] });
    const { store } = h.a.t.forge.state;
    const old = store.get('repository', h.other.repositoryIds.soc ?? 0);
    if (!old) throw new Error('acme-labs/soc is not seeded');
    const again = await h.make();
    expect(again.rooms()).toEqual(['']);
    store.put('repository', { ...old, name: 'moved' });
    seedOrganization(h.a.t.forge.state, { login: 'acme-labs', repositories: { soc: {} } });
    await again.follow({ rooms: [room('acme-labs/soc')] });
    expect(again.rooms()).toEqual(['']);
    expect(again.ours()?.rooms).toEqual(h.place.ours()?.rooms);
    expect(again.problems()[0]?.problem).toContain('acme-labs/soc is now another repository');
  });

  it('are asked for again when an installation changed, and only then', async () => {
    await using h = await held();
    const named = { rooms: [room('acme-labs/soc')], accept: ['acme', 'acme-labs/infra'] };
    await h.place.follow(named);
    h.a.requests.length = 0;
    await h.place.follow(named);
    expect(h.a.requests.filter((line) => line.includes('acme-labs'))).toEqual([]);
    const { store } = h.a.t.forge.state;
    const old = store.get('installation', h.other.installationId);
    if (!old) throw new Error('acme-labs has no installation');
    store.remove('installation', old.id);
    const installationId = store.newId();
    store.put('installation', { ...old, id: installationId });
    h.place.askAgain();
    await h.place.follow(named);
    expect(h.place.ours()?.rooms?.map((one) => one.installationId)).toEqual([installationId]);
    expect(h.place.ours()?.accepted?.repositories.map((one) => one.installationId)).toEqual([installationId]);
    expect(h.place.rooms()).toEqual(['', 'acme-labs/soc']);
  });

  it.each([
    ['its webhook told', true],
    ['no webhook came', false],
  ])(
    'the default one and the config repository are found again when the app was installed anew: %s',
    async (_, told) => {
      await using h = await held();
      await h.place.follow({ rooms: [] });
      const { store } = h.a.t.forge.state;
      const old = store.get('installation', h.a.t.seeded.installationId);
      if (!old) throw new Error('acme has no installation');
      store.remove('installation', old.id);
      await h.place.follow({ rooms: [] });
      expect(h.place.ours()?.installationIds).toEqual([old.id]);
      const installationId = store.newId();
      store.put('installation', { ...old, id: installationId });
      if (told) h.place.askAgain();
      await h.place.follow({ rooms: [] });
      const { soc: issueRepositoryId, socConfig: configRepositoryId } = h.a.t.seeded.repositoryIds;
      expect(h.place.ours()).toMatchObject({
        ...{ issueRepositoryId, configRepositoryId },
        installationIds: [installationId],
      });
      expect(h.place.installationOf('')).toBe(installationId);
      expect((await h.make()).ours()?.installationIds).toEqual([installationId]);
    },
  );

  it('ask for no list of installations before the forge has answered once', async () => {
    await using h = await held();
    const again = await h.make();
    h.a.requests.length = 0;
    await again.follow({ rooms: [] });
    expect(h.a.requests).toEqual([]);
    await again.hold();
    await again.follow({ rooms: [] });
    expect(h.a.requests).toContain('GET /app/installations?per_page=100&page=1 200');
  });

  it('one the app cannot see, and one that is the default itself, are named and keep no other from being held', async () => {
    await using h = await held();
    await h.place.follow({ rooms: [room('acme-labs/hidden'), room('acme/soc'), room('acme-labs/soc')] });
    expect(h.place.rooms()).toEqual(['', 'acme-labs/soc']);
    expect(await h.readiness.problems()).toEqual(
      expect.arrayContaining([
        { part: 'room acme-labs/hidden', problem: 'The app is not installed on acme-labs/hidden.' },
        { part: 'room acme/soc', problem: 'acme/soc is YAGURA_REPO itself: take it out of rooms' },
      ]),
    );
  });

  it('one that is new is not written to before its visibility was seen, and the others are', async () => {
    await using h = await held();
    await h.readiness.refresh();
    await h.place.follow({ rooms: [room('acme-labs/soc')] });
    const why = 'the visibility of acme-labs/soc is not known yet: nothing is written there until it is';
    expect(h.readiness.publishingStopped('acme-labs/soc')).toBe(why);
    expect(h.rooms.keys()).toEqual(['']);
    expect(await h.readiness.problems()).toContainEqual({ part: 'room acme-labs/soc', problem: why });
    h.a.requests.length = 0;
    const refusal = await forgeErrorOf(h.forge.createIssue(labs, issue));
    expect(refusal.message).toContain(why);
    expect(h.a.requests).toEqual([]);
    expect((await h.forge.createIssue(soc, issue)).number).toBe(1);
    await h.readiness.refresh();
    h.a.requests.length = 0;
    expect((await h.forge.createIssue(labs, issue)).number).toBe(1);
    expect(h.rooms.keys()).toEqual(['', 'acme-labs/soc']);
    expect(h.a.requests).toHaveLength(1);
    expect(h.readiness.publishingStopped('acme-labs/soc')).toBeUndefined();
  });

  it('a public one is not written to, and the others are', async () => {
    await using h = await held();
    await h.place.follow({ rooms: [room('acme-labs/soc')] });
    await h.readiness.refresh();
    expect((await h.forge.createIssue(labs, issue)).number).toBe(1);
    const { store } = h.a.t.forge.state;
    const found = store.get('repository', h.other.repositoryIds.soc ?? 0);
    if (found) store.put('repository', { ...found, private: false });
    await h.readiness.refresh();
    expect(h.readiness.publishingStopped('acme-labs/soc')).toContain('acme-labs/soc is public');
    expect(h.rooms.keys()).toEqual(['']);
    expect(h.readiness.publishingStopped()).toBeUndefined();
    const refusal = await forgeErrorOf(h.forge.createIssue(labs, issue));
    expect(refusal.message).toContain('acme-labs/soc is public');
    expect((await h.forge.createIssue(soc, issue)).number).toBe(1);
  });
});

describe('while the default room cannot be asked', () => {
  it('another one that became public is seen, and not written to', async () => {
    await using h = await held();
    await h.place.follow({ rooms: [room('acme-labs/soc')] });
    await h.readiness.refresh();
    const { forge } = h.a.t;
    const { soc: id = 0 } = h.other.repositoryIds;
    const found = forge.state.store.get('repository', id);
    if (found) forge.state.store.put('repository', { ...found, private: false });
    forge.faults.set([{ kind: 'secondary-limit', path: '/repos/acme/soc$' }], 1);
    await h.readiness.refresh();
    expect(await h.readiness.problems()).toContainEqual({
      part: 'forge',
      problem: expect.stringContaining('secondary'),
    });
    expect(h.readiness.publishingStopped('acme-labs/soc')).toContain('acme-labs/soc is public');
    expect(h.readiness.publishingStopped()).toBeUndefined();
  });
});

describe('a room that cannot be looked at', () => {
  it('is named, and stays as it was known to be, or closed when nothing was known', async () => {
    await using h = await held();
    const { faults } = h.a.t.forge;
    await h.place.follow({ rooms: [room('acme-labs/soc')] });
    const down = () => faults.set([{ kind: 'rest-502', path: '/repos/acme-labs/soc$' }], 1);
    const problem = { part: 'room acme-labs/soc', problem: expect.stringContaining('502') };
    down();
    await h.readiness.refresh();
    expect(h.rooms.keys()).toEqual(['']);
    expect(await h.readiness.problems()).toContainEqual(problem);
    faults.set([], 1);
    await h.readiness.refresh();
    down();
    await h.readiness.refresh();
    expect(h.rooms.keys()).toEqual(['', 'acme-labs/soc']);
    expect(await h.readiness.problems()).toContainEqual(problem);
    // Told that it may be public now: what was known of it counts no more.
    h.readiness.visibilityChanged();
    await h.readiness.refresh();
    expect(h.rooms.keys()).toEqual(['']);
  });
});

describe('a room without issues', () => {
  it('is named with what to do, once in the log, and only its issues wait', async () => {
    await using h = await held();
    await h.place.follow({ rooms: [room('acme-labs/soc')] });
    const why = (name: string) =>
      `issues are switched off in ${name}: what is to be read and written there waits until "Issues" is ticked again, under Features in its settings`;
    const issuesIn = async (id: number | undefined, hasIssues: boolean) => {
      const { store } = h.a.t.forge.state;
      const found = store.get('repository', id ?? 0);
      if (found) store.put('repository', { ...found, hasIssues });
      await h.readiness.refresh();
      await h.readiness.refresh();
    };
    await issuesIn(h.a.t.seeded.repositoryIds.soc, false);
    expect(h.rooms.keys()).toEqual(['acme-labs/soc']);
    expect(await h.readiness.problems()).toContainEqual({ part: 'room acme/soc', problem: why('acme/soc') });
    await h.forge.commit(soc, 'yagura/lists', 'A block', [{ path: 'lists/edge.txt', content: Buffer.from('x') }]);
    await issuesIn(h.other.repositoryIds.soc, false);
    expect(h.rooms.keys()).toEqual([]);
    expect(h.log).toEqual([why('acme/soc'), why('acme-labs/soc')]);
    await issuesIn(h.a.t.seeded.repositoryIds.soc, true);
    await issuesIn(h.other.repositoryIds.soc, true);
    expect(h.rooms.keys()).toEqual(['', 'acme-labs/soc']);
    expect((await h.readiness.problems()).map(({ part }) => part)).not.toContain('room acme/soc');
  });
});

describe('the organizations a policy accepts', () => {
  it('are known by the numbers of their installations and repositories', async () => {
    await using h = await held();
    await h.place.follow({ rooms: [], accept: ['acme', 'acme-labs/infra'] });
    expect(h.place.ours()?.accepted).toEqual({
      installationIds: [h.a.t.seeded.installationId],
      repositories: [{ id: h.other.repositoryIds.infra, installationId: h.other.installationId }],
    });
    await h.place.follow({ rooms: [] });
    expect(h.place.ours()?.accepted).toBeUndefined();
  });

  it('a repository that cannot be asked for now stays accepted as long as the policy names it', async () => {
    await using h = await held();
    await h.place.follow({ rooms: [], accept: ['acme-labs/infra', 'acme-labs/soc'] });
    const before = h.place.ours()?.accepted;
    expect(before?.repositories).toHaveLength(2);
    const { store } = h.a.t.forge.state;
    const installation = store.get('installation', h.other.installationId);
    if (!installation) throw new Error('acme-labs has no installation');
    store.put('installation', { ...installation, repositoryIds: [h.other.repositoryIds.soc ?? 0] });
    h.place.askAgain();
    await h.place.follow({ rooms: [], accept: ['acme-labs/infra', 'acme-labs/soc'] });
    expect(h.place.ours()?.accepted).toEqual(before);
    expect(h.place.problems().map(({ part }) => part)).toEqual(['accept acme-labs/infra']);
    await h.place.follow({ rooms: [], accept: ['acme-labs/soc'] });
    expect(h.place.ours()?.accepted?.repositories).toEqual(before?.repositories.slice(1));
  });

  it('one without the app is named', async () => {
    await using h = await held();
    await h.place.follow({ rooms: [], accept: ['acme', 'nowhere', 'acme-labs/hidden'] });
    expect(h.place.problems()).toEqual([
      { part: 'accept nowhere', problem: 'the app is not installed in nowhere' },
      { part: 'accept acme-labs/hidden', problem: 'The app is not installed on acme-labs/hidden.' },
    ]);
    expect(h.place.ours()?.accepted?.installationIds).toEqual([h.a.t.seeded.installationId]);
  });
});
