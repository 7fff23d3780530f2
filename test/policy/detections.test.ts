import { describe, expect, it } from 'vitest';
import { checkRunOf } from '../../src/policy/check.ts';
import { loadPolicy } from '../../src/policy/load-policy.ts';
import { exampleFiles, filesOf, known, meta } from './policy-files.ts';

const path = 'detections/aws/trail.yml';
const rule = `title: Trail stopped
id: 0b0e2fd3-1c0b-4cf1-8a9a-3f6f0a6a4d10
tags: [attack.t1078]
logsource: { product: aws, service: cloudtrail }
detection:
  selection: { eventName: StopLogging }
  condition: selection
level: high
tests:
  - name: stopped
    match: true
    event: { eventSource: cloudtrail.amazonaws.com, eventName: StopLogging, awsRegion: eu-central-1 }
  - name: started
    match: false
    event: { eventSource: cloudtrail.amazonaws.com, eventName: StartLogging, awsRegion: eu-central-1 }
`;

const load = (files: Record<string, string>) => loadPolicy(filesOf(files), meta, known);
const lines = (list: { path: string; line: number; message: string }[]) =>
  list.map((one) => `${one.path}:${one.line} ${one.message}`);

describe('detections of a config repository', () => {
  it('are part of the policy, as they stand', () => {
    const { policy, problems, warnings } = load({ [path]: rule });
    expect([problems, warnings]).toEqual([[], []]);
    expect(policy.detections).toEqual([{ path, text: rule }]);
  });

  it.each([
    ['cannot be read', ['eventName:', 'eventName|begins:'], `${path}:6 selection: The modifier "begins" is not known`],
    ['names no technique', ['t1078', 't1060'], `${path}:3 T1060 ("Registry Run Keys / Startup Folder") was taken out`],
    ['fails its test', ['StopLogging }', 'DeleteTrail }'], `${path}:10 Test "stopped": the rule does not match`],
    ['can match nothing', ['condition: selection', 'condition: selection and not selection'], `${path}:7 No event can`],
  ])('break a commit when a rule %s', (_, [from = '', to = ''], expected) => {
    const { problems } = load({ [path]: rule.replace(from, to) });
    expect(lines(problems)[0]).toContain(expected);
  });

  it('are only warned of when a rule has no tests', () => {
    const { problems, warnings } = load({ [path]: rule.replace(/tests:[\s\S]*/, '') });
    expect(problems).toEqual([]);
    expect(lines(warnings)).toEqual([`${path}:1 The rule has no tests: nothing shows that it matches what it is for.`]);
  });

  it('keep names that two files give in no order', () => {
    const { problems } = load({ [path]: rule, 'detections/again.yml': rule });
    expect(lines(problems)).toEqual([`${path}:2 The id is that of "Trail stopped" too (detections/again.yml:1).`]);
  });

  it('say what they say on one line, whatever a rule is called', () => {
    const { warnings } = load({
      [path]: rule.replace('Trail stopped', `"a\\nb\\u202e${'x'.repeat(200)}"`).replace(/tests:[\s\S]*/, ''),
    });
    expect(warnings.every(({ message }) => !/[\n\u202e]/.test(message))).toBe(true);
  });
});

describe('placeholders', () => {
  const asked = rule
    .replace('eventName: StopLogging', 'userIdentity.userName|expand: "%Administrators%"')
    .replace(/tests:[\s\S]*/, '');
  const person = (name: string, more = 'placeholder: Administrators\n') =>
    `---\nkind: person\nname: ${name}\nentities: { user: ${name} }\n${more}---\n`;

  it('that nothing fills switch a rule off, which is a warning', () => {
    const { problems, warnings } = load({ [path]: asked });
    expect(problems).toEqual([]);
    expect(lines(warnings)).toEqual([
      `${path}:5 The rule is switched off: nothing says what %Administrators% stands for. Say it under "placeholders" in yagura.md, or with "placeholder" in a file below context/.`,
    ]);
  });

  it('stand for the entities of what context describes, and for the values of yagura.md', () => {
    const { policy, problems, warnings } = load({
      [path]: asked,
      'context/ken.md': person('ken'),
      'context/mika.md': person('mika'),
      'context/otto.md': person('otto', ''),
      'yagura.md': '---\nplaceholders:\n  Administrators: root\n  HomeTenantID: [a1b2]\n---\n',
    });
    expect(problems).toEqual([]);
    expect(policy.placeholders).toEqual({ Administrators: ['ken', 'mika', 'root'], HomeTenantID: ['a1b2'] });
    expect(lines(warnings).join()).not.toContain('switched off');
  });

  it('of a file without entities, or with a name that no rule could write, are problems', () => {
    const network = '---\nkind: network\nname: office\ncidr: 10.1.0.0/16\nplaceholder: Offices\n---\n';
    expect(lines(load({ 'context/office.md': network }).problems)).toEqual([
      'context/office.md:5 placeholder: a placeholder stands for the entities of its file, and there are none.',
    ]);
    expect(load({ 'context/ken.md': person('ken', 'placeholder: "%Admins%"\n') }).problems).toHaveLength(1);
  });
});

describe('the check run', () => {
  it('shows warnings beside what changes, and is no failure for them', () => {
    const { policy, problems, warnings } = load({ [path]: rule.replace(/tests:[\s\S]*/, '') });
    const run = checkRunOf(problems, policy, undefined, warnings);
    expect(run).toMatchObject({ conclusion: 'success', title: 'Good; 1 change, 1 warning' });
    expect(run.summary).toContain(`- adds detections \`${path}\``);
    expect(run.summary).toContain(`${path}:1: The rule has no tests`);
    expect(run.annotations).toMatchObject([{ path, line: 1, level: 'warning' }]);
  });

  it('of a broken commit shows them behind the problems', () => {
    const run = checkRunOf([{ path: 'a.yml', line: 1, message: 'x' }], undefined, undefined, [
      { path, line: 2, message: 'y' },
    ]);
    expect(run.conclusion).toBe('failure');
    expect(run.annotations.map(({ level }) => level)).toEqual(['failure', 'warning']);
  });

  it('warns of what is no longer looked for', () => {
    const before = load({ [path]: rule, 'detections/b.yml': rule.replace('0b0e2fd3', '1b0e2fd3') }).policy;
    const { summary } = checkRunOf([], load({ [path]: rule.replace('high', 'low') }).policy, before);
    expect(summary).toMatch(
      /Look twice[\s\S]*- removes detections `detections\/b\.yml`[\s\S]*- changes detections `detections\/aws\/trail\.yml`/,
    );
  });
});

it('the example passes with its detections', () => {
  const { policy, problems } = loadPolicy(exampleFiles('config-repo'), meta, known);
  expect(problems).toEqual([]);
  expect(policy.detections.length).toBeGreaterThan(60);
});
