import { describe, expect, it } from 'vitest';
import type { ResponseRule } from '../../../src/domain/policy.ts';
import { attacker, blockRule, incidentInTest, seconds } from '../incident-in-test.ts';

const other = { type: 'ip', value: '198.51.100.9' } as const;
const third = { type: 'domain', value: 'bad.example' } as const;

const edge = {
  id: 'edge',
  connector: 'blocklist',
  settings: { list: 'edge' },
  origin: { path: 'policies/response.md', line: 3 },
};

describe('/approve', () => {
  it('runs what was shown before the comment was written, once', async () => {
    await using t = await incidentInTest();
    await t.recommend(1, attacker, seconds(-5));
    expect(await t.say('ken', '/approve r1')).toBe('waiting: approve R1: block `203.0.113[.]7` on `edge`');
    expect(await t.rows('select resource, status, approved_by from task')).toEqual([
      { resource: 'edge', status: 'planned', approved_by: ['ken'] },
    ]);
    expect(await t.say('mika', '/approve R1')).toBe(
      'refused: approve R1: block `203.0.113[.]7` on `edge`: it is executed already',
    );
    expect(await t.rows('select 1 from task')).toHaveLength(1);
  });

  it.each([
    ['without a number', '/approve', 'say which'],
    ['a number that is not there', '/approve R9', 'there is no recommendation of that number here'],
    ['something that is no number', '/approve everything', 'there is no recommendation of that number here'],
    ['what GitHub had not shown yet', '/approve R2', 'GitHub had not shown it yet'],
    ['what GitHub showed only later', '/approve R4', 'GitHub had not shown it yet'],
    ['a superseded number', '/approve R5', 'it was replaced by R6; approve that one'],
    ['a rejected one', '/approve R7', 'it is rejected already'],
    ['what is on the never-block list', '/approve R8', 'is on the never-block list'],
  ])('refuses %s', async (_, comment, because) => {
    await using t = await incidentInTest();
    await t.recommend(1, attacker, seconds(-5));
    await t.recommend(2, attacker);
    await t.recommend(3, attacker, seconds(-5));
    await t.recommend(4, attacker, seconds(1));
    await t.recommend(5, attacker, seconds(-5), {});
    await t.recommend(6, attacker, seconds(-2));
    await t.recommend(7, attacker, seconds(-5));
    await t.recommend(8, { type: 'ip', value: '10.1.2.3' }, seconds(-5));
    await t.rows(`update recommendation set status = 'replaced', replaced_by = 6 where number = 5`);
    await t.rows(`update recommendation set status = 'rejected' where number = 7`);
    const said = await t.say('ken', comment);
    expect(said).toMatch(/^refused: /);
    expect(said).toContain(because);
    expect(await t.rows('select 1 from task')).toEqual([]);
  });

  it.each([
    ['its target', `target_value = '198.51.100.9'`],
    ['its resources', `resources = '{edge,fw-b}'`],
    ['its length', 'duration = 999999'],
    ['its rule', `rule = 'another'`],
    ['its target and the hash with it', `target_value = '198.51.100.9', hash = 'f00'`],
  ])('refuses a row in which somebody swapped %s after it was shown', async (_, change) => {
    await using t = await incidentInTest();
    await t.recommend(1, attacker, seconds(-5));
    await t.rows(`update recommendation set ${change}`);
    expect(await t.say('ken', '/approve R1')).toContain('what is stored is not what was shown; nothing was done');
    expect(await t.rows('select 1 from task')).toEqual([]);
  });

  it('takes all that was open in what could be seen, and nothing that came later', async () => {
    await using t = await incidentInTest();
    await t.recommend(1, attacker, seconds(-5));
    await t.recommend(2, other, seconds(-5));
    await t.recommend(3, third, seconds(0));
    await t.recommend(4, third);
    expect((await t.answer('ken', '/approve all')).tasks).toEqual(['T1', 'T2']);
    expect(await t.rows('select target_value from task order by number')).toEqual([
      { target_value: '203.0.113.7' },
      { target_value: '198.51.100.9' },
    ]);
  });

  it('says in "all" what was replaced since it was read, and keeps quiet about what was replaced before', async () => {
    await using t = await incidentInTest();
    await t.recommend(1, attacker, seconds(-50));
    await t.recommend(2, attacker, seconds(-40));
    await t.recommend(3, other, seconds(-30));
    await t.recommend(4, other, seconds(5));
    await t.rows(`update recommendation set status = 'replaced', replaced_by = 2 where number = 1`);
    await t.rows(`update recommendation set status = 'replaced', replaced_by = 4 where number = 3`);
    const { understood, answer, state, tasks } = await t.answer('ken', '/approve all');
    expect(state).toBe('waiting');
    expect(tasks).toEqual(['T1']);
    expect(understood).toMatch(/^1 of 2 approved\n {2}- ⛔ not approve R3: .*it was replaced by R4; approve that one$/);
    expect(answer).not.toContain('R3');
  });

  it('takes a number that is named in the second it was shown in, since it was read there, but not by "all"', async () => {
    await using t = await incidentInTest();
    await t.recommend(1, attacker, seconds(0));
    expect(await t.say('ken', '/approve all')).toMatch(/^refused/);
    expect(await t.say('ken', '/approve R1')).toMatch(/^waiting/);
  });

  it('refuses "all" when nothing was there to be seen', async () => {
    await using t = await incidentInTest();
    await t.recommend(1, attacker, seconds(3));
    expect(await t.say('ken', '/approve all')).toContain('nothing was recommended then');
  });

  it('refuses the person who asked, says who could, and takes another', async () => {
    await using t = await incidentInTest();
    await t.recommend(1, attacker, seconds(-5), { requestedBy: 'ken' });
    expect(await t.say('ken', '/approve R1')).toMatch(/^refused: .*who asked may not be the one.*ask another of mika$/);
    expect(await t.say('mika', '/approve R1')).toMatch(/^waiting/);
  });

  it('waits for two people where the rule asks for two, and counts a person once', async () => {
    await using t = await incidentInTest({ responses: [blockRule({ approvals: 2 })] });
    await t.recommend(1, attacker, seconds(-5));
    expect(await t.say('ken', '/approve R1')).toMatch(/^done: .*heard; 1 more person needed.*asks for 2 people/);
    expect(await t.say('ken', '/approve R1')).toContain('you approved it already');
    expect(await t.rows('select 1 from task')).toEqual([]);
    expect(await t.say('mika', '/approve R1')).toMatch(/^waiting/);
    expect(await t.rows('select approved_by from task')).toEqual([{ approved_by: ['ken', 'mika'] }]);
  });

  it('refuses the person who asked under another login, and keeps who asked and approved by id', async () => {
    await using t = await incidentInTest();
    await t.recommend(1, attacker, seconds(-5), { requestedBy: 'ken' });
    t.rename('ken', 'kenji');
    expect(await t.say('kenji', '/approve R1')).toMatch(/^refused: .*who asked may not be the one who approves/);
    expect(await t.say('mika', '/approve R1')).toMatch(/^waiting/);
    expect(await t.rows('select requested_by, requested_by_id, approvals, approver_ids from recommendation')).toEqual([
      { requested_by: 'ken', requested_by_id: '2', approvals: ['mika'], approver_ids: ['3'] },
    ]);
  });

  it('counts a person once who approves under two logins, and shows the one they have now', async () => {
    await using t = await incidentInTest({ responses: [blockRule({ approvals: 2 })] });
    await t.recommend(1, attacker, seconds(-5));
    await t.say('ken', '/approve R1');
    t.rename('ken', 'kenji');
    expect(await t.say('kenji', '/approve R1')).toContain('heard; 1 more person needed');
    expect(await t.say('kenji', '/approve R1')).toContain('you approved it already');
    expect(await t.rows('select 1 from task')).toEqual([]);
    expect(await t.say('mika', '/approve R1')).toMatch(/^waiting/);
    expect(await t.rows('select approved_by from task')).toEqual([{ approved_by: ['kenji', 'mika'] }]);
  });

  it('does not count a voice whose login is another person’s now', async () => {
    await using t = await incidentInTest({ responses: [blockRule({ approvals: 2 })] });
    await t.recommend(1, attacker, seconds(-5));
    await t.say('ken', '/approve R1');
    t.ids.ken = 99;
    expect(await t.say('ken', '/approve R1')).toContain('heard; 1 more person needed');
    expect(await t.rows('select 1 from task')).toEqual([]);
  });

  it('refuses a row in which somebody swapped the id of who asked', async () => {
    await using t = await incidentInTest();
    await t.recommend(1, attacker, seconds(-5), { requestedBy: 'ken' });
    await t.rows('update recommendation set requested_by_id = 99');
    expect(await t.say('ken', '/approve R1')).toContain('what is stored is not what was shown');
  });

  it('does not count the voice of somebody whose right has ended since', async () => {
    await using t = await incidentInTest({ responses: [blockRule({ approvals: 2 })] });
    await t.recommend(1, attacker, seconds(-5));
    await t.say('ken', '/approve R1');
    t.rights.ken = 'reader';
    expect(await t.say('mika', '/approve R1')).toContain('heard; 1 more person needed');
    expect(await t.rows('select 1 from task')).toEqual([]);
  });

  it.each([
    ['observe', 'dry run only, by mode observe in yagura.md: nothing was done; it would block'],
    ['recommend', 'dry run only, by mode recommend in yagura.md: nothing was done; it would block'],
  ] as const)('only says what it would do in mode %s', async (mode, said) => {
    await using t = await incidentInTest({ mode });
    await t.recommend(1, attacker, seconds(-5));
    t.policy = { ...t.policy, resources: [edge] };
    expect(await t.say('ken', '/approve R1')).toContain(
      `${said} \`203.0.113[.]7\` on \`edge\` (connector blocklist) for 24 h, until 2026-03-02 21:00 JST`,
    );
    expect(await t.rows('select 1 from task')).toEqual([]);
    expect(await t.rows('select status from recommendation')).toEqual([{ status: 'open' }]);
  });

  it('says why when none of its resources can be used here', async () => {
    await using t = await incidentInTest();
    await t.recommend(1, attacker, seconds(-5));
    t.unavailable.set('edge', { en: 'There is no nft here.', ja: '使えません。' });
    expect(await t.say('ken', '/approve R1')).toContain('it cannot be done here: `edge` (There is no nft here)');
    expect(await t.rows('select 1 from task')).toEqual([]);
  });

  it('refuses what the policy in force does not allow any more, and what no connector does', async () => {
    await using t = await incidentInTest();
    await t.recommend(1, attacker, seconds(-5));
    t.actions.clear();
    expect(await t.say('ken', '/approve R1')).toContain('no connector loaded here can `block`');
    t.actions.add('block');
    t.policy = { ...t.policy, responses: [blockRule({ resources: ['fw-b'] })] };
    expect(await t.say('ken', '/approve R1')).toContain('does not allow it any more');
    t.policy = { ...t.policy, responses: [] };
    expect(await t.say('ken', '/approve R1')).toContain('does not allow it any more');
    expect(await t.rows('select 1 from task')).toEqual([]);
  });

  it('refuses on an incident that is closed', async () => {
    await using t = await incidentInTest();
    await t.recommend(1, attacker, seconds(-5));
    await t.say('hana', '/close fp nothing');
    expect(await t.say('ken', '/approve R1')).toBe('refused: this incident is closed');
  });

  it.each<[string, Partial<ResponseRule>, string]>([
    ['allows a shorter time', { maxDuration: 3600 }, 'allows 1 h at most now, and this is for 24 h'],
    ['is about another kind of target', { entity: ['domain'] }, 'does not mean this target here any more'],
    ['is about other alerts', { when: { title: ['*ransom*'] } }, 'does not mean this target here any more'],
    ['asks for more severity', { when: { severity: 'critical' } }, 'does not mean this target here any more'],
    ['names other targets', { when: { entity: { value: ['198.51.100.0/24'] } } }, 'does not mean this target here'],
  ])('refuses what was shown when its rule meanwhile %s', async (_, change, because) => {
    await using t = await incidentInTest();
    await t.recommend(1, attacker, seconds(-5));
    t.policy = { ...t.policy, responses: [blockRule(change)] };
    const said = await t.say('ken', '/approve R1');
    expect(said).toMatch(/^refused: /);
    expect(said).toContain(because);
    expect(await t.rows('select 1 from task')).toEqual([]);
  });
});
