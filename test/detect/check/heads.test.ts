import { describe, expect, it } from 'vitest';
import { findings, ruleText } from './checked.ts';

const red = '{ a: { color: red }, condition: a }';
const tagged = (...tags: string[]) => findings(ruleText(red, { tags }));

describe('tags of ATT&CK', () => {
  it.each([
    ['attack.t1060', 'error T1060 is no technique of ATT&CK v0.'],
    ['attack.t1059.999', 'error T1059.999 is no technique of ATT&CK v0. T1059 is "Command and Scripting Interpreter".'],
    ['attack.t1064', 'error T1064 ("Scripting") was taken out of ATT&CK. Its successor is T1059.'],
    ['attack.t1002', 'error T1002 ("Data Compressed") was taken out of ATT&CK.'],
    ['attack.initial_access', 'error Tactics are written with dashes: attack.initial-access.'],
    [
      'attack.exekution',
      'error "exekution" is neither a technique nor a tactic of ATT&CK v0. Tactics: execution, initial-access.',
    ],
    ['attack.t9999', 'warning T9999 is of a later version than ATT&CK v0, the one that is known here.'],
  ])('%s', (tag, expected) => {
    expect(tagged('attack.execution', tag)).toEqual([`1.yml:5 ${expected}`]);
  });

  it('that are known, and of other namespaces, are fine', () => {
    const fine = [
      'attack.execution',
      'attack.t1059',
      'attack.t1059.004',
      'attack.g0016',
      'attack.s0002',
      'attack.ds0005',
    ];
    expect(
      tagged(...fine, 'cve.2021-44228', 'detection.threat-hunting', 'stp.1u', 'tlp.red', 'car.2013-07-002'),
    ).toEqual([]);
  });

  it('of a later version are told once', () => {
    const rule = (color: string) => ruleText(`{ a: { color: ${color} }, condition: a }`, { tags: ['attack.t9999'] });
    expect(findings(rule('red'), rule('green'))).toEqual([
      '1.yml:5 warning T9999 is of a later version than ATT&CK v0, the one that is known here (2 rules name it).',
    ]);
  });
});

describe('ids', () => {
  it('are missed, and are to be UUIDs', () => {
    expect(findings(ruleText(red, { id: undefined }))[0]).toMatch(/^1\.yml:1 warning The rule has no id/);
    expect(findings(ruleText(red, { id: 'red-lamp' }))).toEqual([
      '1.yml:2 warning The id "red-lamp" is no UUID, so that another rule may have the same.',
    ]);
    expect(findings(ruleText(red, { id: 'A7C3F1E0-5B5D-4E07-9D4B-1E6E1E0C7F11' }))).toEqual([]);
  });
});

describe('log sources', () => {
  it('that no pipeline recognizes are told once', () => {
    const logsource = { product: 'kettle', category: 'boil' };
    const rule = (color: string) => ruleText(`{ a: { color: ${color} }, condition: a }`, { logsource });
    expect(findings(rule('red'), rule('green'), ruleText(red))).toEqual([
      '1.yml:4 warning No pipeline recognizes events of category boil, product kettle: its 2 rules are never asked.',
    ]);
  });
});
