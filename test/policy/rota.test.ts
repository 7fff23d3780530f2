import { describe, expect, it } from 'vitest';
import { onCall } from '../../src/domain/on-call.ts';
import { changes } from '../../src/policy/changes.ts';
import { loadPolicy } from '../../src/policy/load-policy.ts';
import { exampleFiles, goodPolicy, known, meta, problemsIn } from './policy-files.ts';

const front = (...lines: string[]) => `---\n${lines.join('\n')}\n---\n`;
const person = (login: string, ...more: string[]) =>
  front('kind: person', `name: ${login}`, `login: ${login}`, ...more);
const people = { 'context/people/ken.md': person('ken'), 'context/people/mika.md': person('mika') };
const rota = (...lines: string[]) => ({
  ...people,
  'context/people/rota.md': front(
    'kind: rota',
    'time_zone: Asia/Tokyo',
    'start: 2026-03-02 09:00',
    'rotation: [ken, mika]',
    ...lines,
  ),
});

describe('the rota', () => {
  it('of the example has somebody on call from its start on, and hana where it says so', () => {
    const { policy } = loadPolicy(exampleFiles('config-repo'), meta, known);
    expect(policy.people.map(({ login }) => login)).toEqual(['hana', 'ken', 'mika', 'otto']);
    expect(onCall(policy, new Date('2026-01-05T00:00Z'))).toMatchObject({ login: 'ken' });
    expect(onCall(policy, new Date('2026-03-07T12:00Z'))).toMatchObject({ login: 'mika' });
    expect(onCall(policy, new Date('2026-08-12T12:00Z'))?.login).toMatch(/mika|hana/);
  });

  it('is of the zone it names, days are whole days, and people work when they say', () => {
    const policy = goodPolicy({
      ...rota('overrides:', '  - { login: KEN, from: 2026-03-10 18:00, to: 2026-03-11, because: a swap }'),
      'context/people/mika.md': person('mika', 'time_zone: Europe/Berlin', 'hours: Fri-Mon,wed 22:00-06:00'),
    });
    expect(policy.onCall.rota?.overrides).toEqual([
      {
        login: 'ken',
        from: new Date('2026-03-10T09:00Z'),
        to: new Date('2026-03-11T15:00Z'),
        because: 'a swap',
        origin: { path: 'context/people/rota.md', line: 7 },
      },
    ]);
    const mika = policy.people.find(({ login }) => login === 'mika');
    expect(mika).toMatchObject({ timeZone: 'Europe/Berlin', hours: { days: [0, 1, 3, 5, 6], from: 1320, to: 360 } });
  });

  it.each([
    [
      ['away:', '  - { login: knee, from: 2026-03-03, to: 2026-03-04 }'],
      '7 No file of kind: person has the login "knee"',
    ],
    [
      ['away:', '  - { login: kenn, from: 2026-03-03, to: 2026-03-04 }'],
      '7 No file of kind: person has the login "kenn"; did you mean ken?',
    ],
    [
      ['away:', '  - login: ken', '    from: 2026-03-03', '    to: 2026-03-04', '    substitute: otto'],
      '7 No file of kind: person has the login "otto"; give one a line login: otto.',
    ],
    [
      ['overrides:', '  - { login: ken, from: 2026-03-03 09:00, to: 2026-03-03 09:00 }'],
      '7 overrides[0].to: is not after from.',
    ],
    [
      ['away:', '  - { login: ken, from: 2026-02-30, to: 2026-03-03 }'],
      '7 away[0].from: "2026-02-30" is not a day or a time',
    ],
    [
      ['away:', '  - { login: ken, from: tomorrow, to: 2026-03-03 }'],
      '7 away[0].from: "tomorrow" is not a day or a time',
    ],
    [['every: 1w'], '6 Key "every" is not known'],
    [
      [
        'overrides:',
        '  - { login: ken, from: 2026-03-20, to: 2026-03-22 }',
        '  - { login: mika, from: 2026-03-10, to: 2026-03-12 }',
        '  - { login: ken, from: 2026-03-12 23:59, to: 2026-03-14 }',
      ],
      '9 This override begins before the one in line 8 ends (2026-03-13 00:00).',
    ],
    [
      [
        'away:',
        '  - { login: ken, from: 2026-03-20, to: 2026-03-30 }',
        '  - { login: mika, from: 2026-03-25, to: 2026-03-26 }',
      ],
      '8 From 2026-03-25 00:00 nobody is on call: all of the rotation are away, and nobody stands in.',
    ],
    [
      [
        'away:',
        '  - { login: ken, from: 2026-03-20, to: 2026-03-30 }',
        '  - { login: mika, from: 2026-03-20, to: 2026-03-26 }',
        'overrides:',
        '  - { login: mika, from: 2026-03-19, to: 2026-03-22 }',
      ],
      '8 From 2026-03-23 00:00 nobody is on call: all of the rotation are away, and nobody stands in.',
    ],
  ])('with %j has one mistake, on its line', (lines, expected) => {
    const [first, ...others] = problemsIn(rota(...lines));
    expect(first).toContain(`context/people/rota.md:${expected}`);
    expect(others).toEqual([]);
  });

  it('may have nobody before it starts', () => {
    const away = [
      'away:',
      '  - { login: ken, from: 2026-01-01, to: 2026-02-01 }',
      '  - { login: mika, from: 2026-01-01, to: 2026-02-01 }',
    ];
    expect(problemsIn(rota(...away))).toEqual([]);
  });

  it.each([
    [front('kind: asset', 'name: a', 'login: ken'), '4 login: only kind: person has login.'],
    [front('kind: person', 'name: a', 'hours: Mon-Fri 09:00-18:00'), '4 hours: needs the login it is of.'],
    [front('kind: person', 'name: a', 'login: "@a"'), '4 login: "@a" is not a GitHub login'],
    [person('a', 'hours: weekdays'), '5 hours: "weekdays" are not hours: write Mon-Fri 09:00-18:00'],
    [person('a', 'hours: Mon-Fri 09:00-25:00'), '5 hours: "Mon-Fri 09:00-25:00" are not hours'],
    [person('a', 'time_zone: Tokyo'), '5 time_zone: "Tokyo" is not a time zone'],
  ])('people are checked too: %j', (text, expected) => {
    expect(problemsIn({ 'context/people/a.md': text })).toEqual([
      expect.stringContaining(`context/people/a.md:${expected}`),
    ]);
  });

  it('names each login once among the people', () => {
    const again = { ...people, 'context/z.md': front('kind: person', 'name: Ken again', 'login: KEN') };
    expect(problemsIn(again)).toEqual(['context/z.md:4 login "ken" is already that of context/people/ken.md.']);
  });

  it('that changes is told by the check of a pull request, and one that goes away first', () => {
    const before = goodPolicy(rota());
    const after = goodPolicy(rota('away:', '  - { login: ken, from: 2026-03-03, to: 2026-03-04 }'));
    const told = (...pair: Parameters<typeof changes>) => changes(...pair).map(({ sentence }) => sentence);
    expect(told(before, goodPolicy(rota('# a comment')))).toEqual([]);
    expect(told(before, after)).toEqual(['changes who is on call when; in turn: `ken`, `mika`']);
    expect(changes(before, goodPolicy(people))).toEqual([
      { level: 'warning', sentence: 'removes the rota: nobody is on call' },
    ]);
    const quicker = goodPolicy({ ...rota(), 'yagura.md': front('on_call: { take_within: 5m }') });
    expect(told(before, quicker)).toEqual([
      'changes on call from `from high, 15m to take it` to `from high, 5m to take it`',
    ]);
  });
});

it('what waits for an approval waits a day, or as long as the responses say, which the check tells', () => {
  const before = goodPolicy({});
  const after = goodPolicy({ 'policies/response.md': front('approve_within: 4h') });
  expect([before.approveWithin, after.approveWithin]).toEqual([86_400, 14_400]);
  expect(changes(before, after).map(({ sentence }) => sentence)).toEqual([
    'changes time for an approval from `24h` to `4h`',
  ]);
  expect(problemsIn({ 'policies/response.md': front('approve_within: soon') })).toEqual([
    expect.stringContaining('policies/response.md:2 approve_within: "soon" is not a length of time'),
  ]);
});
