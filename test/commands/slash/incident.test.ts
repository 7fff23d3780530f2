import { describe, expect, it } from 'vitest';
import { attacker, incidentInTest, seconds } from '../incident-in-test.ts';

describe('/close', () => {
  it.each([
    ['/close fp the scanner', 'false-positive', 'the scanner'],
    ['/close tp rebuilt the host', 'true-positive', 'rebuilt the host'],
    ['/close TRUE POSITIVE rebuilt', 'true-positive', 'rebuilt'],
    ['/close benign our own test', 'benign', 'our own test'],
    ['/close dup #4', 'duplicate', '#4'],
    ['/close duplicate of #4', 'duplicate', 'of #4'],
  ])('%s closes as %s', async (comment, verdict, why) => {
    await using t = await incidentInTest();
    await t.recommend(1, attacker, seconds(-5));
    expect(await t.say('hana', comment)).toMatch(/^done: close as /);
    const incident = await t.incident();
    expect(incident).toMatchObject({ status: 'closed', verdict, verdictBy: 'hana', verdictWhy: why });
    expect(await t.rows('select status from recommendation')).toEqual([{ status: 'withdrawn' }]);
  });

  it.each([
    ['/close', 'say what it is first'],
    ['/close because', 'say what it is first'],
    ['/close fp', 'say why'],
    ['/close dup the other one', 'say of which issue'],
    ['/close not-assessed x', 'say what it is first'],
  ])('%s is refused: %s', async (comment, because) => {
    await using t = await incidentInTest();
    expect(await t.say('hana', comment)).toContain(because);
    expect((await t.incident()).status).toBe('open');
  });

  it('says what still holds, and is refused a second time', async () => {
    await using t = await incidentInTest();
    await t.recommend(1, attacker, seconds(-5));
    await t.say('ken', '/approve R1');
    await t.rows(`update task set status = 'active'`);
    expect(await t.say('hana', '/close tp done')).toContain('1 task stay active until their time is up or `/undo`');
    expect(await t.say('hana', '/close tp done')).toContain('this is closed already');
  });
});

describe('/snooze on a closed incident', () => {
  it('is refused', async () => {
    await using t = await incidentInTest();
    await t.say('hana', '/close fp nothing');
    expect(await t.say('hana', '/snooze 4h')).toBe('refused: this incident is closed');
    expect((await t.incident()).snoozedUntil).toBeUndefined();
  });
});

describe('/reopen', () => {
  it('opens a closed incident and asks its verdict again', async () => {
    await using t = await incidentInTest();
    expect(await t.say('hana', '/reopen')).toBe('refused: it is open');
    await t.say('hana', '/close fp nothing');
    expect(await t.say('ken', '/reopen')).toMatch(/^done/);
    expect(await t.incident()).toMatchObject({ status: 'open', verdict: 'not-assessed' });
    expect((await t.incident()).verdictBy).toBeUndefined();
  });

  it('is refused where the alerts have moved', async () => {
    await using t = await incidentInTest();
    await t.rows(`update incident set status = 'merged'`);
    expect(await t.say('hana', '/reopen')).toContain('in another incident now');
  });
});

describe('/verdict', () => {
  it.each([
    ['/verdict tp', 'true-positive', 'done: verdict true positive: confirmed, not closed'],
    [
      '/verdict suspicious odd hours',
      'suspicious',
      'done: verdict suspicious: confirmed, not closed; why: `odd hours`',
    ],
    ['/verdict insufficient data', 'insufficient-data', 'done: verdict insufficient data: confirmed, not closed'],
  ])('%s confirms without closing', async (comment, verdict, said) => {
    await using t = await incidentInTest();
    expect(await t.say('hana', comment)).toBe(said);
    expect(await t.incident()).toMatchObject({ status: 'open', verdict, verdictBy: 'hana' });
  });

  it('is refused when it is none', async () => {
    await using t = await incidentInTest();
    expect(await t.say('hana', '/verdict dunno')).toContain('say one of');
  });
});

describe('/severity', () => {
  it.each([
    ['/severity critical', 'critical'],
    ['/severity LOW', 'low'],
  ])('%s sets it and says what it was', async (comment, severity) => {
    await using t = await incidentInTest();
    expect(await t.say('hana', comment)).toBe(`done: severity ${severity}: was high`);
    expect(await t.incident()).toMatchObject({ severity, severityBy: 'hana' });
  });

  it.each(['/severity', '/severity unknown', '/severity very high'])('%s is refused', async (comment) => {
    await using t = await incidentInTest();
    expect(await t.say('hana', comment)).toMatch(/^refused: say one of/);
    expect((await t.incident()).severity).toBe('high');
  });

  it('gives way to a worse alert', async () => {
    await using t = await incidentInTest();
    await t.say('hana', '/severity low');
    await t.pipeline.take({ title: 'Worse', severity: 'critical', host: 'web-01', src_ip: '203.0.113.7' });
    expect(await t.incident()).toMatchObject({ severity: 'critical' });
    expect((await t.incident()).severityBy).toBeUndefined();
  });
});

describe('/take', () => {
  it('says who has it, once, and from whom it was taken over', async () => {
    await using t = await incidentInTest();
    expect(await t.say('hana', '/take')).toBe('done: hana has this: noted');
    expect(await t.say('hana', '/take')).toBe('refused: you have it already');
    expect(await t.say('ken', '/take')).toBe('done: ken has this: noted, taken over from hana');
    expect((await t.incident()).owner).toBe('ken');
  });
});

describe('/snooze', () => {
  it.each([
    ['/snooze 4h', 'done: put off until 2026-03-02 01:00 JST (16:00Z): noted', '2026-03-01T16:00:00.000Z'],
    ['/snooze 2026-03-03', 'done: put off until 2026-03-03 09:00 JST (00:00Z): noted', '2026-03-03T00:00:00.000Z'],
    [
      '/snooze 2026-03-03 18:30',
      'done: put off until 2026-03-03 18:30 JST (09:30Z): noted',
      '2026-03-03T09:30:00.000Z',
    ],
  ])('%s reads times in the zone of the policy', async (comment, said, until) => {
    await using t = await incidentInTest();
    expect(await t.say('hana', comment)).toBe(said);
    expect((await t.incident()).snoozedUntil?.toISOString()).toBe(until);
  });

  it.each(['/snooze', '/snooze later', '/snooze 2026-02-30', '/snooze 2026-03-01', '/snooze 91d'])(
    '%s is refused',
    async (comment) => {
      await using t = await incidentInTest();
      expect(await t.say('hana', comment)).toMatch(/^refused/);
      expect((await t.incident()).snoozedUntil).toBeUndefined();
    },
  );
});

describe('/reject', () => {
  it('says no once, with a reason or without', async () => {
    await using t = await incidentInTest();
    await t.recommend(1, attacker, seconds(-5));
    await t.recommend(2, attacker, seconds(-5));
    expect(await t.say('ken', '/reject r1 it is ours')).toBe('done: reject R1: noted; why: `it is ours`');
    expect(await t.say('ken', '/reject R1')).toBe('refused: reject R1: it is rejected already');
    expect(await t.say('ken', '/reject R2')).toBe('done: reject R2: noted');
    expect(await t.say('ken', '/reject')).toContain('there is no recommendation of that number here');
  });
});

describe('/investigate', () => {
  it('makes the incident due', async () => {
    await using t = await incidentInTest();
    await t.rows('update incident set investigate_at = null');
    expect(await t.say('hana', '/investigate')).toMatch(/^done/);
    expect(await t.rows('select investigate_at from incident')).toEqual([{ investigate_at: t.now }]);
  });
});

describe('/adopt', () => {
  it('is refused on an issue that is an incident', async () => {
    await using t = await incidentInTest();
    expect(await t.say('hana', '/adopt')).toBe('refused: it is one already');
  });
});

describe('/help', () => {
  it('lists every command with who may use it, and who that is', async () => {
    await using t = await incidentInTest();
    const said = await t.say('otto', '/help');
    expect(said).toContain(
      '`/block <ip|domain> [for 24h] [on <resource>]` block an address or a domain for a while (analyst)',
    );
    expect(said).toContain('`/approve <R1|R1 R2|all> [emergency <why>]`');
    expect(said).toContain('responder: ken, mika');
    expect(said.match(/^ {2}- `\//gm)?.length).toBe(18);
  });
});

describe('/handover', () => {
  it('gives it to somebody with a right, with a note and what waits', async () => {
    await using t = await incidentInTest();
    await t.recommend(1, attacker, seconds(-5), { requestedBy: 'hana' });
    await t.recommend(2, attacker, seconds(-5));
    await t.recommend(3, { type: 'domain', value: 'bad.example' }, seconds(-5));
    await t.say('ken', '/approve R3');
    await t.rows(`update task set status = 'active'`);
    await t.rows(
      `update incident set report = '{"questions": [{"ask": "Is @web-01 /close yours?", "who": "web team"}]}'`,
    );
    const said = await t.say('hana', '/handover @ken it is `his` host; see @mika');
    expect(said.split('\n')).toEqual([
      'done: ken has this: from hana; note: ``it is `his` host; see @mika``',
      '  - Waits for approval: R1 block `203.0.113[.]7`, asked by hana',
      '  - Proposed, not answered: R2',
      '  - Runs out 2026-03-02 21:00 JST: T1 block `bad[.]example` on edge',
      '  - Unanswered: `Is @web-01 /close yours?` (web team)',
    ]);
    expect((await t.incident()).owner).toBe('ken');
    expect(await t.say('ken', '/handover mika')).toContain('done: mika has this: from ken');
  });

  it('says so when nothing waits', async () => {
    await using t = await incidentInTest();
    await t.rows('update incident set report = null');
    expect(await t.say('hana', '/handover mika')).toBe(
      'done: mika has this: from hana\n  - Nothing waits: no approval, no task, no question',
    );
  });

  it.each([
    ['/handover', 'say to whom'],
    ['/handover @acme/soc', 'say to whom'],
    ['/handover @otto', 'otto could do nothing with it: that needs the right analyst (hana, ken, mika)'],
    ['/handover nobody-here', 'could do nothing with it'],
    ['/handover @KEN', 'KEN has it already'],
  ])('%s is refused: %s', async (comment, because) => {
    await using t = await incidentInTest();
    await t.say('ken', '/take');
    expect(await t.say('hana', comment)).toMatch(/^refused: /);
    expect(await t.say('hana', comment)).toContain(because);
    expect((await t.incident()).owner).toBe('ken');
    await t.say('hana', '/close fp nothing');
    expect(await t.say('hana', '/handover mika')).toBe('refused: this incident is closed');
  });
});
