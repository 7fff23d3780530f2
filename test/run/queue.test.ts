import { expect, it } from 'vitest';
import { touchQueue } from '../../src/store/queue.ts';
import { soc } from '../github/adapter-in-test.ts';
import { attack, type Spine, spine } from './spine.ts';

async function ranked(s: Spine): Promise<void> {
  await touchQueue(s.store, s.now());
  await s.settle();
}

const queues = async (s: Spine) =>
  (await s.a.github.issuesSince(soc, new Date(0))).filter((issue) => issue.title.startsWith('Queue'));

it('one issue ranks what is open: made when there is something, edited in place, and not when nothing changed', async () => {
  await using s = await spine();
  await ranked(s);
  expect(await queues(s)).toEqual([]);
  await s.take(attack(1, { severity: 'medium' }), attack(2, { severity: 'critical' }));
  await ranked(s);
  const [first] = await queues(s);
  expect(first?.body).toMatch(/^🔴 \*\*1 needs somebody now; 1 has nobody\.\*\* 2 open\./);
  const edits = () => s.store.query<{ edits: number }>(`select edits from publication where key = 'queue'`);
  s.pass(61);
  await ranked(s);
  expect((await edits()).rows).toEqual([{ edits: 0 }]);
  await s.store.query(`update incident set owner = 'hana' where severity = 'critical'`);
  s.pass(61);
  await ranked(s);
  const after = await queues(s);
  expect(after).toHaveLength(1);
  expect(after[0]?.body).toContain('hana has it');
  await s.store.query(`update incident set status = 'closed'`);
  s.pass(61);
  await ranked(s);
  expect((await queues(s))[0]?.body).toMatch(/^⚪ \*\*Nothing is open\.\*\*/);
});
