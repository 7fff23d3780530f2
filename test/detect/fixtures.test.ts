import { describe, expect, it } from 'vitest';
import { runFixtures } from '../../src/detect/fixtures.ts';
import { readRules } from '../../src/detect/read-rules.ts';
import { pipelines, ruleText } from './check/checked.ts';

const red = '{ a: { color: red }, condition: a }';
const positive = { name: 'red', match: true, event: { lamp: 1, color: 'red' } };
const negative = { name: 'green', match: false, event: { lamp: 1, color: 'green' } };

/** What the tests of a document say: `line severity message`. */
function told(tests: unknown, more: Record<string, unknown> = {}): string[] {
  return toldOf(ruleText(red, more) + (tests === undefined ? '' : `tests: ${JSON.stringify(tests)}\n`));
}

function toldOf(text: string): string[] {
  const rules = readRules([{ path: 'lamp.yml', text }]);
  if (rules.problems.length > 0) throw new Error(JSON.stringify(rules.problems));
  return runFixtures(rules, pipelines).map(({ line, severity, message }) => `${line} ${severity} ${message}`);
}

describe('the tests of a rule', () => {
  it('that hold say nothing', () => {
    expect(told([positive, negative])).toEqual([]);
  });

  it('that fail are errors at their line', () => {
    const text = `${ruleText(red)}tests:
  - { name: pink, match: true, event: { lamp: 1, color: pink } }
  - name: also red
    match: false
    event: { lamp: 1, color: RED }
`;
    expect(toldOf(text)).toEqual([
      '7 error Test "pink": the rule does not match this event, and should: a: color is "red" is false, it is "pink".',
      '8 error Test "also red": the rule matches this event by color, and should not.',
    ]);
  });

  it('are missed', () => {
    expect(told(undefined)).toEqual(['1 warning The rule has no tests: nothing shows that it matches what it is for.']);
    expect(told([])).toHaveLength(1);
    expect(told([positive])).toEqual([
      '1 warning There is no test with match: false: a near miss shows where it ends.',
    ]);
    expect(told([negative])).toEqual(['1 warning There is no test with match: true.']);
  });

  it('of an event that no pipeline knows fail, whatever they expect', () => {
    const unknown = { color: 'red' };
    const message = 'no pipeline knows this event, so that no rule is asked.';
    expect(told([{ ...positive, event: unknown }, negative])).toEqual([`6 error Test "red": ${message}`]);
    expect(told([positive, { ...negative, event: unknown }])).toEqual([`6 error Test "green": ${message}`]);
  });

  it('may say what the event is to be taken for', () => {
    const logsource = { product: 'lamp' };
    expect(told([{ ...positive, event: { color: 'red' }, logsource }, negative])).toEqual([]);
    expect(told([{ ...positive, logsource: { product: 'kettle' } }, negative])).toHaveLength(1);
  });

  it('see events as they are where no pipeline recognizes any of the log source', () => {
    const kettle = { logsource: { product: 'kettle' } };
    const [good, bad] = [
      { ...positive, event: { color: 'red' } },
      { ...negative, event: { color: 'blue' } },
    ];
    expect(told([good, bad], kettle)).toEqual([]);
    expect(told([good, { ...bad, match: true }], kettle)).toHaveLength(2);
  });

  it.each([
    ['red', '"tests" is a list.'],
    [['red'], 'A test is a map of name, match and event.'],
    [[{ ...positive, expect: true }], 'A test of a rule knows no "expect". There are: name, match, event, logsource.'],
    [[{ ...positive, name: '' }], 'The test has no name: say in it what happens.'],
    [[{ ...positive, match: 'yes' }], 'The test "red" does not say match: true or match: false.'],
    [[{ ...positive, event: [] }], 'The test "red" has no event: a map, as its product writes it.'],
    [[{ ...positive, logsource: 'lamp' }], 'The logsource of the test "red" is a map of category, product, service.'],
  ])('that cannot be read are errors: %j', (tests, message) => {
    expect(told(tests)).toContain(`6 error ${message}`);
  });

  it('are missed of a whole folder in one warning', () => {
    const files = Array.from({ length: 25 }, (_, k) => ({ path: `detections/others/x/${k}.yml`, text: ruleText(red) }));
    expect(runFixtures(readRules(files), pipelines)).toMatchObject([
      { path: 'detections/others/x/0.yml', message: '25 rules of detections/others have no tests; this is the first.' },
    ]);
  });
});

describe('why a rule does not match its test', () => {
  const why = (detection: string, event: object) => {
    const tests = [{ name: 'x', match: true, event: { lamp: 1, ...event } }, negative];
    const [told] = toldOf(`${ruleText(detection)}tests: ${JSON.stringify(tests)}\n`);
    return told?.replace(/^\d+ error Test "x": the rule does not match this event, and should: /, '');
  };

  it.each([
    [
      '{ a: { color: red, size: big }, condition: a }',
      { color: 'red' },
      'a: size is "big" is false, the event has no such field.',
    ],
    [
      '{ a: { color: red }, f: { size: big }, condition: a and not f }',
      { color: 'red', size: 'big' },
      'f holds, and must not.',
    ],
    [
      '{ a: { color: [red, green] }, condition: a }',
      { color: 'pink' },
      'a: color is "red" is false, it is "pink"; color is "green" is false, it is "pink".',
    ],
    [
      '{ a: { color: [red, green, blue] }, condition: a }',
      { color: 'pink' },
      'a: none of 3 choices holds, the first that does not: color is "red" is false, it is "pink".',
    ],
    ['{ a: [red], condition: a }', { color: 'pink' }, 'a: any value contains "red" is false.'],
  ])('%s', (detection, event, expected) => {
    expect(why(detection, event)).toBe(expected);
  });

  it('or what it is taken for instead', () => {
    const tests = [positive, negative];
    expect(told(tests, { logsource: { product: 'lamp', service: 'dimmer' } })[0]).toContain(
      'the event is taken for {"product":"lamp"}, which the rule is not for.',
    );
  });
});

describe('the tests of a correlation', () => {
  const events = (...at: string[]) => at.map((time) => ({ lamp: 1, color: 'red', time: `2026-01-01T00:${time}Z` }));
  const three = events('00:00', '00:10', '00:20');
  const late = events('00:00', '00:10', '02:20');

  function correlation(tests: object[], outer = ''): string[] {
    return toldOf(`${ruleText(red, { name: 'lamp_red' })}---
title: Three in a minute
id: 00000000-0000-4000-8000-0000000000aa
name: lamp_three
correlation: { type: event_count, rules: [lamp_red], timespan: 1m, condition: { gte: 3 } }
tests: ${JSON.stringify(tests)}
${outer}`);
  }
  const fires = { name: 'three', match: true, events: three };
  const not = { name: 'late', match: false, events: late };

  it('that hold say nothing, and the rules it names need none', () => {
    expect(correlation([fires, not])).toEqual([]);
  });

  it('that fail are errors that say how many events count', () => {
    const green = { ...three[1], color: 'green' };
    expect(
      correlation([
        { ...fires, events: [three[0], green, three[2]] },
        { ...not, events: three },
      ]),
    ).toEqual([
      expect.stringMatching(
        /^\d+ error Test "three": the correlation does not come true, and should: 2 of its 3 events match a rule it names\.$/,
      ),
      expect.stringMatching(/^\d+ error Test "late": the correlation comes true, and should not: 3 of its 3 events/),
    ]);
  });

  it('want events that are known and have a time', () => {
    const { time: _, ...timeless } = three[1] as Record<string, unknown>;
    expect(correlation([{ ...fires, events: [three[0], timeless] }, not]).join()).toContain(
      'event 2 has no time that its pipeline finds.',
    );
    expect(correlation([{ ...fires, events: [{ color: 'red' }] }, not]).join()).toContain(
      'event 1: no pipeline knows this event',
    );
    expect(correlation([{ ...fires, events: three[0] }, not]).join()).toContain('has no events: a list of maps');
  });

  it('work where another correlation is built on it', () => {
    const outer = `---
title: Twice three
id: 00000000-0000-4000-8000-0000000000ab
correlation: { type: event_count, rules: [lamp_three], timespan: 10m, condition: { gte: 2 } }
tests: ${JSON.stringify([
      { name: 'six', match: true, events: [...three, ...events('05:00', '05:10', '05:20')] },
      { name: 'four', match: false, events: [...three, ...events('05:00')] },
    ])}
`;
    expect(correlation([fires, not], outer)).toEqual([]);
  });
});
