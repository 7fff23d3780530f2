import { expect, it } from 'vitest';
import { derived } from '../sources/github-examples.ts';
import { within } from '../told-alerts.ts';

type Life = 'fixed' | 'dismissed' | 'reopened' | null;

/** Lives of GitHub's alerts in the order in which they happened, and how each stands at its end. */
const lives: [event: string, steps: string[], end: Life][] = [
  ['secret_scanning_alert', ['created', 'resolved revoked'], 'fixed'],
  ['secret_scanning_alert', ['created', 'resolved false_positive', 'reopened'], 'reopened'],
  ['secret_scanning_alert', ['created', 'publicly_leaked', 'resolved wont_fix'], 'dismissed'],
  ['secret_scanning_alert', ['created', 'resolved revoked', 'validated revoked'], 'fixed'],
  ['dependabot_alert', ['created', 'dismissed', 'reopened', 'fixed'], 'fixed'],
  ['dependabot_alert', ['created', 'auto_dismissed', 'auto_reopened'], 'reopened'],
  ['dependabot_alert', ['created', 'fixed', 'reintroduced', 'dismissed'], 'dismissed'],
  ['repository_vulnerability_alert', ['create', 'dismiss', 'reopen', 'resolve'], 'fixed'],
  ['repository_vulnerability_alert', ['create', 'resolve', 'reopen'], 'reopened'],
  ['code_scanning_alert', ['created', 'appeared_in_branch', 'closed_by_user'], 'dismissed'],
  ['code_scanning_alert', ['created', 'closed_by_user', 'reopened_by_user', 'fixed'], 'fixed'],
  ['code_scanning_alert', ['created', 'fixed', 'reopened'], 'reopened'],
];

/** Where GitHub writes when an alert ended, by what the action begins with; all else only changes it. */
const ended: [start: string, field: string][] = [
  ['created', 'created_at'],
  ['create', 'created_at'],
  ['resolved', 'resolved_at'],
  ['resolve', 'fixed_at'],
  ['fixed', 'fixed_at'],
  ['auto_dismissed', 'auto_dismissed_at'],
  ['dismiss', 'dismissed_at'],
  ['closed_by_user', 'dismissed_at'],
];

/** A changed copy of GitHub's example: the `nth` step of a life, an hour after the one before. */
function step(event: string, name: string, nth: number, number: number): object {
  const [action = '', resolution = null] = name.split(' ');
  return derived(event, (copy) => {
    const at = new Date(Date.parse('2026-02-20T08:00:00Z') + nth * 3600_000).toISOString();
    const field = ended.find(([start]) => action.startsWith(start))?.[1] ?? 'updated_at';
    const none = { fixed_at: null, dismissed_at: null, resolved_at: null, created_at: '2026-02-20T08:00:00Z' };
    copy.action = action;
    Object.assign(copy.alert, none, { number, state: null, resolution, updated_at: at, [field]: at });
  });
}

function orders<T>(items: readonly T[]): T[][] {
  if (items.length < 2) return [[...items]];
  return items.flatMap((first, k) => orders(items.toSpliced(k, 1)).map((rest) => [first, ...rest]));
}

it('every life of an alert of GitHub ends the same in every order of its steps, each told twice', () =>
  within(async (pipe) => {
    const told = lives.flatMap(([event, steps, end]) =>
      orders(steps.map((name, nth) => ({ name, nth }))).map((order) => ({ event, end, order, steps })),
    );
    expect(told.length).toBeGreaterThan(100);
    const numbered = told.map((one, k) => ({ ...one, number: 1000 + k }));
    for (let round = 0; round < 8; round += 1) {
      const now = numbered.flatMap(({ event, order, number }) => {
        const next = order[round % order.length];
        return next === undefined || round >= order.length * 2 ? [] : [step(event, next.name, next.nth, number)];
      });
      await pipe.receive('github', now);
      await pipe.run();
    }
    const found = await pipe.rows<{ uid: string; lifecycle: Life }>(
      `select ocsf #>> '{metadata,uid}' as uid, lifecycle from alert where source = 'github'`,
    );
    expect(found).toHaveLength(numbered.length);
    const ends = new Map(found.map(({ uid, lifecycle }) => [/(\d{4})\b/.exec(uid)?.[1], lifecycle]));
    const wrong = numbered.filter(({ number, end }) => ends.get(String(number)) !== end);
    expect(
      wrong.map(({ event, order, end }) => `${event}: ${order.map((o) => o.name).join(', ')}, not ${end}`),
    ).toEqual([]);
  }));
