import { describe, expect, it } from 'vitest';
import { changes } from '../../src/policy/changes.ts';
import { goodPolicy, problemsIn } from './policy-files.ts';

const path = 'policies/privacy.md';
const front = (...lines: string[]) => ({ [path]: ['---', ...lines, '---', ''].join('\n') });

describe('policies/privacy.md', () => {
  it('says what is masked; what it leaves out is kept', () => {
    expect(goodPolicy({}).privacy).toEqual({
      email: 'keep',
      phone: 'keep',
      name: 'keep',
      address: 'keep',
      nameFields: [],
      staffNetworks: [],
    });
    const given = front('email: mask', 'address: mask', 'staff_networks: 10.20.8.0/22');
    expect(goodPolicy(given).privacy).toMatchObject({ email: 'mask', phone: 'keep', staffNetworks: ['10.20.8.0/22'] });
  });

  it.each([
    [['email: hide'], `${path}:2 email: "hide" is not known. Allowed: mask, keep.`],
    [['emial: mask'], `${path}:2 Key "emial" is not known; did you mean email?`],
    [['address: mask'], `${path}:2 address: say whose addresses: staff_networks: [10.20.8.0/22].`],
    [
      ['email: keep', 'staff_networks: [10.20.8.0/22]'],
      `${path}:3 staff_networks: it does nothing without address: mask.`,
    ],
    [['name_fields: [requester]'], `${path}:2 name_fields: it does nothing without name: mask.`],
    [['name: mask', 'name_fields: ["a b"]'], `${path}:3 name_fields[0]: "a b" is not the path of a field`],
    [['address: mask', 'staff_networks: [10.20.8.0/99]'], `${path}:3 staff_networks[0]: "10.20.8.0/99" is not a block`],
  ])('%j is a problem with its line', (lines, problem) => {
    expect(problemsIn(front(...lines))).toEqual([expect.stringContaining(problem)]);
  });

  it('is told in the check when it changes, as a warning when less is masked', () => {
    const [keep, mask] = [goodPolicy({}), goodPolicy(front('name: mask', 'name_fields: [requester]'))];
    expect(changes(keep, mask)).toEqual([
      { level: 'notice', sentence: 'masks names in what comes in' },
      { level: 'notice', sentence: 'changes name fields from `(nothing)` to `requester`' },
    ]);
    expect(changes(mask, keep).map(({ level }) => level)).toEqual(['warning', 'warning']);
  });
});
