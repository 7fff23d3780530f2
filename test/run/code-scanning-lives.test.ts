import { expect, it } from 'vitest';
import type { ReceivedHook } from '../forge/hook-receiver.ts';
import { orders } from '../orders.ts';
import { actions, look, put } from './scanner-alerts.ts';
import { spine } from './spine.ts';

/** How an alert stands after a step that changes that. */
const states: Record<string, string> = {
  created: 'open',
  fixed: 'fixed',
  closed_by_user: 'dismissed',
  reopened: 'open',
  reopened_by_user: 'open',
};

/** Lives of alerts in the order in which they happened; `back` is what a merge brings back that was fixed. */
const lives: [steps: string[], end: 'fixed' | 'dismissed' | 'reopened'][] = [
  [['created', 'fixed', 'reopened'], 'reopened'],
  [['created', 'fixed', 'back'], 'reopened'],
  [['created', 'appeared_in_branch', 'fixed'], 'fixed'],
  [['created', 'closed_by_user', 'reopened_by_user'], 'reopened'],
  [['created', 'closed_by_user', 'appeared_in_branch'], 'dismissed'],
  [['created', 'closed_by_user', 'reopened_by_user', 'fixed'], 'fixed'],
];

it('an alert of code scanning ends as its list has it, in every order that its webhooks can come in', async () => {
  await using s = await spine();
  s.stopped = 'no issue is read here';
  await look(s);
  const told = lives.flatMap(([steps, end]) => orders([...steps.keys()]).map((order) => ({ steps, end, order })));
  const rounds = [0, 1, 2, 3];
  for (const nth of rounds) {
    s.pass(3600);
    for (const [k, { steps }] of told.entries()) {
      const step = steps[nth];
      if (step === undefined) continue;
      const state = step === 'back' ? 'open' : states[step];
      const action = step === 'back' ? 'appeared_in_branch' : step;
      const number = nth === 0 ? undefined : k + 1;
      put(s, { scanner: 'code-scanning', number, alert: state === undefined ? {} : { state }, action });
    }
  }
  s.pass(3600);
  let hooks: ReceivedHook[] = [];
  await s.hear((sent) => {
    hooks = sent;
    return [];
  });
  const byAlert = Map.groupBy(hooks, ({ payload }) => Number(Object(payload.alert).number));
  for (const nth of rounds)
    await s.deliver(() => told.flatMap(({ order }, k) => byAlert.get(k + 1)?.[order[nth] ?? -1] ?? []));
  s.pass(600);
  await look(s);
  const { rows } = await s.store.query<{ number: string; lifecycle: string }>(
    `select split_part(ocsf #>> '{metadata,uid}', '/', 4) as number, lifecycle from alert`,
  );
  const found = new Map(rows.map(({ number, lifecycle }) => [Number(number), lifecycle]));
  expect(found.size).toBe(told.length);
  const wrong = told.filter(({ end }, k) => found.get(k + 1) !== end);
  const taken = (await actions(s)).length;
  await look(s);
  expect(await actions(s)).toHaveLength(taken);
  expect(wrong.map(({ steps, order, end }) => `${order.map((nth) => steps[nth])}, not ${end}`)).toEqual([]);
});

it('a list that lags behind a webhook tells nothing', async () => {
  await using s = await spine();
  await look(s);
  s.pass(3600);
  put(s, { scanner: 'code-scanning' });
  await s.deliver();
  const of = { installation: s.a.t.seeded.installationId, scanner: 'code-scanning' as const, of: 'acme' };
  const lagging = await s.a.github.alerts(of, { wanted: 'changed' });
  put(s, { scanner: 'code-scanning', number: 1, alert: { state: 'fixed' } });
  await s.hear();
  s.pass(10);
  s.wrap((forge) => ({
    alerts: async (list, ask) => (list.scanner === 'code-scanning' ? lagging : forge.alerts(list, ask)),
  }));
  await look(s);
  s.wrap(() => ({}));
  s.pass(600);
  await look(s);
  expect(await actions(s)).toEqual(['created', 'fixed']);
});

it('what a late webhook told wrongly is set right at a later look, though others changed since', async () => {
  await using s = await spine();
  await look(s);
  s.pass(3600);
  put(s, { scanner: 'code-scanning' });
  await s.deliver();
  put(s, { scanner: 'code-scanning', number: 1, alert: { state: 'fixed' } });
  let late: ReceivedHook[] = [];
  await s.hear((hooks) => {
    late = hooks;
    return [];
  });
  s.pass(60);
  put(s, { scanner: 'code-scanning', number: 1, alert: { state: 'open' }, tell: false });
  s.pass(300);
  await s.hear(() => late);
  put(s, { scanner: 'code-scanning', tell: false });
  s.pass(10);
  await look(s);
  expect(await actions(s)).toEqual(['created', 'fixed', 'created']);
  s.pass(600);
  await look(s);
  expect(await actions(s)).toEqual(['created', 'fixed', 'created', 'reopened_by_user']);
});
