import { describe, expect, it } from 'vitest';
import { autonomies } from '../../src/domain/policy.ts';
import { type Decision, decide, effectiveAutonomy } from '../../src/respond/authorize.ts';
import { blockRule } from '../commands/incident-in-test.ts';

function said(decision: Decision): string {
  if (decision.kind === 'run') return `run by ${decision.approvedBy.join(' and ')}`;
  if (decision.kind === 'needs-approval') return `${decision.missing} missing: ${decision.because}`;
  return `${decision.kind}: ${decision.because}`;
}

describe('decide', () => {
  it.each<[string, string, string[], Parameters<typeof blockRule>[0], string]>([
    ['one voice for what Yagura proposes', 'yagura', ['ken'], {}, 'run by ken'],
    ['nobody', 'yagura', [], {}, '1 missing: '],
    ['only the requester', 'ken', ['ken'], {}, '1 missing: who asked may not be the one who approves'],
    ['the requester and another', 'ken', ['ken', 'mika'], {}, 'run by mika'],
    ['the requester where the rule lets them', 'ken', ['ken'], { requesterMayApprove: true }, 'run by ken'],
    ['one of two', 'yagura', ['ken'], { approvals: 2 }, '1 missing: rule block-address asks for 2 people'],
    ['one person twice', 'yagura', ['ken', 'ken'], { approvals: 2 }, '1 missing: rule block-address asks for 2 people'],
    ['two people', 'yagura', ['ken', 'mika'], { approvals: 2 }, 'run by ken and mika'],
    [
      'the requester and one of two',
      'ken',
      ['ken', 'mika'],
      { approvals: 2 },
      '1 missing: who asked may not be the one who approves; rule block-address asks for 2 people',
    ],
    [
      'a rule that only recommends',
      'yagura',
      ['ken'],
      { autonomy: 'recommend' },
      'dry-run: autonomy recommend of rule block-address',
    ],
    [
      'a rule that only observes',
      'yagura',
      ['ken'],
      { autonomy: 'observe' },
      'dry-run: autonomy observe of rule block-address',
    ],
  ])('with %s', (_, requestedBy, voices, rule, expected) => {
    expect(said(decide({ requestedBy }, voices, blockRule(rule), { mode: 'auto' }))).toBe(expected);
  });

  it.each(['observe', 'recommend'] as const)('lets nothing run in mode %s, whoever agrees', (mode) => {
    const decision = decide({ requestedBy: 'yagura' }, ['ken', 'mika'], blockRule({ autonomy: 'auto' }), { mode });
    expect(said(decision)).toBe(`dry-run: mode ${mode} in yagura.md`);
  });
});

describe('effectiveAutonomy', () => {
  it('is the lower of rule and mode, for every pair', () => {
    for (const [i, autonomy] of autonomies.entries())
      for (const [j, mode] of autonomies.entries())
        expect(effectiveAutonomy(blockRule({ autonomy }), { mode })).toBe(autonomies[Math.min(i, j)]);
  });
});
