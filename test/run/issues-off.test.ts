import { expect, it } from 'vitest';
import { attackOn, labs, soc, spineInRooms } from './in-rooms.ts';
import type { Spine } from './spine.ts';

/** GitHub's box under Features, which only an administrator sees. */
async function issuesIn(s: Spine, repo: typeof soc, hasIssues: boolean): Promise<void> {
  const { store } = s.a.t.forge.state;
  const { id } = await s.a.github.repository(repo);
  const found = store.get('repository', id);
  if (found) store.put('repository', { ...found, hasIssues });
}

/** Longer than it takes to be sure that an issue was deleted. */
async function aWhile(s: Spine): Promise<void> {
  for (let n = 0; n < 8; n += 1) {
    await s.settle();
    s.pass(60);
  }
}

it.each([
  ['the default one', soc, 'web-1', 'mika'],
  ['another one', labs, 'lab-1', 'rin'],
])('a room whose issues are switched off closes nothing and loses nothing: %s', async (_, repo, host, person) => {
  await using s = await spineInRooms();
  await s.take(attackOn(host));
  const on = { owner: repo.owner, repo: repo.name, issue_number: 1 };
  await s.a.t.person(person).rest.issues.createComment({ ...on, body: '/take' });
  await s.sweep();
  await issuesIn(s, repo, false);
  await s.store.query('update publication set dirty = true, touched = touched + 1, sent_hash = null');
  await aWhile(s);
  await s.take(attackOn(host, { seen: 'again' }), attackOn(`${host}-b`));
  await aWhile(s);
  const closed = await s.store.query(`select 1 from ledger where kind = 'incident.closed'`);
  expect(closed.rows).toEqual([]);
  expect((await s.store.query('select state from comment')).rows).toEqual([{ state: 'new' }]);
  await issuesIn(s, repo, true);
  await aWhile(s);
  const found = await s.store.query('select issue::int, status, owner from incident order by id');
  expect(found.rows[0]).toEqual({ issue: 1, status: 'open', owner: person });
  expect((await s.issue(1, repo)).body).toContain(person);
});
