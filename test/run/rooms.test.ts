import { describe, expect, it } from 'vitest';
import { YaguraError } from '../../src/domain/error.ts';
import { ForgeError } from '../../src/ports/forge.ts';
import { attackOn, hidden, labs, soc, spineInRooms } from './in-rooms.ts';
import type { Spine } from './spine.ts';

describe('several issue repositories', () => {
  it('an alert becomes an issue of the room its route names, and joins nothing of another room', async () => {
    await using s = await spineInRooms();
    await s.take(attackOn('web-1'), attackOn('payroll-1'), attackOn('lab-1'));
    const found = await s.store.query('select room, issue::int, status from incident order by room');
    expect(found.rows).toEqual([
      { room: '', issue: 1, status: 'open' },
      { room: 'acme-labs/soc', issue: 1, status: 'open' },
      { room: 'acme/soc-private', issue: 1, status: 'open' },
    ]);
    for (const repo of [soc, hidden, labs]) expect((await s.issue(1, repo)).state).toBe('open');
  });

  it('no text leads an alert away from the restricted room its host belongs in, nor does an earlier route', async () => {
    await using s = await spineInRooms();
    const lab = { type: 'domain' as const, value: ['lab.example.com'] };
    const origin = { path: 'yagura.md', line: 2 };
    const routes = [{ when: { entity: lab }, to: 'acme-labs/soc', because: 'labs', origin }, ...s.policy.routes];
    s.policy = { ...s.policy, routes };
    await s.take(
      attackOn('payroll-1', { message: 'asked for lab.example.com' }),
      attackOn('payroll-2', { domain: 'lab.example.com' }),
      attackOn('web-1', { message: 'asked for lab.example.com' }),
    );
    const found = await s.store.query(
      'select i.room from alert a join incident i on i.id = a.incident_id order by a.id',
    );
    expect(found.rows).toEqual([{ room: 'acme/soc-private' }, { room: 'acme/soc-private' }, { room: '' }]);
  });

  it('an incident is closed in its room, and the issues of that number elsewhere stay', async () => {
    await using s = await spineInRooms();
    await s.take(attackOn('web-1'), attackOn('payroll-1'), attackOn('lab-1'));
    await s.comment('mika', 1, '/close fp the scanner', hidden);
    expect((await s.issue(1, hidden)).state).toBe('closed');
    expect((await s.issue(1, soc)).state).toBe('open');
    expect((await s.issue(1, labs)).state).toBe('open');
    expect(await s.ourComments(1, soc)).toHaveLength(1);
  });

  it('the same alert again comes back to its own room, not to the same incident elsewhere', async () => {
    await using s = await spineInRooms();
    await s.take(attackOn('payroll-1'));
    await s.comment('mika', 1, '/close fp the scanner', hidden);
    await s.take(attackOn('payroll-1', { id: 'again' }));
    const found = await s.store.query('select room, issue::int, status from incident');
    expect(found.rows).toEqual([{ room: 'acme/soc-private', issue: 1, status: 'open' }]);
  });

  it('an issue is in the language and time zone of its room', async () => {
    await using s = await spineInRooms();
    await s.take(attackOn('web-1'), attackOn('payroll-1'));
    expect((await s.issue(1, hidden)).body).toContain('JST');
    expect((await s.issue(1, soc)).body).not.toContain('JST');
  });

  it('what a person reports in a room stays there, whatever the routes say', async () => {
    await using s = await spineInRooms();
    const body = '### What did you see?\n\nodd letters\n\n### Where?\n\npayroll-1\n';
    const { issues } = s.a.t.person('rin').rest;
    await issues.create({ owner: labs.owner, repo: labs.name, title: 'Report: odd letters', body });
    const other = s.a.t.person('ken').rest.issues;
    await other.create({ owner: soc.owner, repo: soc.name, title: 'Report: odd letters', body });
    await s.deliver();
    const found = await s.store.query('select room, issue::int, adopted from incident order by room');
    expect(found.rows).toEqual([
      { room: '', issue: 1, adopted: true },
      { room: 'acme-labs/soc', issue: 1, adopted: true },
    ]);
    expect(await s.ourComments(1, labs)).not.toEqual([]);
  });

  it('what people do by hand counts by their rights in that room', async () => {
    await using s = await spineInRooms();
    await s.take(attackOn('payroll-1'), attackOn('lab-1'));
    const close = async (by: string, repo: typeof soc) => {
      const { issues } = s.a.t.person(by).rest;
      await issues.update({ owner: repo.owner, repo: repo.name, issue_number: 1, state: 'closed' });
      await s.deliver();
    };
    await close('rin', labs);
    await close('mika', hidden);
    expect((await s.issue(1, labs)).state).toBe('closed');
    expect((await s.issue(1, hidden)).state).toBe('closed');
  });

  it('a room the app cannot reach keeps what belongs there waiting, never stops another, and gets it later', async () => {
    await using s = await spineInRooms();
    const away = s.rooms.filter(({ key }) => key === 'acme-labs/soc');
    s.rooms = s.rooms.filter(({ key }) => key !== 'acme-labs/soc');
    await s.take(attackOn('lab-1'), attackOn('web-1'));
    expect((await s.issue(1, soc)).state).toBe('open');
    expect((await s.a.github.issuesSince(labs, new Date(0))).length).toBe(0);
    expect((await s.a.github.issuesSince(soc, new Date(0))).length).toBe(1);
    s.rooms = [...s.rooms, ...away];
    await s.settle();
    expect((await s.issue(1, labs)).state).toBe('open');
  });

  it('a room that goes away while it is written to loses nothing', async () => {
    await using s = await spineInRooms();
    await s.take(attackOn('lab-1'));
    s.wrap((forge) => {
      const gone = async () => {
        throw new ForgeError('not-found', 'The app is not installed on acme-labs/soc.');
      };
      const unless =
        <Args extends [typeof soc, ...unknown[]], Result>(call: (...args: Args) => Promise<Result>) =>
        (...args: Args) =>
          args[0].owner === 'acme-labs' ? gone() : call(...args);
      return {
        createComment: unless(forge.createComment),
        repository: unless(forge.repository),
        issue: unless(forge.issue),
        updateIssue: unless(forge.updateIssue),
      };
    });
    await s.store.query(
      `insert into publication (key, kind, incident_id, text, created_at) values ('word', 'comment', 1, 'a word', $1)`,
      [s.now()],
    );
    for (let k = 0; k < 5; k += 1) {
      await s.settle();
      s.pass(700);
    }
    await s.take(attackOn('web-1'));
    expect((await s.issue(1, soc)).state).toBe('open');
    s.wrap(() => ({}));
    s.pass(700);
    await s.settle();
    expect((await s.ourComments(1, labs)).join('\n')).toContain('a word');
  });
});

/** Everything asked of the second organization fails so. */
function refusing(
  s: Spine,
  error: Error,
  ...names: ('comment' | 'repository' | 'issuesSince' | 'commentsSince' | 'roleOf')[]
): void {
  s.wrap((forge) => {
    const unless =
      <Args extends [typeof soc, ...never[]], Result>(call: (...args: Args) => Promise<Result>) =>
      (...args: Args): Promise<Result> =>
        args[0].owner === 'acme-labs' ? Promise.reject(error) : call(...args);
    const all = {
      comment: unless(forge.comment),
      repository: unless(forge.repository),
      issuesSince: unless(forge.issuesSince),
      commentsSince: unless(forge.commentsSince),
      roleOf: unless(forge.roleOf),
    };
    return Object.fromEntries(names.map((name) => [name, all[name]]));
  });
}

describe('a room the forge refuses', () => {
  const write = (s: Spine, by: string, repo: typeof soc, body: string) =>
    s.a.t.person(by).rest.issues.createComment({ owner: repo.owner, repo: repo.name, issue_number: 1, body });

  it.each([
    ['a limit', new ForgeError('primary-limit', 'no requests left', { retryAfter: 120 })],
    ['another repository under its name', new YaguraError('forge', 'acme-labs/soc is now another repository')],
  ])('keeps its own commands waiting and those of no other room: %s', async (_, error) => {
    await using s = await spineInRooms();
    await s.take(attackOn('lab-1'), attackOn('payroll-1'));
    await write(s, 'rin', labs, '/take');
    s.pass(2);
    await write(s, 'mika', hidden, '/take');
    await s.sweep();
    refusing(s, error, 'comment');
    s.pass(2);
    await s.settle();
    const states = () => s.store.query('select room, state from comment order by id');
    expect((await states()).rows).toEqual([
      { room: 'acme-labs/soc', state: 'new' },
      { room: 'acme/soc-private', state: 'done' },
    ]);
    s.wrap(() => ({}));
    s.pass(130);
    await s.settle();
    expect((await s.ourComments(1, labs)).at(-1)).toContain('rin has this');
  });

  it('loses no command while the whole room is not to be found', async () => {
    await using s = await spineInRooms();
    await s.take(attackOn('lab-1'));
    await write(s, 'rin', labs, '/take');
    await s.sweep();
    refusing(s, new ForgeError('not-found', 'The app is not installed on acme-labs/soc.'), 'comment', 'repository');
    s.pass(2);
    await s.settle();
    s.wrap(() => ({}));
    s.pass(70);
    await s.settle();
    expect((await s.ourComments(1, labs)).at(-1)).toContain('rin has this');
  });

  it('keeps what people did there by hand waiting, in its order, and no delivery of another room', async () => {
    await using s = await spineInRooms();
    await s.take(attackOn('lab-1'), attackOn('payroll-1'));
    await s.hear();
    const change = (state: 'open' | 'closed') =>
      s.a.t.person('rin').rest.issues.update({ owner: labs.owner, repo: labs.name, issue_number: 1, state });
    refusing(s, new ForgeError('primary-limit', 'no requests left', { retryAfter: 600 }), 'roleOf');
    await change('closed');
    s.pass(2);
    await write(s, 'mika', hidden, '/take');
    await change('open');
    await s.hear();
    const states = () => s.store.query('select room, status, owner from incident order by room');
    expect((await states()).rows).toEqual([
      { room: 'acme-labs/soc', status: 'open', owner: null },
      { room: 'acme/soc-private', status: 'open', owner: 'mika' },
    ]);
    s.wrap(() => ({}));
    s.pass(601);
    await s.settle();
    const by = await s.store.query(
      "select kind from ledger where kind in ('incident.closed', 'incident.reopened') order by seq",
    );
    expect(by.rows).toEqual([{ kind: 'incident.closed' }, { kind: 'incident.reopened' }]);
  });

  it('keeps nothing waiting for longer than an hour: commands run once, in their order, when it is back', async () => {
    await using s = await spineInRooms();
    await s.take(attackOn('lab-1'));
    await s.sweep();
    await s.hear();
    refusing(s, new ForgeError('primary-limit', 'no requests left', { retryAfter: 7200 }), 'commentsSince');
    await s.sweep();
    const { issues } = s.a.t.person('rin').rest;
    await write(s, 'rin', labs, '/severity low');
    const said = await write(s, 'rin', labs, 'no command');
    const on = { owner: labs.owner, repo: labs.name };
    await issues.updateComment({ ...on, comment_id: said.data.id, body: 'still none' });
    await issues.update({ ...on, issue_number: 1, state: 'closed' });
    await s.hear();
    const waiting = () => s.store.query('select event from delivery where outcome is null');
    expect((await waiting()).rowCount).toBe(4);
    s.pass(3601);
    await s.settle();
    expect((await waiting()).rowCount).toBe(0);
    const left = 'left to the sweep: its room was closed for too long';
    expect((await s.outcomes()).slice(-4)).toEqual(['comment taken', 'no command', left, left]);
    await write(s, 'rin', labs, '/severity critical');
    await s.hear();
    expect((await waiting()).rowCount).toBe(1);
    s.wrap(() => ({}));
    s.pass(3700);
    await s.settle();
    await s.sweep();
    s.pass(70);
    await s.settle();
    const ran = await s.store.query('select text, state from command order by at, comment_id');
    expect(ran.rows).toEqual([
      { text: '/severity low', state: 'done' },
      { text: '/severity critical', state: 'done' },
    ]);
    const after = await s.store.query('select severity, status, closed_by from incident');
    expect(after.rows).toEqual([{ severity: 'critical', status: 'closed', closed_by: 'rin' }]);
  });

  /** A person deletes a command there while the forge refuses to say who we are. */
  async function refusedDelivery(error: ForgeError) {
    const s = await spineInRooms();
    await s.take(attackOn('lab-1'), attackOn('payroll-1'));
    const comment_id = (await write(s, 'rin', labs, '/take')).data.id;
    await s.hear();
    const self = () => Promise.reject(error);
    s.wrap((forge) => ({
      self,
      repository: (repo) =>
        error.message === suspended && repo.owner === 'acme-labs' ? self() : forge.repository(repo),
    }));
    await s.a.t.person('rin').rest.issues.deleteComment({ owner: labs.owner, repo: labs.name, comment_id });
    s.pass(2);
    await write(s, 'mika', hidden, '/take');
    await s.hear();
    return s;
  }
  const suspended = 'This installation has been suspended';

  it.each([
    ['a limit', new ForgeError('primary-limit', 'no requests left')],
    ['a suspended installation', new ForgeError('forbidden', suspended)],
  ])('keeps what was done to a comment there waiting, and no delivery of another room: %s', async (_, error) => {
    await using s = await refusedDelivery(error);
    const owner = await s.store.query("select owner from incident where room = 'acme/soc-private'");
    expect(owner.rows).toEqual([{ owner: 'mika' }]);
    s.wrap(() => ({}));
    s.pass(601);
    await s.settle();
    expect((await s.outcomes()).slice(-2)).toEqual(['noted: comment deleted', 'comment taken']);
  });

  it('of one delivery that is refused for good it is said that it failed, and later ones are taken', async () => {
    await using s = await refusedDelivery(new ForgeError('forbidden', 'Resource not accessible by integration'));
    await write(s, 'rin', labs, '/take');
    await s.hear();
    const outcomes = await s.outcomes();
    const failed = outcomes.indexOf('failed: Resource not accessible by integration');
    expect(outcomes.slice(failed + 1).filter((one) => one === 'comment taken')).toHaveLength(2);
  });

  it('has its requests of this hour used up for itself alone: comments elsewhere are asked for as often as ever', async () => {
    await using s = await spineInRooms();
    await s.take(attackOn('lab-1'), attackOn('payroll-1'));
    const asked = async () => {
      s.a.requests.length = 0;
      const { looked } = await s.quickLook();
      return {
        looked,
        of: s.a.requests.map((line) => line.match(/repos\/(.+)\/issues\/comments/)?.[1]).filter(Boolean),
      };
    };
    const left = (n: number) => ({ left: n, limit: 5000 });
    s.wrap(() => ({ requestsLeft: async (repo) => left(repo?.owner === 'acme' ? 4000 : 100) }));
    expect(await asked()).toEqual({ looked: true, of: ['acme/soc', 'acme/soc-private'] });
    s.wrap(() => ({ requestsLeft: async () => left(100) }));
    expect(await asked()).toEqual({ looked: false, of: [] });
  });

  it('keeps no room after it from being looked at', async () => {
    await using s = await spineInRooms();
    s.rooms = s.rooms.toReversed();
    await s.take(attackOn('payroll-1'));
    refusing(s, new YaguraError('forge', 'acme-labs/soc is now another repository'), 'issuesSince', 'commentsSince');
    await write(s, 'mika', hidden, '/take');
    await s.quickLook();
    const seen = () => s.store.query('select room from comment');
    expect((await seen()).rows).toEqual([{ room: 'acme/soc-private' }]);
    s.pass(2);
    await write(s, 'mika', hidden, '/severity low');
    await s.sweep();
    expect((await seen()).rowCount).toBe(2);
    expect(s.log.join('\n')).toContain('left alone for 2 s: acme-labs/soc, because acme-labs/soc is now another');
  });

  it.each([
    ['the only room of its installation', labs, [labs], [soc, hidden]],
    ['a room beside the default one', hidden, [hidden, soc], [labs]],
    ['the default room', soc, [hidden, soc], [labs]],
  ])(
    'has its limit with the rooms of its installation and no other, until it is over: %s',
    async (_, hit, resting, others) => {
      await using s = await spineInRooms();
      s.wrap((forge) => ({
        createIssue: (repo, issue) =>
          repo.owner === hit.owner && repo.name === hit.name
            ? Promise.reject(new ForgeError('primary-limit', 'no requests left', { retryAfter: 600 }))
            : forge.createIssue(repo, issue),
      }));
      const hosts = new Map([
        [labs, 'lab-1'],
        [soc, 'web-1'],
        [hidden, 'payroll-1'],
      ]);
      await s.take(attackOn(hosts.get(hit) ?? ''));
      for (const [repo, host] of hosts) if (repo !== hit) await s.take(attackOn(host));
      for (const repo of others) expect((await s.issue(1, repo)).state).toBe('open');
      s.wrap(() => ({}));
      s.pass(300);
      await s.settle();
      for (const repo of resting) expect(await s.a.github.issuesSince(repo, new Date(0))).toHaveLength(0);
      s.pass(301);
      await s.settle();
      for (const repo of resting) expect((await s.issue(1, repo)).state).toBe('open');
    },
  );
});

describe('whose alerts are taken', () => {
  const record = (repository: string) => ({
    action: 'created',
    repository: { full_name: repository },
  });

  it('only those of accepted organizations and repositories, when the policy names them', async () => {
    await using s = await spineInRooms();
    const [, other] = s.rooms;
    const id = (name: string) => {
      const [owner = '', repo = ''] = name.split('/');
      return s.a.github.repository({ owner, name: repo }).then((found) => found.id);
    };
    s.accepted = {
      installationIds: [],
      repositories: [{ id: await id('acme-labs/infra'), installationId: other?.installationId ?? 0 }],
    };
    const deliver = async (guid: string, repository: string, installationId: number) => {
      await s.store.query(
        `insert into delivery (guid, event, payload, received_at) values ($1, 'deploy_key', $2::jsonb, $3)`,
        [
          guid,
          JSON.stringify({
            guid,
            event: 'deploy_key',
            installationId,
            repositoryId: await id(repository),
            payload: record(repository),
          }),
          s.now(),
        ],
      );
    };
    await deliver('1', 'acme-labs/infra', other?.installationId ?? 0);
    await deliver('2', 'acme-labs/soc', other?.installationId ?? 0);
    await deliver('3', 'acme/payroll-api', s.a.t.seeded.installationId);
    await s.settle();
    expect((await s.outcomes()).map((outcome) => outcome.split(':')[0])).toEqual(['alert taken', 'dropped', 'dropped']);
  });
});
