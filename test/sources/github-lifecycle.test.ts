import { describe, expect, it } from 'vitest';
import type { ParsedAlert } from '../../src/domain/alert.ts';
import { readDelivery } from '../../src/github/read-delivery.ts';
import { validateOcsf } from '../../src/normalize/ocsf/validate.ts';
import { github } from '../../src/sources/github.ts';
import { derived, type Example, githubExamples } from './github-examples.ts';

const receivedAt = new Date('2026-03-05T00:00:00Z');
function one(record: unknown): ParsedAlert {
  const alerts = github.parse(record, { receivedAt });
  if (!Array.isArray(alerts) || alerts[0] === undefined || alerts.length > 1) throw new Error(JSON.stringify(alerts));
  return alerts[0];
}

/** GitHub has no example of these: each is a changed copy of the example it does have. */
const steps: [string, Example, ParsedAlert['lifecycle'], string | undefined, string | undefined][] = [
  ...(
    [
      ['created', undefined, undefined],
      ['appeared_in_branch', undefined, undefined],
      ['reopened_by_user', 'reopened', 'reopened by octocat'],
    ] as const
  ).map(([action, life, why]): (typeof steps)[number] => [
    `code scanning ${action}`,
    derived('code_scanning_alert', (copy) => {
      copy.action = action;
      copy.sender = { login: 'octocat', type: 'User' };
    }),
    life,
    why,
    '2020-07-22T14:06:31.000Z',
  ]),
  ...(
    [
      ['dismissed', 'dismissed', 'dismissed by octocat: tolerable_risk, not reachable', '2022-06-15T09:00:00.000Z'],
      ['auto_dismissed', 'dismissed', 'dismissed automatically', '2022-06-15T10:00:00.000Z'],
      ['fixed', 'fixed', 'fixed', '2022-06-15T13:55:40.000Z'],
      ['reopened', 'reopened', 'reopened', '2022-06-16T08:00:00.000Z'],
      ['reintroduced', 'reopened', 'reintroduced', '2022-06-16T08:00:00.000Z'],
      ['auto_reopened', 'reopened', 'reopened automatically', '2022-06-16T08:00:00.000Z'],
    ] as const
  ).map(([action, life, why, time]): (typeof steps)[number] => [
    `Dependabot ${action}`,
    derived('dependabot_alert', (copy) => {
      const by = { dismissed_by: { login: 'octocat' }, dismissed_reason: 'tolerable_risk' };
      copy.action = action;
      Object.assign(copy.alert, { state: 'open', fixed_at: null, updated_at: '2022-06-16T08:00:00Z' });
      if (action === 'fixed') Object.assign(copy.alert, { state: 'fixed', fixed_at: '2022-06-15T13:55:40Z' });
      if (action === 'dismissed')
        Object.assign(copy.alert, by, { dismissed_at: '2022-06-15T09:00:00Z', dismissed_comment: 'not reachable' });
      if (action === 'auto_dismissed') copy.alert.auto_dismissed_at = '2022-06-15T10:00:00Z';
    }),
    life,
    why,
    time,
  ]),
  ...(['revoked', 'used_in_tests', 'false_positive', 'wont_fix', 'pattern_deleted', 'pattern_edited'] as const).map(
    (resolution): (typeof steps)[number] => [
      `secret scanning resolved as ${resolution}`,
      derived('secret_scanning_alert', (copy) => {
        copy.action = 'resolved';
        const resolved = { resolution, resolved_by: { login: 'octocat' }, resolution_comment: 'canary of a comment' };
        Object.assign(copy.alert, resolved, {
          resolved_at: '2022-06-15T13:55:40Z',
          updated_at: '2022-06-15T13:55:41Z',
        });
      }),
      resolution === 'revoked' ? 'fixed' : 'dismissed',
      `resolved by octocat: ${resolution}`,
      '2022-06-15T13:55:40.000Z',
    ],
  ),
  ...(['publicly_leaked', 'validated'] as const).map((action): (typeof steps)[number] => [
    `secret scanning ${action}`,
    derived('secret_scanning_alert', (copy) => {
      copy.action = action;
      copy.alert.updated_at = '2022-06-15T13:55:40Z';
    }),
    undefined,
    undefined,
    '2022-06-15T13:55:40.000Z',
  ]),
  [
    'secret scanning validated after it was resolved',
    derived('secret_scanning_alert', (copy) => {
      copy.action = 'validated';
      Object.assign(copy.alert, { resolution: 'revoked', updated_at: '2022-06-16T13:55:40Z' });
      Object.assign(copy.alert, { resolved_at: '2022-06-15T13:55:40Z', resolved_by: { login: 'octocat' } });
    }),
    'fixed',
    'resolved by octocat: revoked',
    '2022-06-16T13:55:40.000Z',
  ],
  [
    'secret scanning revoked, as servers before 3.6 say it',
    derived('secret_scanning_alert', (copy) => {
      copy.action = 'revoked';
      copy.alert.updated_at = '2022-06-15T13:55:40Z';
    }),
    'fixed',
    'fixed by Codertocat',
    '2022-06-15T13:55:40.000Z',
  ],
  ...(
    [
      ['resolve', 'fixed', 'fixed: version bump', '2021-03-02T00:00:00.000Z'],
      ['reopen', 'reopened', 'reopened', '2021-03-03T00:00:00.000Z'],
    ] as const
  ).map(([action, life, why, time]): (typeof steps)[number] => [
    `vulnerability ${action}`,
    derived('repository_vulnerability_alert', (copy) => {
      copy.action = action;
      Object.assign(copy.alert, { number: 2, updated_at: '2021-03-03T00:00:00Z' });
      if (action === 'resolve')
        Object.assign(copy.alert, { fixed_at: '2021-03-02T00:00:00Z', fix_reason: 'version bump' });
    }),
    life,
    why,
    time,
  ]),
];

describe('actions that GitHub gives no example of', () => {
  it.each(steps)('%s', (_, example, lifecycle, why, time) => {
    const alert = one(example);
    expect(alert.lifecycle).toBe(lifecycle);
    expect(alert.lifecycleWhy).toBe(why);
    expect(alert.time.toISOString()).toBe(time);
    expect(validateOcsf(alert.ocsf)).toEqual([]);
    expect(JSON.stringify(alert)).not.toContain('canary');
  });

  it.each([
    ['secret_scanning_alert', 'assigned'],
    ['secret_scanning_alert', 'unassigned'],
    ['dependabot_alert', 'assignees_changed'],
    ['code_scanning_alert', 'updated_assignment'],
  ])('%s %s says nothing of the alert and is left out', (event, action) => {
    const reason = `Yagura does not use this action of ${event}.`;
    const example = derived(event, (copy) => {
      copy.action = action;
    });
    expect(readDelivery(event, example)).toEqual({ kind: 'ignored', reason });
  });

  it('a step without a time of its own has that of its receipt, so that it does not pass for the first', () => {
    const fixed = githubExamples.find(([, e]) => e.event === 'code_scanning_alert' && e.action === 'fixed');
    expect(one(fixed?.[1]).time).toEqual(receivedAt);
    expect(github.eventId?.(fixed?.[1])).toBeUndefined();
  });

  it('a reason is cut at 300 characters and kept on one line', () => {
    const long = derived('dependabot_alert', (copy) => {
      copy.action = 'dismissed';
      copy.alert.dismissed_comment = `two\nlines ${'long '.repeat(200)}`;
    });
    expect(one(long).lifecycleWhy).toMatch(/^dismissed: two lines long/);
    expect(one(long).lifecycleWhy).toHaveLength(300);
  });
});
