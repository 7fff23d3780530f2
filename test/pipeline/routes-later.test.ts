import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import type { Route } from '../../src/domain/policy.ts';
import { type RunningPipeline, runningPipeline } from '../running-pipeline.ts';

const created = JSON.parse(
  readFileSync(new URL('../fixtures/sources/github/dependabot-created.json', import.meta.url), 'utf8'),
);
const origin = { path: 'yagura.md', line: 2 };
const hidden = 'acme/soc-private';

function addRoute(p: RunningPipeline, when: Route['when']): void {
  const rooms = [{ key: hidden, restricted: true, origin }];
  p.policy = { ...p.policy, rooms, routes: [{ when, to: hidden, because: 'x', origin }] };
}

const standing = (p: RunningPipeline) =>
  p.rows('select i.room, i.status, i.settled, i.alert_count::int as count from incident i order by i.id');

/** One step of an alert's life, at an hour of the day. */
async function tell(p: RunningPipeline, action: string, hour: number): Promise<void> {
  const at = `2026-03-01T${String(hour).padStart(2, '0')}:00:00Z`;
  await p.receive('github', [{ ...created, action, alert: { ...created.alert, updated_at: at } }]);
  await p.run();
}

it('a later step of a life ends the incident it stands in, though a route names another room by now', async () => {
  await using p = await runningPipeline();
  await tell(p, 'created', 8);
  addRoute(p, { kind: ['vulnerability'] });
  await tell(p, 'fixed', 9);
  expect(await standing(p)).toMatchObject([{ room: '', status: 'closed', settled: 'fixed' }]);
});

it.each([
  ['a person', async (p: RunningPipeline) => p.close('1')],
  ['its source', async (p: RunningPipeline) => tell(p, 'fixed', 9)],
])(
  'a later step of a life is noted in the incident that %s closed in another room, and opens it again',
  async (_, end) => {
    await using p = await runningPipeline();
    await tell(p, 'created', 8);
    await end(p);
    addRoute(p, { kind: ['vulnerability'] });
    await tell(p, 'dismissed', 10);
    expect(await standing(p)).toMatchObject([{ room: '', status: 'closed' }]);
    await tell(p, 'reopened', 11);
    expect(await standing(p)).toMatchObject([{ room: '', status: 'open', settled: null }]);
  },
);

it('a life that comes back to a room the policy lists no longer goes where it is read', async () => {
  await using p = await runningPipeline();
  addRoute(p, { kind: ['vulnerability'] });
  await tell(p, 'created', 8);
  await p.close('1');
  p.policy = { ...p.policy, rooms: [], routes: [] };
  await tell(p, 'dismissed', 9);
  expect(await standing(p)).toMatchObject([{ room: hidden, status: 'closed' }]);
  await tell(p, 'reopened', 10);
  expect(await standing(p)).toMatchObject([
    { room: hidden, status: 'closed' },
    { room: '', status: 'open' },
  ]);
});

it('a repeat stays in the open incident that told of it, and what is new goes where the route says', async () => {
  await using p = await runningPipeline();
  await p.take({ title: 'Odd', host: 'web-1', id: 'a' });
  addRoute(p, { source: ['generic'] });
  await p.take({ title: 'Odd', host: 'web-1', id: 'b' }, { title: 'Another', host: 'web-1', id: 'c' });
  expect(await standing(p)).toMatchObject([
    { room: '', status: 'open', count: 2 },
    { room: hidden, status: 'open', count: 1 },
  ]);
});

it('a repeat of what a closed incident told goes where the route says now', async () => {
  await using p = await runningPipeline();
  await p.take({ title: 'Odd', host: 'web-1', id: 'a' });
  await p.close('1');
  addRoute(p, { source: ['generic'] });
  await p.take({ title: 'Odd', host: 'web-1', id: 'b' });
  expect(await standing(p)).toMatchObject([
    { room: '', status: 'closed' },
    { room: hidden, status: 'open' },
  ]);
});

it('an alert that looks the same and comes from a restricted place never joins an open incident of another room', async () => {
  await using p = await runningPipeline();
  const call = JSON.parse(
    readFileSync(new URL('../fixtures/sources/guardduty/mining-pool-eventbridge.json', import.meta.url), 'utf8'),
  );
  const prints = () => p.rows('select i.room, a.fingerprint from alert a join incident i on i.id = a.incident_id');
  await p.receive('guardduty', [call]);
  await p.run();
  // As if it had come from another account, which the rule's fields do not tell.
  await p.store.query(`update alert set scope = '{"account": "444455556666"}'`);
  addRoute(p, { account: ['111122223333'] });
  await p.receive('guardduty', [{ ...call, id: 'again' }]);
  await p.run();
  const [first, second] = await prints();
  expect([first?.room, second?.room].sort()).toEqual(['', hidden]);
  expect(second?.fingerprint).toBe(first?.fingerprint);
});

it('a repeat of what stands in a room the policy lists no longer goes where it is read', async () => {
  await using p = await runningPipeline();
  addRoute(p, { source: ['generic'] });
  await p.take({ title: 'Odd', host: 'web-1', id: 'a' });
  p.policy = { ...p.policy, rooms: [], routes: [] };
  await p.take({ title: 'Odd', host: 'web-1', id: 'b' });
  expect(await standing(p)).toMatchObject([{ room: hidden }, { room: '' }]);
});
