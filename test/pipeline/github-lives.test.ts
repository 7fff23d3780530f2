import { expect, it } from 'vitest';
import { orders } from '../orders.ts';
import { derived } from '../sources/github-examples.ts';
import { within } from '../told-alerts.ts';

type Life = 'fixed' | 'dismissed' | 'reopened' | null;

/** Lives of GitHub's alerts in the order in which they happened, and how each stands at its end. */
const lives: [event: string, steps: string[], end: Life][] = [
  ['secret_scanning_alert', ['created', 'resolved revoked'], 'fixed'],
  ['secret_scanning_alert', ['created', 'resolved false_positive', 'reopened'], 'reopened'],
  ['secret_scanning_alert', ['created', 'publicly_leaked', 'resolved wont_fix'], 'dismissed'],
  ['secret_scanning_alert', ['created', 'resolved revoked', 'validated'], 'fixed'],
  ['secret_scanning_alert', ['created', 'location', 'resolved revoked'], 'fixed'],
  ['secret_scanning_alert', ['created', 'resolved false_positive', 'location'], 'dismissed'],
  ['secret_scanning_alert', ['created', 'resolved used_in_tests', 'reopened', 'location'], null],
  ['dependabot_alert', ['created', 'dismissed', 'reopened', 'fixed'], 'fixed'],
  ['dependabot_alert', ['created', 'auto_dismissed', 'auto_reopened'], 'reopened'],
  ['dependabot_alert', ['created', 'fixed', 'reintroduced', 'dismissed'], 'dismissed'],
  ['repository_vulnerability_alert', ['create', 'dismiss', 'reopen', 'resolve'], 'fixed'],
  ['repository_vulnerability_alert', ['create', 'resolve', 'reopen'], 'reopened'],
  ['code_scanning_alert', ['created', 'appeared_in_branch', 'closed_by_user'], 'dismissed'],
  ['code_scanning_alert', ['created', 'closed_by_user', 'reopened_by_user', 'fixed'], 'fixed'],
  ['code_scanning_alert', ['created', 'fixed', 'reopened'], 'reopened'],
  ['code_scanning_alert', ['created', 'closed_by_user', 'appeared_in_branch'], 'dismissed'],
  ['code_scanning_alert', ['created', 'fixed', 'appeared_in_branch'], 'fixed'],
  ['code_scanning_alert', ['appeared_in_branch', 'fixed', 'reopened', 'closed_by_user'], 'dismissed'],
  ['code_scanning_alert', ['appeared_in_branch', 'closed_by_user', 'reopened dismissed'], 'dismissed'],
  ['repository_advisory', ['reported', 'published'], null],
];

/** The fields by which GitHub says that an alert is over, when it is not. */
const none = { fixed_at: null, dismissed_at: null, auto_dismissed_at: null, resolved_at: null, resolution: null };

/** As their payloads have it, these steps of code scanning do not say when they happened. */
const untimed = /^(?:fixed|reopened|reopened_by_user)\b/;

/** Nothing can tell that such a step comes too late: it is told before what followed it, as deliveries are asked for again. */
function canBeTold(event: string, steps: readonly string[], order: readonly number[]): boolean {
  if (event !== 'code_scanning_alert') return true;
  return order.every((nth, k) => {
    const before = order.slice(0, k).filter((one) => one > nth && !steps[one]?.startsWith('appeared'));
    return before.length === 0 || !untimed.test(steps[nth] ?? '');
  });
}

/** What an action leaves on an alert: the state and its time stay until another action changes them. */
function after(alert: Record<string, unknown>, name: string, at: string): Record<string, unknown> {
  const [action = '', resolution = null] = name.split(' ');
  const now = { ...alert, updated_at: at };
  // It came back where somebody had dismissed it.
  if (resolution === 'dismissed') return now;
  if (/reopened|reopen|reintroduced/.test(action)) return { ...now, ...none, state: 'open' };
  if (action === 'resolved') return { ...now, state: 'resolved', resolved_at: at, resolution };
  if (action === 'validated') return { ...now, validity: resolution };
  if (action === 'fixed' || action === 'resolve') return { ...now, state: 'fixed', fixed_at: at };
  if (action === 'auto_dismissed') return { ...now, state: action, auto_dismissed_at: at };
  if (/^dismiss|^closed_by_user/.test(action)) return { ...now, state: 'dismissed', dismissed_at: at };
  return now;
}

const start = Date.parse('2026-02-20T08:00:00Z');
const hourly = (nth: number) => new Date(start + nth * 3600_000).toISOString();
const repository = { id: 4711, full_name: 'acme/shop' };

/** The webhooks of a life, an hour apart, each with the alert as it stood then. */
function webhooks(event: string, steps: readonly string[], number: number): object[] {
  if (event === 'repository_advisory') return steps.map((name, nth) => advisory(name, nth, number));
  let alert: Record<string, unknown> = { ...none, number, state: 'open', created_at: hourly(0) };
  return steps.map((name, nth) => {
    alert = after(alert, name, hourly(nth));
    const [action] = name.split(' ');
    const further = name === 'location';
    return derived(further ? 'secret_scanning_alert_location' : event, (copy) => {
      Object.assign(copy.alert, alert, event === 'secret_scanning_alert' ? { secret_type: 'stripe_api_key' } : {});
      Object.assign(copy, { action: further ? 'created' : action, repository });
      if (event !== 'code_scanning_alert') return;
      // GitHub's schema: no time of the last change, and none of a fix.
      Object.assign(copy.alert, { updated_at: undefined, fixed_at: null });
    });
  });
}

function advisory(action: string, nth: number, number: number): object {
  const state = action === 'reported' ? 'triage' : 'published';
  const times = { created_at: hourly(0), updated_at: hourly(nth), published_at: nth === 0 ? null : hourly(nth) };
  const told = { ghsa_id: `GHSA-aaaa-bbbb-${number}`, summary: 'It pads what it runs', severity: 'high', state };
  return { event: 'repository_advisory', action, repository_advisory: { ...told, ...times }, repository };
}

it('every life of an alert of GitHub ends the same in every order that its steps can come in, each told twice', () =>
  within(async (pipe) => {
    const told = lives.flatMap(([event, steps, end]) =>
      orders([...steps.keys()])
        .filter((order) => canBeTold(event, steps, order))
        .map((order) => ({ event, end, order, steps })),
    );
    expect(told.length).toBeGreaterThan(100);
    const numbered = told.map((one, k) => ({
      ...one,
      number: 1000 + k,
      hooks: webhooks(one.event, one.steps, 1000 + k),
    }));
    for (let round = 0; round < 8; round += 1) {
      const now = numbered.flatMap(({ order, hooks }) => {
        const next = hooks[order[round % order.length] ?? -1];
        // No step is told before it happened.
        const happened = Math.max(...order.slice(0, round + 1));
        return next === undefined || round >= order.length * 2 ? [] : [{ next, happened }];
      });
      for (const [happened, some] of Map.groupBy(now, (one) => one.happened)) {
        pipe.now = new Date(start + happened * 3600_000 + round * 60_000);
        await pipe.receive(
          'github',
          some.map(({ next }) => next),
        );
      }
      await pipe.run();
    }
    const found = await pipe.rows<{ uid: string; lifecycle: Life }>(
      `select ocsf #>> '{metadata,uid}' as uid, lifecycle from alert where source = 'github'`,
    );
    expect(found).toHaveLength(numbered.length);
    const ends = new Map(found.map(({ uid, lifecycle }) => [/(\d{4})\b/.exec(uid)?.[1], lifecycle]));
    const wrong = numbered.filter(({ number, end }) => ends.get(String(number)) !== end);
    expect(
      wrong.map(({ event, steps, order, end }) => `${event}: ${order.map((nth) => steps[nth]).join(', ')}, not ${end}`),
    ).toEqual([]);
  }));

/** What is told of an alert that somebody closed here, and whether that opens its issue again. */
const afterClose: [what: string, event: string, steps: string[], status: 'open' | 'closed'][] = [
  ['merged into the default branch', 'code_scanning_alert', ['created', 'appeared_in_branch'], 'closed'],
  ['open again on GitHub', 'code_scanning_alert', ['created', 'reopened'], 'open'],
  ['dismissed there, too', 'code_scanning_alert', ['created', 'closed_by_user'], 'closed'],
  ['a secret that does not work', 'secret_scanning_alert', ['created', 'validated inactive'], 'closed'],
  ['a secret that works', 'secret_scanning_alert', ['created', 'validated active'], 'open'],
  ['a further place', 'secret_scanning_alert', ['created', 'location'], 'closed'],
  ['a secret that is open again', 'secret_scanning_alert', ['created', 'reopened'], 'open'],
];

/** Soon, and after the time in which whatever comes back reopens its incident. */
const soonAndLate = afterClose.flatMap((one) => [3, 60].map((days) => [...one, days] as const));

it.each(soonAndLate)('what somebody closed: %s, by %s %s is %s after %i days', (_, event, steps, status, days) =>
  within(async (pipe) => {
    const [created, ...later] = webhooks(event, steps, 7);
    await pipe.receive('github', [created ?? {}]);
    await pipe.run();
    await pipe.close('1');
    pipe.now = new Date(start + days * 24 * 3600_000);
    await pipe.receive('github', later);
    await pipe.run();
    const open = await pipe.rows(`select 1 from incident where status = 'open'`);
    expect(open).toHaveLength(status === 'open' ? 1 : 0);
  }),
);

it('an update opens what its source had ended and has open now, since the step in between was lost', () =>
  within(async (pipe) => {
    const [created, resolved, , validated] = webhooks(
      'secret_scanning_alert',
      ['created', 'resolved used_in_tests', 'reopened', 'validated'],
      7,
    );
    const statuses = () => pipe.rows('select status from incident');
    await pipe.receive('github', [created ?? {}, resolved ?? {}]);
    await pipe.run();
    expect(await statuses()).toEqual([{ status: 'closed' }]);
    await pipe.receive('github', [validated ?? {}]);
    await pipe.run();
    expect(await statuses()).toEqual([{ status: 'open' }]);
  }));

const rule = (changes: object) => ({ pull_request_reviews_enforcement_level: 'off', name: 'main', id: 7, ...changes });
const member = { login: 'outside-helper', id: 9 };

/** What is done to a repository, in the order in which it was: none of it is ever over by itself. */
const acts: [what: string, steps: object[]][] = [
  [
    'branch protection',
    [
      { event: 'branch_protection_rule', action: 'created', rule: rule({ created_at: hourly(0) }) },
      { event: 'branch_protection_rule', action: 'edited', rule: rule({ updated_at: hourly(1) }), changes: { x: 1 } },
      { event: 'branch_protection_rule', action: 'deleted', rule: rule({ updated_at: hourly(1) }) },
    ],
  ],
  [
    'all branch protection',
    ['disabled', 'enabled'].map((action) => ({ event: 'branch_protection_configuration', action })),
  ],
  [
    'a deploy key',
    ['created', 'deleted'].map((action) => ({
      ...{ event: 'deploy_key', action },
      key: { id: 8, read_only: false, title: 'laptop', created_at: '2026-03-01T11:50:00Z' },
    })),
  ],
  ['a member', ['added', 'edited', 'removed'].map((action) => ({ event: 'member', action, member }))],
  ['visibility', [{ event: 'public' }]],
];

it.each(acts)('%s: each act is one open alert, in every order, each told twice', (_, steps) =>
  within(async (pipe) => {
    const all = orders([...steps.keys()]);
    for (const [k, order] of all.entries()) {
      const home = { id: k + 1, full_name: `acme/shop-${k}`, updated_at: hourly(0), default_branch: 'main' };
      const sender = { login: `somebody-${k}`, type: 'User' };
      for (const nth of [...order, ...order]) {
        await pipe.receive('github', [{ ...steps[nth], repository: home, sender, organization: undefined }]);
        await pipe.run();
      }
    }
    const found = await pipe.rows(
      `select a.scope ->> 'repository' as repository, count(*)::int as alerts, count(a.lifecycle)::int as over,
         count(distinct i.id)::int as incidents, bool_and(i.status = 'open') as open
       from alert a join incident i on i.id = a.incident_id group by 1 order by 1`,
    );
    expect(found).toHaveLength(all.length);
    for (const one of found) expect(one).toMatchObject({ alerts: steps.length, over: 0, incidents: 1, open: true });
  }),
);
