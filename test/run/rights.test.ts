import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Policy } from '../../src/domain/policy.ts';
import type { RepoRef } from '../../src/ports/forge.ts';
import { blockRule } from '../commands/incident-in-test.ts';
import { seedOrganization } from '../forge/second-organization.ts';
import { attackOn, hidden, labs, rooms, soc, spineInRooms } from './in-rooms.ts';
import type { Spine } from './spine.ts';

type Grants = Policy['grants'];
const nobody = { people: [], teams: [], roles: [] };

/** Who may what, as `policies/response.md` would say it. */
const byRole: Grants = {
  analyst: { ...nobody, roles: ['triage'] },
  responder: { ...nobody, roles: ['maintain'] },
};
const byTeam = (...teams: string[]): Grants => ({ analyst: nobody, responder: { ...nobody, teams } });
const byName: Grants = { analyst: nobody, responder: { ...nobody, people: ['otto'] } };

const where: Record<string, { repo: RepoRef; host: string }> = {
  'acme/soc': { repo: soc, host: 'web-1' },
  'the restricted acme/soc-private': { repo: hidden, host: 'payroll-1' },
  'acme-labs/soc': { repo: labs, host: 'lab-1' },
};

/**
 * ken and mika maintain acme/soc and hana triages it; mika maintains the restricted room, hana triages and otto reads it;
 * rin maintains acme-labs/soc, which ken, hana and otto read. `acme-labs/responders` are rin and ken.
 */
async function everybody(grants: Grants): Promise<Spine> {
  const english = rooms.map(({ key, restricted, origin }) => ({ key, restricted, origin }));
  const s = await spineInRooms({ grants, rooms: english, responses: [blockRule({ resources: ['edge'] })] });
  const { state } = s.a.t.forge;
  seedOrganization(state, { login: 'acme', repositories: { soc: { rin: 'read' }, 'soc-private': { otto: 'read' } } });
  seedOrganization(state, { login: 'acme-labs', repositories: { soc: { ken: 'read', otto: 'read', mika: 'read' } } });
  seedOrganization(state, {
    login: 'acme-shy',
    repositories: { soc: {} },
    teams: { responders: ['ken'] },
    permissions: { metadata: 'read', issues: 'write' },
  });
  return s;
}

/** What came of it, and the first words of the answer that say why. */
async function outcome(s: Spine, repo: RepoRef): Promise<string> {
  const found = await s.store.query<{ state: string; answer: string }>(
    'select k.state, k.answer from command k join comment c on c.id = k.comment_id order by c.id desc, k.line limit 1',
  );
  const { state = 'none', answer = '' } = found.rows[0] ?? {};
  const { rowCount } = await s.store.query('select 1 from task');
  const closed = (await s.issue(1, repo)).state === 'closed';
  return `${state}; ${closed ? 'closed' : 'open'}; ${rowCount > 0 ? 'acts' : 'does nothing'}: ${answer}`;
}

const closes = 'done; closed; does nothing';
const acts = /^(done|waiting); open; acts/;
const refused = 'refused; open; does nothing';

describe('who may not, across organizations and rooms', () => {
  let s: Spine;
  beforeAll(async () => {
    s = await everybody(byRole);
    for (const { host } of Object.values(where)) await s.take(attackOn(host));
  });
  afterAll(() => s[Symbol.asyncDispose]());

  it.each<[string, string, string, string, Grants, string]>([
    ['a maintainer of another organization’s room', 'rin', '/close fp x', 'acme/soc', byRole, ''],
    ['a maintainer of the default room only', 'ken', '/close fp x', 'acme-labs/soc', byRole, ''],
    [
      'who triages a room',
      'hana',
      '/approve R1',
      'the restricted acme/soc-private',
      byRole,
      'triage on acme/soc-private',
    ],
    ['who only reads the restricted room', 'otto', '/close fp x', 'the restricted acme/soc-private', byRole, ''],
    [
      'who is in no team, whatever they maintain',
      'mika',
      '/approve R1',
      'acme/soc',
      byTeam('acme-labs/responders'),
      'needs the right responder: acme-labs/responders (you: no right in policies/response.md)',
    ],
    [
      'a member of a team that the app may not read',
      'ken',
      '/approve R1',
      'acme/soc',
      byTeam('acme-shy/responders'),
      '(you: no right in policies/response.md; acme-shy/responders could not be read)',
    ],
    [
      'a member of a team of an organization without the app',
      'ken',
      '/approve R1',
      'acme/soc',
      byTeam('nowhere/responders'),
      '(you: no right in policies/response.md; nowhere/responders could not be read)',
    ],
  ])('%s (%s) types %s in %s and is refused', async (_, by, command, room, grants, because) => {
    const { repo } = where[room] ?? { repo: soc };
    s.policy = { ...s.policy, grants };
    await s.comment(by, 1, command, repo);
    const came = await outcome(s, repo);
    expect(came).toContain(`${refused}: needs the right`);
    expect(came).toContain(because);
  });
});

describe('who may, across organizations and rooms', () => {
  it.each<[string, string, string, string, Grants, string | RegExp]>([
    ['a maintainer of a room', 'rin', '/close fp x', 'acme-labs/soc', byRole, closes],
    ['who triages a room', 'hana', '/close fp x', 'the restricted acme/soc-private', byRole, closes],
    ['a maintainer of the restricted room', 'mika', '/approve R1', 'the restricted acme/soc-private', byRole, acts],
    ['a member of another organization’s team', 'ken', '/approve R1', 'acme/soc', byTeam('acme-labs/responders'), acts],
    ['a member of that team', 'rin', '/approve R1', 'acme-labs/soc', byTeam('acme-labs/responders'), acts],
    [
      'a member of a team that can be read, beside one that cannot',
      'ken',
      '/approve R1',
      'acme/soc',
      byTeam('acme-shy/responders', 'acme-labs/responders'),
      acts,
    ],
    ['whom the policy names', 'otto', '/approve R1', 'acme-labs/soc', byName, acts],
  ])('%s (%s) types %s in %s', async (_, by, command, room, grants, expected) => {
    await using s = await everybody(grants);
    const { repo, host } = where[room] ?? { repo: soc, host: '' };
    await s.take(attackOn(host));
    await s.comment(by, 1, command, repo);
    const came = await outcome(s, repo);
    if (typeof expected === 'string') expect(came).toContain(expected);
    else expect(came).toMatch(expected);
  });
});

describe('the suspect, across organizations and rooms', () => {
  it.each<[string, string, string, string, string]>([
    ['the suspect approves', 'rin', 'acme-labs/soc', '/approve R1', 'rin'],
    ['the suspect closes', 'mika', 'the restricted acme/soc-private', '/close fp it was me', 'mika'],
    ['the suspect of one room lowers it there', 'mika', 'the restricted acme/soc-private', '/severity low', 'mika'],
  ])('%s, and is refused (%s in %s)', async (_, suspect, room, command, by) => {
    await using s = await everybody(byRole);
    const { repo, host } = where[room] ?? { repo: soc, host: '' };
    await s.take(attackOn(host, { user: suspect }));
    await s.comment(by, 1, command, repo);
    expect(await outcome(s, repo)).toContain(`${refused}: you are part of this incident as`);
  });

  it('the suspect asks for an action, and may not approve it; somebody else of that room may', async () => {
    await using s = await everybody({ ...byRole, responder: { ...nobody, roles: ['maintain'], people: ['otto'] } });
    await s.take(attackOn('lab-1', { user: 'rin' }));
    await s.comment('rin', 1, '/block 203.0.113.200', labs);
    await s.comment('rin', 1, '/approve R2', labs);
    expect(await outcome(s, labs)).toContain('refused; open; does nothing');
    await s.comment('otto', 1, '/approve R2', labs);
    expect(await outcome(s, labs)).toMatch(acts);
  });

  it('whoever is the suspect in one room decides in another as ever', async () => {
    await using s = await everybody(byRole);
    await s.take(attackOn('payroll-1', { user: 'mika' }), attackOn('web-1'));
    await s.comment('mika', 1, '/close fp the scanner', soc);
    expect((await s.issue(1, soc)).state).toBe('closed');
    expect((await s.issue(1, hidden)).state).toBe('open');
  });

  it('GitHub’s own buttons count by the rights of that room: put back without, kept with', async () => {
    await using s = await everybody(byTeam('acme-labs/responders'));
    seedOrganization(s.a.t.forge.state, { login: 'acme-labs', repositories: { soc: { mika: 'maintain' } } });
    await s.take(attackOn('lab-1'));
    const close = async (login: string) => {
      const { issues } = s.a.t.person(login).rest;
      await issues.update({ owner: labs.owner, repo: labs.name, issue_number: 1, state: 'closed' });
      await s.deliver();
    };
    await close('mika');
    expect((await s.issue(1, labs)).state).toBe('open');
    await close('rin');
    expect((await s.issue(1, labs)).state).toBe('closed');
  });

  it('a responder of one room unblocks what that room blocks; of the others only a number is told', async () => {
    await using s = await everybody(byRole);
    await s.take(attackOn('payroll-1'), attackOn('web-1'), attackOn('lab-1'));
    const blocks = async () =>
      (
        await s.store.query(
          `select i.room, t.status from task t join incident i on i.id = t.incident_id order by i.room, t.number`,
        )
      ).rows;
    const active = (room: string) => ({ room, status: 'active' });
    await s.comment('mika', 1, '/approve R1', hidden);
    await s.comment('rin', 1, '/approve R1', labs);
    await s.comment('ken', 1, '/unblock 203.0.113.7', soc);
    const stays = '2 tasks of other issue repositories stay: that is for somebody with the right there';
    expect(await outcome(s, soc)).toContain(`refused; open; acts: ${stays}`);
    expect(await blocks()).toEqual([active('acme-labs/soc'), active('acme/soc-private')]);
    await s.comment('ken', 1, '/approve R1', soc);
    await s.comment('ken', 1, '/unblock 203.0.113.7', soc);
    expect((await s.ourComments(1, soc)).at(-1)).toContain(`; ${stays}`);
    expect(await blocks()).toEqual([
      { room: '', status: 'undone' },
      active('acme-labs/soc'),
      active('acme/soc-private'),
    ]);
    for (const repo of [hidden, labs]) expect((await s.ourComments(1, repo)).join('\n')).not.toContain('unblock');
  });

  it('a restricted incident cannot be taken out of its room by its number', async () => {
    await using s = await everybody(byRole);
    await s.take(attackOn('payroll-1'), attackOn('web-1'));
    await s.comment('ken', 1, '/adopt 1', soc);
    expect(await outcome(s, soc)).toContain('refused');
    const found = await s.store.query('select room, issue::int from incident order by room');
    expect(found.rows).toEqual([
      { room: '', issue: 1 },
      { room: 'acme/soc-private', issue: 1 },
    ]);
  });
});
