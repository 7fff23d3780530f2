import { describe, expect, it } from 'vitest';
import { quietByDefault } from '../../src/domain/quiet.ts';
import { ForgeError } from '../../src/ports/forge.ts';
import { loadAlerts } from '../../src/store/incident-view.ts';
import { loadIncident } from '../../src/store/incidents.ts';
import { mendingOf } from '../../src/store/mending.ts';
import { writeRecords } from '../../src/store/raw-records.ts';
import { setAllTimesToMend } from '../../src/store/time-to-mend.ts';
import { advise, depends, look, places, stage, standing, withRepositories } from './advisory-stage.ts';
import { spine } from './spine.ts';

describe('an advisory that GitHub tells the world', () => {
  it('of a package nobody has is kept, and opens nothing', async () => {
    await using s = await spine();
    await withRepositories(s, 'shop', 'not-ours');
    await depends(s, 'shop', ['right-padder', '2.1.0'], ['left-padder', '2.4.1']);
    await depends(s, 'not-ours', ['left-padder', '2.3.0']);
    await advise(s, 'published');
    await look(s);
    await look(s, 25);
    expect((await s.store.query('select ghsa, due from advisory')).rows).toEqual([
      { ghsa: 'GHSA-2222-3333-4444', due: false },
    ]);
    expect(await standing(s)).toEqual([]);
  });

  it('of a package in three repositories is one issue, which closes when the last of them has another version', async () => {
    await using s = await spine();
    await withRepositories(s, 'shop', 'billing', 'mail', 'web');
    for (const name of ['shop', 'billing', 'mail']) await depends(s, name, ['left-padder', '2.3.0']);
    await depends(s, 'web', ['left-padder', '1.9.0']);
    await look(s);
    await advise(s, 'published');
    await look(s);
    expect(await standing(s)).toEqual([{ kind: 'vulnerability', status: 'open', settled: null, issue: '1' }]);
    expect(await places(s)).toEqual(
      ['billing', 'mail', 'shop'].map((name) => ({ repository: `acme/${name}`, lifecycle: null })),
    );
    for (const name of ['shop', 'billing']) await depends(s, name, ['left-padder', '2.4.1']);
    await look(s, 25);
    expect(await standing(s)).toMatchObject([{ status: 'open' }]);
    expect(await places(s)).toMatchObject([{ lifecycle: 'fixed' }, { lifecycle: null }, { lifecycle: 'fixed' }]);
    const incident = await loadIncident(s.store, '1');
    if (!incident) throw new Error('there is no incident');
    const loaded = await loadAlerts(s.store, '1', 1);
    expect(loaded).toHaveLength(1);
    const { mending } = await mendingOf(s.store, incident, loaded, s.policy);
    expect(mending?.all).toEqual({ places: 3, open: 1, fixed: '2.4.1' });
    await depends(s, 'mail');
    await look(s, 25);
    expect(await standing(s)).toEqual([{ kind: 'vulnerability', status: 'closed', settled: 'fixed', issue: '1' }]);
    expect((await s.issue(1)).state).toBe('closed');
    await depends(s, 'mail', ['left-padder', '2.3.0']);
    await look(s, 25);
    expect(await standing(s)).toMatchObject([{ status: 'open', issue: '1' }]);
  });

  it.each([
    ['gem', 'rubygems', { shop: '2.4.1.rc1', billing: '2.4.1-x86_64-linux', web: '2.4.1' }],
    ['composer', 'composer', { shop: 'v2.4.1-beta2', billing: '2.4.1-p1', web: '2.4.1' }],
    ['githubactions', 'actions', { shop: '2.4.0', billing: '3.*.*', web: 'v2.4.1' }],
  ])('of a package of %s goes by the order of its versions', async (type, ecosystem, versions) => {
    await using s = await spine();
    await withRepositories(s, ...Object.keys(versions));
    for (const [name, version] of Object.entries(versions)) {
      const packages = [{ purl: `pkg:${type}/acme/left-padder`, version }];
      await stage(s, 'dependencies', { repository: `acme/${name}`, packages });
    }
    const vulnerable = {
      package: { ecosystem, name: 'acme/left-padder' },
      ...{ severity: 'high', vulnerable_version_range: '>= 2.0.0, < 2.4.1' },
      first_patched_version: { identifier: '2.4.1' },
    };
    await advise(s, 'published', { vulnerabilities: [vulnerable] });
    await look(s);
    const { rows } = await s.store.query(
      `select place ->> 'repository' as repository, place -> 'certain' as certain from alert`,
    );
    expect(rows).toEqual([{ repository: 'acme/shop', certain: true }]);
  });

  it('says on the issue until when, who owns the file, and which update is open', async () => {
    await using s = await spine();
    await withRepositories(s, 'shop');
    const ken = s.a.t.person('ken').rest;
    await stage(s, 'collaborators', { repository: 'acme/shop', login: 'ken', role: 'admin' });
    const shop = { owner: 'acme', repo: 'shop' };
    const put = (path: string, text: string, branch: string) =>
      ken.repos.createOrUpdateFileContents({
        ...{ ...shop, path, branch, message: path },
        content: Buffer.from(text).toString('base64'),
      });
    const { data } = await put('.github/CODEOWNERS', '* @acme/shop-team\n', 'main');
    const branch = 'dependabot/npm_and_yarn/left-padder-2.4.1';
    await ken.git.createRef({ ...shop, ref: `refs/heads/${branch}`, sha: data.commit.sha ?? '' });
    await put('package.json', '{}', branch);
    const pull = await ken.pulls.create({ ...shop, title: 'Bump left-padder', head: branch, base: 'main' });
    const { store } = s.a.t.forge.state;
    const rewrite = (more: { userId?: number; headRepoId?: number }) => {
      const issue = store.all('issue').find(({ number, pull: part }) => part && number === pull.data.number);
      if (!issue?.pull) throw new Error('there is no pull request');
      const { headRepoId } = more;
      const part = { ...issue.pull, ...(headRepoId !== undefined && { headRepoId }) };
      store.put('issue', { ...issue, userId: more.userId ?? issue.userId, pull: part });
    };
    await depends(s, 'shop', ['left-padder', '2.3.0']);
    await advise(s, 'published');
    await look(s);
    await look(s);
    expect((await s.issue(1)).body).toContain('owner `@acme/shop-team`, no update open');
    const createdAt = '2026-01-01T00:00:00Z';
    const login = 'dependabot[bot]';
    const bot = store.put('account', { id: store.newId(), login, type: 'Bot', name: login, createdAt });
    const fork = store.all('repository').find(({ id }) => id !== pull.data.base.repo.id);
    if (!fork) throw new Error('there is one repository');
    rewrite({ userId: bot.id, headRepoId: fork.id });
    await look(s, 2);
    expect((await s.issue(1)).body).not.toContain(`acme/shop#${pull.data.number}`);
    rewrite({ headRepoId: pull.data.base.repo.id });
    await look(s, 2);
    const { supplyChain } = s.a.github;
    const limited = async () => {
      throw new ForgeError('primary-limit', 'too many');
    };
    await look(s, 2, { supplyChain: { ...supplyChain, owners: limited } });
    const unread = async () => {
      throw new ForgeError('forbidden', 'not allowed');
    };
    await look(s, 2, { supplyChain: { ...supplyChain, owners: unread, updates: unread } });
    const { body } = await s.issue(1);
    expect(body).toContain(
      `\`npm left-padder\`, \`2.3.0\` in use, vulnerable \`>= 2.0.0, < 2.4.1\`, owner \`@acme/shop-team\`, update \`acme/shop#${pull.data.number}\``,
    );
    expect(body).toMatch(/\*\*To mend: 1 of 1 by \d{4}-\d\d-\d\d\*\*, fixed in `2\.4\.1`/);
    expect(body).toContain('severity high · whether it is exploited or exposed is not known here');
    expect(body).not.toContain('/close tp');
    await look(s, 31 * 24);
    expect((await s.issue(1)).body).toContain('overdue since');
  });

  it('wakes nobody, unless it is likely to be exploited and the context says that it is exposed', async () => {
    await using s = await spine();
    await withRepositories(s, 'shop');
    await depends(s, 'shop', ['left-padder', '2.3.0']);
    await advise(s, 'published', { epss: { percentage: 0.4, percentile: 0.9 } });
    await look(s);
    const pressing = async () => (await s.store.query('select pressing from incident')).rows;
    expect(await pressing()).toEqual([{ pressing: false }]);
    const entities = [{ type: 'cloud_resource' as const, value: 'acme/shop' }];
    const origin = { path: 'context/services/shop.md', line: 1 };
    const shop = { kind: 'service' as const, name: 'shop', entities, cidr: [], shared: false, body: '', origin };
    s.policy = { ...s.policy, context: [{ ...shop, exposed: true }] };
    await setAllTimesToMend(s.store, s.policy, async () => undefined);
    expect(await pressing()).toEqual([{ pressing: true }]);
  });

  it('that is withdrawn closes its issue, and told again brings nothing twice', async () => {
    await using s = await spine();
    await withRepositories(s, 'shop');
    await depends(s, 'shop', ['left-padder', '2.3.0']);
    await advise(s, 'published');
    await look(s);
    await look(s, 25);
    expect((await s.store.query('select count from alert')).rows).toEqual([{ count: 1 }]);
    s.pass(60);
    await advise(s, 'withdrawn', { withdrawn_at: new Date(s.now()).toISOString() });
    await look(s);
    expect(await standing(s)).toMatchObject([{ status: 'closed', settled: 'dismissed' }]);
  });

  it('before a repository that has its package was connected is backlog there, unless the package came later', async () => {
    await using s = await spine({ quiet: quietByDefault });
    const stands = async () => (await s.store.query('select stands, issue from incident')).rows;
    const origins = async () =>
      (await s.store.query(`select origin from raw_record where origin ? 'repository' order by id desc limit 1`)).rows;
    const origin = { installation: s.a.t.seeded.installationId, repository: expect.any(Number) };
    const dates = { published_at: s.now().toISOString() };
    await advise(s, 'published');
    await look(s);
    s.pass(7 * 24 * 3600);
    await withRepositories(s, 'shop', 'billing');
    await depends(s, 'shop', ['left-padder', '2.3.0']);
    await depends(s, 'billing', ['right-padder', '2.3.0']);
    await look(s, 2);
    expect(await stands()).toEqual([{ stands: 'inventory', issue: null }]);
    expect(await origins()).toEqual([{ origin: { ...origin, backlog: true } }]);
    // Withdrawn, and told again: no news either.
    await advise(s, 'withdrawn', { ...dates, updated_at: s.now().toISOString(), withdrawn_at: s.now().toISOString() });
    await look(s);
    expect(await standing(s)).toMatchObject([{ status: 'closed' }]);
    s.pass(60);
    await advise(s, 'updated', { ...dates, updated_at: s.now().toISOString() });
    await look(s);
    expect(await standing(s)).toMatchObject([{ status: 'open' }]);
    expect(await stands()).toEqual([{ stands: 'inventory', issue: null }]);
    await depends(s, 'billing', ['right-padder', '2.3.0'], ['left-padder', '2.3.0']);
    await look(s, 25);
    expect(await origins()).toEqual([{ origin }]);
    expect(await stands()).not.toMatchObject([{ stands: 'inventory' }]);
  });

  it('and is withdrawn while it is held against ours is held against them again', async () => {
    await using s = await spine();
    await withRepositories(s, 'shop');
    await depends(s, 'shop', ['left-padder', '2.3.0']);
    await advise(s, 'published');
    await look(s, 0, {
      ingest: async (records) => {
        await writeRecords(s.store, s.now(), records);
        s.pass(60);
        await advise(s, 'withdrawn', { withdrawn_at: new Date(s.now()).toISOString() });
        await s.deliver();
      },
    });
    expect(await standing(s)).toMatchObject([{ status: 'open' }]);
    await look(s);
    expect(await standing(s)).toMatchObject([{ status: 'closed', settled: 'dismissed' }]);
    expect((await s.store.query('select due from advisory')).rows).toEqual([{ due: false }]);
  });

  it('ends where an installation is ours no more, and stands while the forge says of none that it is', async () => {
    await using s = await spine();
    await withRepositories(s, 'shop');
    await depends(s, 'shop', ['left-padder', '2.3.0']);
    await advise(s, 'published');
    await look(s);
    await look(s, 2, { installations: () => [] });
    expect(await standing(s)).toMatchObject([{ status: 'open' }]);
    const other = s.a.t.seeded.installationId + 1;
    const { supplyChain } = s.a.github;
    const repositories = async () => [];
    await look(s, 2, { installations: () => [other], supplyChain: { ...supplyChain, repositories } });
    expect((await s.store.query('select id from watched_repository')).rows).toEqual([]);
    expect(await standing(s)).toMatchObject([{ status: 'closed', settled: 'dismissed' }]);
  });

  it('is one issue with the advisory of our own repository that it became of', async () => {
    await using s = await spine();
    await withRepositories(s, 'shop', 'left-padder');
    await depends(s, 'shop', ['left-padder', '2.3.0']);
    const at = new Date(s.now()).toISOString();
    const own = { ghsa_id: 'GHSA-2222-3333-4444', summary: 'left-padder runs what it pads', severity: 'high' };
    const payload = { repository_advisory: { ...own, state: 'published', published_at: at, updated_at: at } };
    const told = { repository: 'acme/left-padder', event: 'repository_advisory', action: 'published', payload };
    await stage(s, 'events', told);
    await s.deliver();
    expect(await standing(s)).toMatchObject([{ kind: 'advisory', status: 'open' }]);
    await advise(s, 'published');
    await look(s);
    expect(await standing(s)).toMatchObject([{ kind: 'vulnerability', status: 'open', issue: '1' }]);
    await depends(s, 'shop');
    await look(s, 25);
    expect(await standing(s)).toMatchObject([{ status: 'closed', settled: 'fixed' }]);
  });

  it('counts by Dependabot’s word alone where Dependabot follows the package', async () => {
    await using s = await spine();
    await withRepositories(s, 'shop');
    await depends(s, 'shop', ['left-padder', '2.3.0']);
    await advise(s, 'published');
    await look(s);
    const alert = (state: string) => ({
      number: 4,
      state,
      dependency: { package: { ecosystem: 'npm', name: 'left-padder' }, manifest_path: 'package-lock.json' },
      security_advisory: { ghsa_id: 'GHSA-2222-3333-4444', summary: 'left-padder runs what it pads', severity: 'high' },
      security_vulnerability: { package: { ecosystem: 'npm', name: 'left-padder' }, severity: 'high' },
      updated_at: new Date(s.now()).toISOString(),
    });
    const tell = async (action: string, state: string) => {
      await stage(s, 'events', {
        repository: 'acme/shop',
        event: 'dependabot_alert',
        action,
        payload: { alert: alert(state) },
      });
      await s.deliver();
    };
    await tell('created', 'open');
    expect(await standing(s)).toHaveLength(1);
    s.pass(3600);
    await tell('fixed', 'fixed');
    expect(await standing(s)).toMatchObject([{ status: 'closed', settled: 'fixed' }]);
  });
});

const malware = {
  summary: 'Malware in left-padder',
  cwes: [{ cwe_id: 'CWE-506', name: 'Embedded Malicious Code' }],
};

describe('a malicious version of a package', () => {
  it('is one threat, which names repositories, lock files and the runs that may have had it, and closes by nobody', async () => {
    await using s = await spine();
    await withRepositories(s, 'shop', 'billing');
    await depends(s, 'shop', ['left-padder', '2.3.0']);
    await depends(s, 'billing', ['left-padder', '2.3.0']);
    await look(s);
    await depends(s, 'billing');
    await look(s, 25);
    const ago = (hours: number) =>
      new Date(s.now().getTime() - hours * 3_600_000).toISOString().slice(0, 19).concat('Z');
    for (const hours of [500, 30, 2])
      await stage(s, 'workflow-runs', { repository: 'acme/shop', at: ago(hours), path: '.github/workflows/ship.yml' });
    await advise(s, 'published', malware);
    await look(s);
    expect(await standing(s)).toEqual([{ kind: 'threat', status: 'open', settled: null, issue: '1' }]);
    const { body } = await s.issue(1);
    expect(body).toContain('**A malicious package, in 2 repositories**');
    expect(body).toMatch(
      /`acme\/shop`: `npm left-padder 2\.3\.0`, lock file not told; 2 runs of workflows from .* to /,
    );
    expect(body).toMatch(/`\.github\/workflows\/ship\.yml` run \d+, /);
    expect(body).toMatch(/`acme\/billing`: .*; 0 runs of workflows from /);
    await depends(s, 'shop');
    await look(s, 25);
    expect(await standing(s)).toMatchObject([{ status: 'open' }]);
    expect((await s.issue(1)).body).toContain('not there any more');
  });

  it('that was removed before the world knew of it has an issue and is told, however quiet the start', async () => {
    await using s = await spine({ quiet: quietByDefault, mention: { severity: 'high', who: ['acme/soc-responders'] } });
    await withRepositories(s, 'shop');
    await depends(s, 'shop', ['left-padder', '2.3.0']);
    await look(s);
    await depends(s, 'shop');
    await look(s, 25);
    await advise(s, 'published', malware);
    await look(s);
    expect(await standing(s)).toEqual([{ kind: 'threat', status: 'open', settled: null, issue: '1' }]);
    expect((await s.issue(1)).title).not.toContain('Inventory');
    expect(await s.ourComments(1)).toContainEqual(expect.stringContaining('@acme/soc-responders'));
  });

  it('is looked for everywhere when Dependabot finds it in one repository, and says where runs cannot be read', async () => {
    await using s = await spine();
    const { store } = s.a.t.forge.state;
    const installation = store.get('installation', s.a.t.seeded.installationId);
    if (!installation) throw new Error('there is no installation');
    const { actions: _taken, ...permissions } = installation.permissions;
    store.put('installation', { ...installation, permissions });
    await withRepositories(s, 'shop', 'billing');
    for (const name of ['shop', 'billing']) await depends(s, name, ['left-padder', '2.3.0']);
    const at = new Date(s.now()).toISOString();
    const named = { package: { ecosystem: 'npm', name: 'left-padder' }, severity: 'critical' };
    const vulnerabilities = [{ ...named, vulnerable_version_range: '= 2.3.0', first_patched_version: null }];
    const advisory = { ghsa_id: 'GHSA-2222-3333-4444', ...malware, severity: 'critical', vulnerabilities };
    const alert = {
      ...{ number: 4, state: 'open', created_at: at, updated_at: at, security_vulnerability: vulnerabilities[0] },
      dependency: { package: named.package, manifest_path: 'package-lock.json' },
      security_advisory: { ...advisory, published_at: at, updated_at: at },
    };
    const told = { repository: 'acme/shop', event: 'dependabot_alert', action: 'created', payload: { alert } };
    await stage(s, 'events', told);
    await s.deliver();
    await look(s);
    expect(await standing(s)).toMatchObject([{ kind: 'threat', status: 'open' }]);
    const { body } = await s.issue(1);
    expect(body).toContain('in 2 repositories');
    expect(body).toContain('`acme/shop`: `npm left-padder 2.3.0` in `package-lock.json`');
    expect(body).toContain('its runs of workflows could not be read (`forbidden`)');
  });
});
