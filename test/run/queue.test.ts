import { expect, it } from 'vitest';
import { queueNotes } from '../../src/run/queue-notes.ts';
import { touchQueue } from '../../src/store/queue.ts';
import { soc } from '../github/adapter-in-test.ts';
import { stage } from './advisory-stage.ts';
import { attack, once, type Spine, spine } from './spine.ts';

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

it('lists what is overdue however much that is more severe is due later', async () => {
  await using s = await spine();
  const weakness = (title: string, severity: string, days: number, times: number) =>
    s.store.query(
      `insert into incident (kind, title, severity, issue, opened_at, first_seen, last_seen, due_at)
       select 'vulnerability', $1, $2, 1000 * $5::int + n, $3, $3, $3, $4 from generate_series(1, $5::int) as n`,
      [title, severity, s.now(), new Date(s.now().getTime() + days * 86_400_000), times],
    );
  await weakness('one of many', 'critical', 6, 151);
  await weakness('forgotten', 'medium', -60, 1);
  await ranked(s);
  expect((await queues(s))[0]?.body).toMatch(/### To mend \(150\)\n\n- #1001 `forgotten`: .*\*\*overdue since/);
});

it('is no incident, and cannot be made one', async () => {
  await using s = await spine();
  await s.take(attack(1));
  await ranked(s);
  const [{ number } = { number: 0 }] = await queues(s);
  for (const typed of ['/take', '/adopt']) {
    await s.comment('hana', number, typed);
    expect((await s.ourComments(number)).at(-1)).toContain('own and no incident; write it in the issue of an incident');
  }
  expect((await s.store.query('select 1 from incident')).rows).toHaveLength(1);
});

it('stays closed by whoever closed it until something new needs somebody now', async () => {
  await using s = await spine();
  await s.take(attack(1, { severity: 'medium' }));
  await ranked(s);
  const [{ number } = { number: 0 }] = await queues(s);
  await s.a.github.updateIssue(soc, number, { state: 'closed' });
  const after = async (severity: string, k: number) => {
    await s.take(attack(k, { severity }));
    s.pass(61);
    await ranked(s);
    return (await s.issue(number)).state;
  };
  expect([await after('medium', 2), await after('critical', 3), await after('medium', 4)]).toEqual([
    ...['closed', 'open', 'open'],
  ]);
  await s.a.github.updateIssue(soc, number, { state: 'closed' });
  expect(await after('medium', 5)).toBe('closed');
});

const isPinned = (s: Spine, number: number) =>
  s.a.t.forge.state.store.all('issue').find((one) => one.number === number)?.pinnedAt !== undefined;

it('is pinned when it is made, and whoever takes it down is left alone', async () => {
  await using s = await spine();
  await s.take(attack(1));
  await ranked(s);
  const [queue] = await queues(s);
  const number = queue?.number ?? 0;
  expect(isPinned(s, number)).toBe(true);
  expect(queue?.body).not.toContain('by hand');
  const { data } = await s.a.t.app.rest.issues.get({ owner: soc.owner, repo: soc.name, issue_number: number });
  const unpin = 'mutation($id: ID!) { unpinIssue(input: {issueId: $id}) { issue { id } } }';
  await s.a.t.person('ken').graphql(unpin, { id: data.node_id });
  await s.take(attack(2));
  s.pass(86_401);
  await ranked(s);
  expect((await queues(s))[0]?.body).toContain('2 open');
  expect(isPinned(s, number)).toBe(false);
});

it('says once a day’s asking why GitHub did not pin it, until somebody makes room', async () => {
  await using s = await spine();
  const others: number[] = [];
  for (const title of ['one', 'two', 'three']) {
    const { number } = await s.a.github.createIssue(soc, { title, body: '', labels: [] });
    await s.a.github.pinIssue(soc, number);
    others.push(number);
  }
  await s.take(attack(1));
  await ranked(s);
  s.pass(61);
  await ranked(s);
  const [{ number, body } = { number: 0, body: '' }] = await queues(s);
  expect(body).toContain('pin it by hand');
  expect(s.log.filter((line) => line.includes('could not be pinned'))).toHaveLength(1);
  expect(await queueNotes(s.deps)).toEqual([
    {
      part: 'queue',
      note: `acme/soc#${number} is not pinned (GitHub answered: Maximum 3 pinned issues per repository): unpin another issue there or pin it by hand; it is tried again once a day`,
    },
  ]);
  const unwanted = { current: () => ({ ...s.policy, queue: false }), banner: () => undefined };
  expect(await queueNotes({ ...s.deps, policy: unwanted })).toEqual([]);
  const { store } = s.a.t.forge.state;
  for (const one of store.all('issue')) {
    const { pinnedAt: _, ...rest } = one;
    if (one.number === others[0]) store.put('issue', rest);
  }
  s.pass(86_401);
  await s.take(attack(2));
  await ranked(s);
  s.pass(61);
  await ranked(s);
  expect(isPinned(s, number)).toBe(true);
  expect((await queues(s))[0]?.body).not.toContain('by hand');
  expect(await queueNotes(s.deps)).toEqual([]);
});

it('a pin that was not answered is asked for again with the next edit', async () => {
  await using s = await spine();
  s.wrap((forge) => ({ pinIssue: once(forge.pinIssue, 'unknown', 'before') }));
  await s.take(attack(1));
  await ranked(s);
  const [queue] = await queues(s);
  expect(isPinned(s, queue?.number ?? 0)).toBe(false);
  await s.take(attack(2));
  s.pass(61);
  await ranked(s);
  expect(isPinned(s, queue?.number ?? 0)).toBe(true);
  expect(await queues(s)).toHaveLength(1);
});

it('says who was asked to take what nobody has, and mentions nobody', async () => {
  await using s = await spine();
  await s.take(attack(1));
  await s.store.query(`update incident set asked = '{ken,hana}'`);
  await ranked(s);
  expect((await queues(s))[0]?.body).toContain(
    '**nobody has it yet**, asked `@hana`; 1 to approve; opened under 15 min ago',
  );
});

it.each([
  ['deleted', 'issues/delete', {}],
  ['transferred', 'issues/transfer', { to: 'acme/soc-config' }],
])(
  'a queue that was %s comes back with its next change, pinned, and the old one is asked for no more',
  async (_, path, more) => {
    await using s = await spine();
    await s.take(attack(1));
    await ranked(s);
    const [first] = await queues(s);
    await stage(s, path, { repository: 'acme/soc', number: first?.number, ...more });
    await s.take(attack(2));
    for (let n = 0; n < 6; n += 1) {
      s.pass(61);
      await ranked(s);
    }
    const [second, ...others] = await queues(s);
    expect(others).toEqual([]);
    expect(second?.body).toContain('2 open');
    expect(isPinned(s, second?.number ?? 0)).toBe(true);
    s.a.requests.length = 0;
    await s.take(attack(3));
    s.pass(61);
    await ranked(s);
    expect((await queues(s)).map(({ body }) => body.includes('3 open'))).toEqual([true]);
    expect(s.a.requests.filter((one) => one.includes(`/issues/${first?.number} `))).toEqual([]);
  },
);
