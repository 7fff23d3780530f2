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
      expect.stringMatching(/^7 error Test "pink": the rule does not match this event, and should\b/),
      '8 error Test "also red": the rule matches this event by color, and should not.',
    ]);
  });

  it('are missed', () => {
    expect(told(undefined)).toEqual(['1 warning The rule has no tests: nothing shows that it matches what it is for.']);
    expect(told([])).toHaveLength(1);
    expect(told([positive])).toEqual([
      '1 warning The rule has no test with match: false: a near miss shows where it ends.',
    ]);
    expect(told([negative])).toEqual(['1 warning The rule has no test with match: true.']);
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
