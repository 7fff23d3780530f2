import { describe, expect, it } from 'vitest';
import type { Account } from '../../src/domain/account.ts';
import { autonomies } from '../../src/domain/policy.ts';
import { type Decision, decide, effectiveAutonomy } from '../../src/respond/authorize.ts';
import { blockRule } from '../commands/incident-in-test.ts';

function said(decision: Decision): string {
  if (decision.kind === 'run') return `run by ${decision.approvedBy.map(({ login }) => login).join(' and ')}`;
  if (decision.kind === 'needs-approval') return `${decision.missing} missing: ${decision.because}`;
  return `${decision.kind}: ${decision.because}`;
}

/** `ken`, with an id that is not known, or `ken#7`. */
function account(text: string): Account {
  const [login = '', id] = text.split('#');
  return id === undefined ? { login } : { login, id: Number(id) };
}

function asked(text: string): Parameters<typeof decide>[0] {
  const { login, id } = account(text);
  return id === undefined ? { requestedBy: login } : { requestedBy: login, requestedById: id };
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
      'a requester with another login by now',
      'ken#7',
      ['kenji#7'],
      {},
      '1 missing: who asked may not be the one who approves',
    ],
    [
      'one person under two logins',
      'yagura',
      ['ken#7', 'kenji#7'],
      { approvals: 2 },
      '1 missing: rule block-address asks for 2 people',
    ],
    ['somebody else who took the login of the requester', 'ken#7', ['ken#8'], {}, 'run by ken'],
    [
      'a requester whose id was never kept',
      'ken',
      ['Ken#7'],
      {},
      '1 missing: who asked may not be the one who approves',
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
    expect(said(decide(asked(requestedBy), voices.map(account), blockRule(rule), { mode: 'auto' }, 'en'))).toBe(
      expected,
    );
  });

  it.each(['observe', 'recommend'] as const)('lets nothing run in mode %s, whoever agrees', (mode) => {
    const rule = blockRule({ autonomy: 'auto' });
    const decision = decide({ requestedBy: 'yagura' }, ['ken', 'mika'].map(account), rule, { mode }, 'en');
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
