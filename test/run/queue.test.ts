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

it('what needs somebody now stands first, and is counted, however much there is to mend or is put off', async () => {
  await using s = await spine();
  await s.take(attack(1), attack(2, { severity: 'medium' }));
  const copies = (times: number, first: number, changes: object) =>
    s.store.query(
      `insert into incident (kind, title, severity, issue, opened_at, first_seen, last_seen, snoozed_until)
       select $1, 'one of many', 'critical', n, $2, $2, $2, $3 from generate_series($4::int, $4 + $5 - 1) as n`,
      Object.values({ kind: 'vulnerability', at: new Date(0), until: null, ...changes, first, times }),
    );
  await copies(151, 1000, {});
  await copies(20, 2000, { kind: 'threat', until: new Date(s.now().getTime() + 3_600_000) });
  await ranked(s);
  const [{ body } = { body: '' }] = await queues(s);
  expect(body).toMatch(/^🔴 \*\*1 needs somebody now; 1 has nobody\.\*\* 173 open\./);
  expect(body).toContain('### Now (1)\n\n- #1 `Login failures 1`');
  expect(body).toContain('### Soon (1)\n\n- #2 `Login failures 2`');
  expect(body).toContain('### To mend (148)');
  expect(body).not.toContain('### Snoozed');
  expect(body).toContain('And 23 more');
});

it('counts what needs somebody now past what it lists', async () => {
  await using s = await spine();
  await s.take(attack(1));
  await s.store.query(
    `insert into incident (kind, title, severity, issue, owner, opened_at, first_seen, last_seen)
     select 'threat', 'one of many', 'critical', n, case when n > 1150 then null else 'hana' end, $1, $1, $1
     from generate_series(1001, 1160) as n`,
    [s.now()],
  );
  await ranked(s);
  expect((await queues(s))[0]?.body).toMatch(/^🔴 \*\*161 need somebody now; 11 have nobody\.\*\* 161 open\./);
});
