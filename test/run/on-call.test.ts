import { describe, expect, it } from 'vitest';
import type { Policy } from '../../src/domain/policy.ts';
import { wallTime } from '../../src/domain/zoned-time.ts';
import { ForgeError } from '../../src/ports/forge.ts';
import { onCallStep } from '../../src/run/on-call.ts';
import { soc } from '../github/adapter-in-test.ts';
import { dying } from './dying.ts';
import { attackOn, hidden, spineInRooms } from './in-rooms.ts';
import { onRota, origin, wait, withRota } from './on-rota.ts';
import { attack, once, type Spine, spine } from './spine.ts';

const askings = /you are on call|did not take this|Nobody took this/;

/** First lines of the comments that ask somebody. */
async function asked(s: Spine, issue = 1, repo = soc): Promise<string[]> {
  return (await s.ourComments(issue, repo))
    .map((body) => body.split('\n')[0] ?? '')
    .filter((line) => askings.test(line));
}

describe('an incident that nobody took', () => {
  it('is assigned to who is on call, who is mentioned once, in one comment', async () => {
    await using s = await withRota();
    await s.take(attack(1));
    await wait(s, 5);
    const [line = '', ...more] = await asked(s);
    expect(more).toEqual([]);
    expect(line).toMatch(
      /^🔴 \*\*@ken, you are on call:\*\* `Login failures 1`, severity high\. `\/take` it by [\d: -]+ JST \(\d\d:\d\dZ\); mika is asked next\.$/,
    );
    const issue = await s.issue(1);
    expect(issue.assignees).toEqual(['ken']);
    expect(issue.body).toContain('**Who:** nobody yet (ken was asked), `/take`');
    expect((await s.ourComments(1)).join('\n').match(/@ken/g)).toHaveLength(1);
    expect((await s.ourComments(1)).join('\n')).toContain(
      'on call by turn (context/people/rota.md:5); asked from severity high up',
    );
  });

  it('goes to the next when the time is over, three times in all, and then says that nobody took it', async () => {
    await using s = await withRota();
    await s.take(attack(1));
    await wait(s, 14);
    expect(await asked(s)).toHaveLength(1);
    for (const minutes of [2, 16, 16, 16, 600]) await wait(s, minutes);
    const lines = await asked(s);
    expect(lines.map((line) => /@\w+/.exec(line)?.[0])).toEqual(['@ken', '@mika', '@hana', undefined]);
    expect(lines[1]).toContain('@mika, ken did not take this in 15 min:');
    expect(lines[2]).toContain('; nobody else can be asked.');
    expect(lines[3]).toContain('**Nobody took this:** `Login failures 1`, severity high. Asked: ken, mika, hana;');
    expect((await s.issue(1)).assignees).toEqual(['hana']);
    const ledger = await s.store.query<{ body: string }>(`select body from ledger where body like '%askedInVain%'`);
    expect(ledger.rows).toEqual([{ body: '{"askedInVain":["ken","mika","hana"]}' }]);
  });

  it('does not go to the next while GitHub has not taken the comment for the first', async () => {
    await using s = await withRota();
    s.wrap(() => ({
      createComment: () => Promise.reject(new ForgeError('unavailable', 'GitHub is away')),
    }));
    await s.take(attack(1));
    for (let hours = 0; hours < 3; hours += 1) await wait(s, 60);
    expect(await asked(s)).toEqual([]);
    s.wrap(() => ({}));
    await wait(s, 14);
    expect((await asked(s)).map((line) => /@\w+/.exec(line)?.[0])).toEqual(['@ken']);
    await wait(s, 16);
    expect((await asked(s)).map((line) => /@\w+/.exec(line)?.[0])).toEqual(['@ken', '@mika']);
  });

  it('asks nobody more once it is taken, which assigns who took it', async () => {
    await using s = await withRota();
    await s.take(attack(1));
    await s.comment('mika', 1, '/take');
    await wait(s, 60);
    expect(await asked(s)).toHaveLength(1);
    expect((await s.issue(1)).assignees).toEqual(['mika']);
    expect((await s.issue(1)).body).toContain('**Who:** mika');
  });

  it('asks who is on call now when the shift changed meanwhile', async () => {
    await using s = await withRota();
    await s.take(attack(1));
    const hana = { login: 'hana', from: s.now(), to: new Date(s.now().getTime() + 86_400_000), origin };
    onRota(s, { overrides: [hana] });
    await wait(s, 16);
    expect((await asked(s))[1]).toContain('@hana, ken did not take this');
  });

  it('mentions nobody twice: whom the report mentions by name is asked without a mention', async () => {
    await using s = await withRota({ mention: { severity: 'high', who: ['ken'] } });
    await s.take(attack(1));
    expect((await s.ourComments(1)).join('\n').match(/@ken/g)).toHaveLength(1);
    expect(await asked(s)).toEqual([expect.stringContaining('**ken, you are on call:**')]);
  });

  it('is asked whatever stands in a text, though a rule of triage calls that nothing', async () => {
    const rule = { verdict: 'benign' as const, because: 'Our scanner.', origin };
    const when = { entity: { type: 'domain' as const, value: ['scanner.example.com'] } };
    await using s = await withRota({ verdictRules: [{ ...rule, when }] });
    await s.take(
      attack(1, { message: 'User-Agent: scanner.example.com' }),
      attack(2, { domain: 'scanner.example.com' }),
    );
    expect(await asked(s)).toEqual([expect.stringContaining('**@ken, you are on call:**')]);
    expect((await s.issue(1)).body).not.toContain('Our scanner.');
    expect((await s.issue(2)).body).toContain('Our scanner.');
  });

  it('is asked of nobody who cannot read the room, and the ledger says who was passed over', async () => {
    await using s = await spineInRooms({ language: 'en' });
    onRota(s, { rotation: ['ken', 'otto', 'mika', 'hana'].map((login) => ({ login, origin })) });
    s.policy = { ...s.policy, rooms: s.policy.rooms.map((room) => ({ ...room, language: 'en' as const })) };
    await s.take(attackOn('payroll-1'));
    await s.settle();
    const comments = () => asked(s, 1, hidden);
    expect(await comments()).toEqual([expect.stringContaining('**@mika, you are on call:**')]);
    expect((await comments())[0]).toContain('hana is asked next');
    expect((await s.issue(1, hidden)).assignees).toEqual(['mika']);
    const found = await s.store.query<{ body: string }>(`select body from ledger where body like '%passedOver%'`);
    expect(JSON.parse(found.rows[0]?.body ?? '').passedOver).toEqual([
      { login: 'ken', because: 'cannot read it' },
      { login: 'otto', because: 'cannot read it' },
    ]);
    await wait(s, 16);
    expect((await comments())[1]).toContain('**@hana, mika did not take this');
    expect((await comments())[1]).toContain('nobody else can be asked');
  });

  it('is asked of nobody when none on call can read the room, once, and does not wait in the place of others', async () => {
    await using s = await spineInRooms();
    onRota(s, { rotation: [{ login: 'ken', origin }] });
    s.policy = { ...s.policy, rooms: s.policy.rooms.map((room) => ({ ...room, language: 'en' as const })) };
    await s.take(attackOn('payroll-1'), attackOn('web-1'));
    for (let n = 0; n < 3; n += 1) await wait(s, 16);
    expect(
      (await s.ourComments(1, hidden)).filter((body) => body.includes('Nobody was asked to take this')),
    ).toHaveLength(1);
    expect((await s.issue(1, hidden)).assignees).toEqual([]);
    expect((await asked(s))[0]).toContain('**@ken, you are on call:**');
  });

  it('goes to nobody who is part of it, nor is said to go to them next', async () => {
    await using s = await withRota();
    const person = { login: 'mika', name: 'Mika', origin: { path: 'context/people/mika.md', line: 4 } };
    const page = {
      kind: 'person' as const,
      name: 'Mika',
      cidr: [],
      shared: false,
      body: '',
      origin: { ...person.origin },
    };
    s.policy = { ...s.policy, people: [person], context: [{ ...page, entities: [{ type: 'user', value: 'm.sato' }] }] };
    const by = (user: string) => ({ title: `Misuse by ${user}`, severity: 'high', host: 'db-1', user });
    await s.take(by('ken'), by('m.sato'));
    expect(await asked(s)).toEqual([expect.stringContaining('**@hana, you are on call:**')]);
    await using two = await withRota();
    await two.take(by('mika'));
    expect(await asked(two)).toEqual([expect.stringMatching(/@ken, you are on call:.* hana is asked next/)]);
  });

  it('is asked of nobody when all of the rotation are part of it, which is said once with what to do', async () => {
    await using s = await withRota();
    const by = (user: string) => ({ title: `Misuse by ${user}`, severity: 'high', host: 'db-1', user });
    await s.take(by('ken'), by('mika'), by('hana'));
    for (let n = 0; n < 3; n += 1) await wait(s, 16);
    expect(await asked(s)).toEqual([]);
    const said = (await s.ourComments(1)).filter((body) => body.includes('Nobody was asked'));
    expect(said).toEqual([
      expect.stringContaining(
        'All people on call are part of this incident themselves: somebody else has to `/take` it.',
      ),
    ]);
    expect((await s.issue(1)).assignees).toEqual([]);
    const found = await s.store.query<{ body: string }>(`select body from ledger where body like '%passedOver%'`);
    expect(JSON.parse(found.rows[0]?.body ?? '').passedOver).toEqual(
      ['ken', 'mika', 'hana'].map((login) => ({ login, because: 'part of it' })),
    );
  });

  it('says both when some of the rotation are part of it and the others cannot read it', async () => {
    await using s = await spineInRooms();
    onRota(s, { rotation: ['ken', 'mika'].map((login) => ({ login, origin })) });
    s.policy = { ...s.policy, rooms: s.policy.rooms.map((room) => ({ ...room, language: 'en' as const })) };
    await s.take(attackOn('payroll-1', { user: 'mika' }));
    await s.settle();
    expect((await s.ourComments(1, hidden)).join('\n')).toContain(
      'All people on call are part of this incident themselves, or cannot read this repository: somebody else has to `/take` it.',
    );
  });

  it('lets nothing of its title out but as text', async () => {
    await using s = await withRota();
    await s.take(attack(1, { title: '@acme/everybody `x` #1' }));
    expect((await asked(s))[0]).toContain('``@acme/everybody `x` #1``');
  });
});

describe('nobody is asked', () => {
  it.each<[string, Partial<Policy>, object]>([
    ['below the severity of the policy', {}, { severity: 'medium' }],
    ['in observe mode', { mode: 'observe' }, {}],
    ['for what is no threat and no leaked secret', {}, { kind: 'vulnerability' }],
    [
      'for what the policy says is nothing',
      {
        verdictRules: [
          {
            when: { title: ['login*'] },
            verdict: 'test',
            because: 'A drill.',
            origin: { path: 'policies/triage.md', line: 3 },
          },
        ],
      },
      {},
    ],
  ])('%s', async (_, policy, alert) => {
    await using s = await withRota(policy);
    await s.take(attack(1, alert));
    await wait(s, 60);
    expect(await asked(s)).toEqual([]);
    expect((await s.issue(1)).assignees).toEqual([]);
  });

  it('without a rota, and before it starts; who comes then is asked', async () => {
    await using s = await spine();
    await s.take(attack(1));
    onRota(s, { start: wallTime(new Date(s.now().getTime() + 3_600_000), 'Asia/Tokyo') });
    await wait(s, 30);
    expect(await asked(s)).toEqual([]);
    await wait(s, 40);
    expect(await asked(s)).toHaveLength(1);
  });

  it('for what was open a day and more when the rota came', async () => {
    await using s = await spine();
    await s.take(attack(1));
    s.pass(25 * 3_600);
    onRota(s);
    await s.settle();
    expect(await asked(s)).toEqual([]);
  });

  it('while it is put off or closed, and anew when it is not any more', async () => {
    await using s = await withRota();
    await s.take(attack(1));
    await s.comment('hana', 1, '/snooze 2h');
    await wait(s, 60);
    expect(await asked(s)).toHaveLength(1);
    await wait(s, 61);
    await s.sweep();
    await s.settle();
    expect((await asked(s)).map((line) => /@\w+, you/.exec(line)?.[0])).toEqual(['@ken, you', '@ken, you']);
    await s.comment('hana', 1, '/close fp the scanner');
    await wait(s, 60);
    expect(await asked(s)).toHaveLength(2);
    await s.comment('hana', 1, '/reopen');
    expect(await asked(s)).toHaveLength(3);
  });
});

describe('a storm', () => {
  it('asks about five incidents at a time, the worst first, and the next when one is taken', async () => {
    await using s = await withRota();
    await s.take(...Array.from({ length: 7 }, (_, n) => attack(n + 1)));
    const open = async () => {
      // Creations have a budget a minute.
      await wait(s, 2);
      const lines = await Promise.all(Array.from({ length: 8 }, (_, n) => asked(s, n + 1).catch(() => [])));
      return lines.filter((one) => one.length > 0).length;
    };
    expect(await open()).toBe(5);
    await s.take(attack(8, { severity: 'critical' }));
    expect((await asked(s, 8)).length).toBe(1);
    expect(await open()).toBe(6);
    await s.comment('ken', 1, '/take');
    expect(await open()).toBe(6);
    await s.comment('ken', 2, '/take');
    expect(await open()).toBe(7);
  });
});

describe('asked once only', () => {
  it('when the answer of GitHub is lost, and when two look at the same time', async () => {
    await using s = await withRota();
    s.wrap((forge) => ({ createComment: once(forge.createComment.bind(forge), 'unknown', 'after') }));
    await s.take(attack(1));
    await wait(s, 1);
    s.pass(16 * 60);
    expect(
      (await Promise.all([onCallStep(s.deps), onCallStep(s.deps), onCallStep(s.deps)])).filter(Boolean),
    ).toHaveLength(1);
    await wait(s, 1);
    expect(await asked(s)).toHaveLength(2);
  });

  it('when the process dies before what it did was written down', async () => {
    await using s = await withRota();
    await s.take(attack(1));
    s.pass(16 * 60);
    await expect(onCallStep(dying(s.deps))).rejects.toThrow('killed');
    expect((await s.store.query('select asked from incident')).rows).toEqual([{ asked: ['ken'] }]);
    await s.settle();
    expect(await asked(s)).toHaveLength(2);
  });
});
