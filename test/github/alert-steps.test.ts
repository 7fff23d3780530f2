import { describe, expect, it } from 'vitest';
import { standingOf, stepsTo } from '../../src/github/alert-steps.ts';
import type { Scanner } from '../../src/ports/alert-lists.ts';

const at = (day: number) => `2026-03-0${day}T10:00:00Z`;
const connected = new Date(at(3));

/** What is known of an alert after it was last told, by the same reading. */
function known(alert: Record<string, unknown>) {
  return standingOf(alert);
}

const open = { state: 'open', created_at: at(4), updated_at: at(4) };
const fixed = { ...open, state: 'fixed', updated_at: at(5), fixed_at: at(5) };
const tool = { name: 'CodeQL' };
const dismissed = { ...open, state: 'dismissed', updated_at: at(6), dismissed_at: at(6) };

const code = { ...open, tool };
const codeFixed = { ...fixed, tool };
const codeClosed = { ...dismissed, tool };

describe('what a list tells of an alert', () => {
  it.each<[string, Scanner, Record<string, unknown>, Record<string, unknown> | undefined, string[]]>([
    ['one never heard of that is open was made', 'dependabot', open, undefined, ['created']],
    ['one made and fixed unseen went both steps', 'dependabot', fixed, undefined, ['created', 'fixed']],
    [
      'one that had ended before we came is nobody’s business',
      'dependabot',
      { ...fixed, created_at: at(1) },
      undefined,
      [],
    ],
    ['one that is as it was told has no step', 'dependabot', open, open, []],
    ['one that is fixed now was fixed', 'dependabot', fixed, open, ['fixed']],
    [
      'one that is dismissed now was dismissed, as code scanning calls it',
      'code-scanning',
      dismissed,
      open,
      ['closed_by_user'],
    ],
    [
      'one dismissed by itself was so',
      'dependabot',
      { ...open, state: 'auto_dismissed', auto_dismissed_at: at(5) },
      open,
      ['auto_dismissed'],
    ],
    [
      'one of code scanning is as its list has it, however old that is',
      'code-scanning',
      code,
      fixed,
      ['reopened_by_user'],
    ],
    ['one of code scanning that is as it was told has no step', 'code-scanning', codeFixed, codeFixed, []],
    ['one of code scanning that ended otherwise did', 'code-scanning', codeFixed, codeClosed, ['fixed']],
    ['one that is open again was reopened', 'dependabot', { ...open, updated_at: at(7) }, fixed, ['reopened']],
    ['a list that lags behind the webhook says nothing', 'dependabot', open, fixed, []],
    ['one dismissed after it was fixed is dismissed', 'dependabot', dismissed, fixed, ['dismissed']],
    ['somebody assigned to it is no step', 'dependabot', { ...open, updated_at: at(7) }, open, []],
    ['an alert without any time is nothing', 'dependabot', { state: 'open' }, undefined, []],
  ])('%s', (_, scanner, alert, before, steps) => {
    expect(stepsTo(scanner, alert, before && known(before), connected)).toEqual(steps);
  });

  const secret = { ...open, validity: 'unknown', publicly_leaked: false, resolution: null };
  it.each<[string, Record<string, unknown>, Record<string, unknown>, string[]]>([
    ['that works was validated', { validity: 'active', updated_at: at(5) }, {}, ['validated']],
    ['that was seen in public leaked further', { publicly_leaked: true, updated_at: at(5) }, {}, ['publicly_leaked']],
    [
      'with a resolution is resolved',
      { state: 'resolved', resolution: 'revoked', resolved_at: at(5) },
      {},
      ['resolved'],
    ],
    ['whose webhook did not say whether it works has no step', {}, { validity: undefined }, []],
  ])('a leaked secret %s', (_, now, before, steps) => {
    expect(stepsTo('secret-scanning', { ...secret, ...now }, known({ ...secret, ...before }), connected)).toEqual(
      steps,
    );
  });
});
