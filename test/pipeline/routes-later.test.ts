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

it('a later step of a life ends the incident it stands in, though a route names another room by now', async () => {
  await using p = await runningPipeline();
  const tell = async (action: string, at: string) => {
    await p.receive('github', [{ ...created, action, alert: { ...created.alert, updated_at: at } }]);
    await p.run();
  };
  await tell('created', '2026-03-01T08:00:00Z');
  addRoute(p, { kind: ['vulnerability'] });
  await tell('fixed', '2026-03-01T09:00:00Z');
  expect(await standing(p)).toMatchObject([{ room: '', status: 'closed', settled: 'fixed' }]);
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
