import { describe, expect, it } from 'vitest';
import { blockRule, incidentInTest, seconds } from '../incident-in-test.ts';

describe('/block', () => {
  it.each([
    ['nothing', '/block', 'say what: `/block <ip|domain>'],
    ['a link', '/block hxxps://bad.example/x', 'a link is not a target'],
    ['a network', '/block 203.0.113.0/24', 'networks are not blocked by command'],
    ['what is neither address nor domain', '/block web-01', 'neither an IP address nor a domain'],
    ['an own network', '/block 10.20.1.5', '`10.0.0.0/8` is on the never-block list'],
    ['a name below one on the list', '/block a.payments.example.net', '`payments.example.net` is on the never-block'],
    ['words it does not know', '/block 203.0.113.9 please', '`please` is not understood'],
    ['no length', '/block 203.0.113.9 for', '`(nothing)` is no length of time'],
    ['a length that is none', '/block 203.0.113.9 for ever', '`ever` is no length of time'],
    ['more than the rule allows', '/block 203.0.113.9 for 30d', 'allows 7 d at most'],
    ['a resource of no rule', '/block 203.0.113.9 on fw-z', 'acts on `edge`, `fw-b`'],
  ])('refuses %s', async (_, comment, because) => {
    await using t = await incidentInTest({ neverBlock: ['10.0.0.0/8', 'payments.example.net'] });
    const said = await t.say('ken', comment);
    expect(said).toMatch(/^refused: /);
    expect(said).toContain(because);
    expect(await t.rows('select 1 from recommendation')).toEqual([]);
  });

  it.each([
    ['/block 203.0.113.9', 'block `203.0.113[.]9` on `edge`, `fw-b` for 24 h', 'edge,fw-b', 86_400],
    [
      '/block 203.0.113[.]9 for 2h',
      'block `203.0.113[.]9` (written defanged) on `edge`, `fw-b` for 2 h',
      'edge,fw-b',
      7200,
    ],
    ['/block 203.0.113.9 on fw-b', 'block `203.0.113[.]9` on `fw-b` for 24 h', 'fw-b', 86_400],
    ['/block Bad.Example on edge FOR 1d', 'block `bad[.]example` on `edge` for 24 h', 'edge', 86_400],
  ])(
    'of an analyst waits for a responder and says what was understood: %s',
    async (comment, understood, resources, duration) => {
      await using t = await incidentInTest();
      const said = await t.say('hana', comment);
      expect(said).toBe(`done: ${understood}: needs approval: \`/approve R1\` by ken, mika`);
      const [made] = await t.rows('select resources, duration, requested_by, status from recommendation');
      expect(made).toEqual({ resources: resources.split(','), duration, requested_by: 'hana', status: 'open' });
      expect(await t.rows('select 1 from task')).toEqual([]);
    },
  );

  it('of a responder waits for another one unless the rule lets who asks approve', async () => {
    await using t = await incidentInTest();
    expect(await t.say('ken', '/block 203.0.113.9')).toContain(
      'needs approval (who asked may not be the one who approves): `/approve R1` by mika',
    );
    t.policy = { ...t.policy, responses: [blockRule({ requesterMayApprove: true })] };
    const done = await t.answer('ken', '/block 203.0.113.9');
    expect(done.state).toBe('waiting');
    expect(done.tasks).toEqual(['T1', 'T2']);
    expect(await t.rows('select status, approvals from recommendation where number = 2')).toEqual([
      { status: 'executed', approvals: ['ken'] },
    ]);
  });

  it('counts the responder who asked as one of two where the rule lets them be', async () => {
    await using t = await incidentInTest({ responses: [blockRule({ approvals: 2, requesterMayApprove: true })] });
    expect(await t.say('ken', '/block 203.0.113.9 on edge')).toContain('needs approval');
    expect(await t.rows('select approvals from recommendation')).toEqual([{ approvals: ['ken'] }]);
  });

  it('leaves out a resource that cannot be used here and says why, and is refused when none can', async () => {
    await using t = await incidentInTest();
    t.unavailable.set('fw-b', { en: 'Without root the firewall cannot be changed.', ja: '使えません。' });
    expect(await t.say('hana', '/block 203.0.113.9')).toContain(
      'on `edge` for 24 h; not on `fw-b` (Without root the firewall cannot be changed): needs approval: `/approve R1`',
    );
    expect(await t.rows('select resources from recommendation')).toEqual([{ resources: ['edge'] }]);
    expect(await t.say('hana', '/block 203.0.113.9 on fw-b')).toMatch(/^refused: .*it cannot be done here: `fw-b`/);
    t.unavailable.set('edge', { en: 'The list is gone.', ja: '使えません。' });
    expect(await t.say('hana', '/block 203.0.113.9')).toMatch(/^refused: .*`edge` \(The list is gone\); `fw-b`/);
    expect(await t.rows('select 1 from recommendation')).toHaveLength(1);
  });

  it('is only told in mode observe', async () => {
    await using t = await incidentInTest({ mode: 'observe' });
    expect(await t.say('ken', '/block 203.0.113.9')).toContain(
      'it would block `203.0.113[.]9` on `edge` (no such resource in the policy), `fw-b` (no such resource in the policy) for 24 h, until 2026-03-02 21:00 JST',
    );
    expect(await t.rows('select 1 from recommendation')).toEqual([]);
  });

  it('needs a rule that means this incident and this target', async () => {
    await using t = await incidentInTest({ responses: [blockRule({ when: { kind: ['vulnerability'] } })] });
    expect(await t.say('ken', '/block 203.0.113.9')).toContain('no response rule in policies/response.md allows');
    t.policy = { ...t.policy, responses: [blockRule({ when: { entity: { type: 'ip', value: ['203.0.113.0/24'] } } })] };
    expect(await t.say('hana', '/block 198.51.100.9')).toContain('no response rule in policies/response.md allows');
    expect(await t.say('hana', '/block 203.0.113.9')).toContain('needs approval');
  });

  it('finds the rule that has the resource that is named', async () => {
    const rules = [blockRule({ resources: ['edge'] }), blockRule({ id: 'second', resources: ['fw-c'] })];
    await using t = await incidentInTest({ responses: rules });
    expect(await t.say('hana', '/block 203.0.113.9 on fw-c')).toContain('on `fw-c` for 24 h');
    expect(await t.rows('select rule from recommendation')).toEqual([{ rule: 'second' }]);
  });

  it('is refused on a closed incident', async () => {
    await using t = await incidentInTest();
    await t.say('hana', '/close fp nothing');
    t.now = seconds(60);
    expect(await t.say('ken', '/block 203.0.113.9')).toContain('this incident is closed');
  });
});
