import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { languages } from '../../src/domain/locale.ts';
import type { Route } from '../../src/domain/policy.ts';
import { renderIssue } from '../../src/publish/render-issue.ts';
import { loadIncidentView } from '../../src/store/incident-view.ts';
import { saveRepositories } from '../../src/store/watched-repositories.ts';
import { derived, type Example } from '../sources/github-examples.ts';
import { within } from '../told-alerts.ts';

const created = '2026-02-20T08:00:00Z';
const later = '2026-02-22T08:00:00Z';

/** GitHub's example of an alert as it stands in a repository that is called `name` at that time. */
function told(event: string, action: string, name: string, more: object): Example {
  return derived(event, (copy) => {
    copy.action = action;
    Object.assign(copy.repository as object, { full_name: name });
    Object.assign(copy.alert, { number: 5, created_at: created, updated_at: created, state: 'open' }, more);
  });
}

const none = { fixed_at: null, resolved_at: null, resolution: null };
const kinds = [
  ['dependabot_alert', 'created', 'fixed', { state: 'fixed', fixed_at: later }],
  ['repository_vulnerability_alert', 'create', 'resolve', { fixed_at: later }],
  ['code_scanning_alert', 'created', 'fixed', { state: 'fixed', fixed_at: later }],
  ['secret_scanning_alert', 'created', 'resolved', { state: 'resolved', resolved_at: later, resolution: 'revoked' }],
] as const;

it.each(kinds)(
  '%s that ends after its repository was renamed or transferred is the same alert',
  (event, first, last, end) =>
    within(async (pipe) => {
      await pipe.receive('github', [told(event, first, 'acme/old', none)]);
      await pipe.run();
      await pipe.receive('github', [told(event, last, 'elsewhere/new', { ...end, updated_at: later })]);
      await pipe.run();
      expect(await pipe.rows('select lifecycle, count from alert')).toEqual([{ lifecycle: 'fixed', count: 2 }]);
      expect(await pipe.rows('select status, settled from incident')).toEqual([{ status: 'closed', settled: 'fixed' }]);
    }),
);

it('a place of the same rule in a renamed repository joins its issue, and the reason names it by its name', () =>
  within(async (pipe) => {
    const place = (name: string, number: number) =>
      told('code_scanning_alert', 'created', name, { ...none, number, rule: { id: 'js/xss', severity: 'error' } });
    await pipe.receive('github', [place('acme/old', 5)]);
    await pipe.run();
    await pipe.receive('github', [place('acme/new', 6)]);
    await pipe.run();
    expect(await pipe.rows('select join_reason as why from alert order by id')).toEqual([
      { why: 'first alert of this incident' },
      { why: 'shares code acme/new:js/xss, seen before and after it' },
    ]);
  }));

it('an alert stays in the room that tells of it though its repository has a name now that belongs in another', () =>
  within(async (pipe) => {
    const origin = { path: 'yagura.md', line: 2 };
    const when: Route['when'] = { repository: ['acme/old'] };
    const route = { when, to: 'acme/soc-old', because: 'x', origin };
    pipe.policy = { ...pipe.policy, rooms: [{ key: 'acme/soc-old', restricted: false, origin }], routes: [route] };
    const [event, first, last, end] = kinds[3];
    await pipe.receive('github', [told(event, first, 'acme/old', none)]);
    await pipe.run();
    await pipe.receive('github', [told(event, last, 'acme/new', { ...end, updated_at: later })]);
    await pipe.run();
    expect(await pipe.rows('select room, status from incident')).toEqual([{ room: 'acme/soc-old', status: 'closed' }]);
  }));

it('what is told of a renamed repository is told under its new name, so that its owners are found', () =>
  within(async (pipe) => {
    const called = (name: string) => ({ id: 4711, installation: 1, owner: 'Acme', name });
    const created = told('dependabot_alert', 'created', 'Acme/Old', none);
    const secret = told('secret_scanning_alert', 'created', 'Acme/Old', none);
    const { repository } = created;
    const home = { ...Object(repository), id: 4711 };
    await saveRepositories(pipe.store, pipe.now, 1, [called('Old')]);
    await pipe.receive(
      'github',
      [created, secret].map((one) => ({ ...one, repository: home })),
    );
    await pipe.run();
    await saveRepositories(pipe.store, new Date(pipe.now.getTime() + 1000), 1, [called('New')]);
    expect(
      await pipe.rows(
        `select place ->> 'repository' as place, scope ->> 'repository' as repository from alert order by id`,
      ),
    ).toEqual([
      { place: 'acme/new', repository: 'acme/new' },
      { place: null, repository: 'acme/new' },
    ]);
  }));

it('the issue of a renamed repository names it by its name now, wherever it did', () =>
  within(async (pipe) => {
    const called = (name: string) => ({ id: 4711, installation: 1, owner: 'Acme', name });
    const home = (one: Example) => ({ ...one, repository: { ...Object(one.repository), id: 4711 } });
    await saveRepositories(pipe.store, pipe.now, 1, [called('Old')]);
    await pipe.receive(
      'github',
      kinds.map(([event, first], k) => home(told(event, first, 'Acme/Old', { ...none, number: k + 1 }))),
    );
    await pipe.run();
    await saveRepositories(pipe.store, new Date(pipe.now.getTime() + 1000), 1, [called('New')]);
    const incidents = await pipe.rows<{ id: string; title: string }>('select id, title from incident order by id');
    expect(incidents.map(({ title }) => title)).toContainEqual(expect.stringMatching(/ in Acme\/New$/));
    for (const [{ id }, language] of incidents.flatMap((one) => languages.map((it) => [one, it] as const))) {
      const policy = { current: () => ({ ...pipe.policy, language }), banner: () => undefined };
      const view = await loadIncidentView(pipe.store, id, { policy, now: pipe.now });
      if (!view) throw new Error('there is no incident');
      const { title, body } = renderIssue(view);
      expect(body).toContain('`acme/new`');
      expect(`${title} ${view.incident.title} ${body}`).not.toMatch(/acme\/old/i);
    }
  }));

it('only open issues are written again when their repository was renamed; all that is stored has the new name', () =>
  within(async (pipe) => {
    const called = (name: string) => ({ id: 4711, installation: 1, owner: 'Acme', name });
    const home = (one: Example) => ({ ...one, repository: { ...Object(one.repository), id: 4711 } });
    await saveRepositories(pipe.store, pipe.now, 1, [called('Old')]);
    const secrets = [5, 6].map((number) => told('secret_scanning_alert', 'created', 'Acme/Old', { ...none, number }));
    await pipe.receive('github', secrets.map(home));
    await pipe.run();
    await pipe.close('1');
    await pipe.rows('update publication set dirty = false');
    await saveRepositories(pipe.store, new Date(pipe.now.getTime() + 1000), 1, [called('New')]);
    expect(
      await pipe.rows(
        `select i.status, p.dirty, a.scope ->> 'repository' as repository from incident i
         join alert a on a.incident_id = i.id join publication p on p.incident_id = i.id order by i.id`,
      ),
    ).toEqual([
      { status: 'closed', dirty: false, repository: 'acme/new' },
      { status: 'open', dirty: true, repository: 'acme/new' },
    ]);
  }));

const migrations = new URL('../../src/store/migrations/', import.meta.url);
const migration = readdirSync(migrations).find((name) => name.endsWith('-repository-numbers.sql')) ?? '';

/** An alert as it was stored when its repository still counted by its name. */
function before(example: Example): Example {
  const { id: _id, ...repository } = example.repository as Record<string, unknown>;
  return { ...example, repository };
}

it.each(['', 'acme/soc-cloud'])('what was stored by name in room "%s" meets what comes by number', (room) =>
  within(async (pipe) => {
    const origin = { path: 'yagura.md', line: 2 };
    const rooms = room === '' ? [] : [{ key: room, restricted: false, origin }];
    const routes = rooms.map(({ key }) => ({ when: {}, to: key, because: 'x', origin }));
    pipe.policy = { ...pipe.policy, rooms, routes };
    const acts = ['branch_protection_rule', 'deploy_key', 'member', 'public'].map((event) => derived(event, () => {}));
    const ghsa = 'GHSA-2222-3333-4444';
    const own = { event: 'repository_advisory', action: 'published', repository_advisory: { ghsa_id: ghsa } };
    const place = { package: 'left-padder', ecosystem: 'npm' };
    const world = { event: 'security_advisory', action: 'open', step: 1, security_advisory: { ghsa }, place };
    const advisories = [own, world].map((one) => ({ ...one, repository: { id: 1, full_name: 'Acme/old' } }));
    const all: Example[] = [
      ...kinds.map(([event, action]) => told(event, action, 'acme/old', none)),
      ...acts,
      ...advisories,
    ];
    const id = 4711;
    await pipe.receive('github', all.map(before));
    await pipe.run();
    const stored = await pipe.rows('select id, incident_id from alert order by id');
    expect(stored).toHaveLength(9);
    await pipe.rows(`update alert set ocsf = jsonb_set(ocsf, '{resources,0,uid}', to_jsonb($1::text))`, [String(id)]);
    await pipe.store.transaction((tx) => tx.query(readFileSync(new URL(migration, migrations), 'utf8')));
    const numbered = all.map((one) => ({ ...one, repository: { ...Object(one.repository), id } }));
    await pipe.receive('github', numbered);
    await pipe.run();
    expect(await pipe.rows('select id, incident_id from alert order by id')).toEqual(stored);
    const keys = await pipe.rows<{ key: string }>('select key from incident_span');
    const byName = keys.filter(({ key }) => /^[^:]*\/(?:code:|secret:)?[\w-]+\/[\w-]+[:#]/.test(key));
    expect(byName).toEqual([]);
    expect(keys.some(({ key }) => key.endsWith('leaked-secret/secret:4711#5'))).toBe(true);
  }),
);
