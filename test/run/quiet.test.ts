import { expect, it } from 'vitest';
import { quietByDefault } from '../../src/domain/quiet.ts';
import { turnDay } from '../../src/run/turn-day.ts';
import { soc } from '../github/adapter-in-test.ts';
import { stage } from './advisory-stage.ts';
import { attack, type Spine, spine } from './spine.ts';

const quiet = { quiet: quietByDefault };

const issues = async (s: Spine) => (await s.a.github.issuesSince(soc, new Date(0))).filter((i) => !i.isPullRequest);
const titled = async (s: Spine, start: string) => (await issues(s)).filter(({ title }) => title.startsWith(start));
const stands = async (s: Spine) =>
  (
    await s.store.query<{ stands: string; n: number }>(
      'select stands, count(*)::int as n from incident group by 1 order by 1',
    )
  ).rows.map(({ stands: where, n }) => `${where} ${n}`);

/** The look at the day, and what it leads to. */
async function turned(s: Spine): Promise<void> {
  await turnDay(s.deps);
  await s.settle();
}

/** Alerts that were open when their source was connected. */
async function backlog(s: Spine, ...alerts: object[]): Promise<void> {
  s.pipeline.now = s.now();
  s.pipeline.policy = s.policy;
  await s.pipeline.receive('generic', alerts, { backlog: true });
  await s.settle();
  s.pass(400);
  await s.settle();
}

it('what was open at the connection is one issue, which nobody is told of and nothing is looked at for', async () => {
  await using s = await spine({ ...quiet, mention: { severity: 'medium', who: ['ken'] } });
  await backlog(s, ...Array.from({ length: 120 }, (_, k) => attack(k + 1, { severity: k < 5 ? 'critical' : 'high' })));
  const all = await issues(s);
  expect(all.map(({ title }) => title)).toEqual(['Inventory: what was open when its source was connected']);
  expect(all[0]?.body).toMatch(
    /^⚪ \*\*120 alerts were open already; nobody was told of them\.\*\* 5 critical, 115 high\./,
  );
  expect(await s.ourComments(all[0]?.number ?? 0)).toEqual([]);
  expect((await s.store.query('select 1 from evidence')).rowCount).toBe(0);
});

it('the inventory that somebody closed stays closed until something else that was open already comes to it', async () => {
  await using s = await spine(quiet);
  await backlog(s, attack(1), attack(2));
  const number = (await issues(s))[0]?.number ?? 0;
  await s.a.github.updateIssue(soc, number, { state: 'closed' });
  await backlog(s, attack(1));
  await s.comment('hana', number, '/adopt 2');
  s.pass(400);
  await s.settle();
  expect(await s.issue(number)).toMatchObject({ state: 'closed', body: expect.stringContaining('**1 alert was open') });
  await backlog(s, attack(3));
  expect(await s.issue(number)).toMatchObject({ state: 'open', body: expect.stringContaining('**2 alerts ') });
  await s.a.github.updateIssue(soc, number, { state: 'closed' });
  await s.comment('hana', number, '/adopt 1');
  s.pass(400);
  await s.settle();
  expect((await s.issue(number)).state).toBe('closed');
});

it('/adopt gives those it names an issue of their own, by number or from a severity up', async () => {
  await using s = await spine(quiet);
  await backlog(s, ...[1, 2, 3, 4].map((k) => attack(k, { severity: k === 4 ? 'critical' : 'medium' })));
  const [inventory] = await issues(s);
  await s.comment('otto', inventory?.number ?? 0, '/adopt 1');
  expect(await stands(s)).toEqual(['inventory 4']);
  await s.comment('hana', inventory?.number ?? 0, '/adopt 2 99\n/adopt all critical\n/adopt');
  expect(await stands(s)).toEqual(['inventory 2', 'issue 2']);
  const receipt = (await s.ourComments(inventory?.number ?? 0)).at(-1) ?? '';
  expect(receipt).toContain('1 issue will be opened; there is no `99`');
  expect(receipt).toContain('say which');
  expect((await titled(s, '[')).map(({ title }) => title)).toHaveLength(2);
  s.pass(400);
  await s.settle();
  expect((await s.issue(inventory?.number ?? 0)).body).toContain('2 alerts were open already');
});

it('a new alert that joins what was open already brings it out, and leaves the rest where it is', async () => {
  await using s = await spine(quiet);
  await backlog(s, attack(1), attack(2));
  await s.take(attack(1, { title: 'Shell opened' }));
  expect(await stands(s)).toEqual(['inventory 1', 'issue 1']);
  expect(await titled(s, '[')).toHaveLength(1);
});

it('low ones are one issue a day, edited in place, which closes when the day is over', async () => {
  await using s = await spine({ ...quiet, timeZone: 'UTC' });
  await s.take(...[1, 2, 3].map((k) => attack(k, { severity: 'low', title: 'Port scan', rule: 'scan' })));
  const [digest] = await issues(s);
  expect(digest?.title).toMatch(/^Digest of \d{4}-\d\d-\d\d$/);
  expect(digest?.body).toContain('### Too low for an issue (3)');
  s.pass(24 * 3600);
  await turned(s);
  expect((await s.issue(digest?.number ?? 0)).state).toBe('closed');
  await s.take(attack(9, { severity: 'low' }));
  expect(await titled(s, 'Digest')).toHaveLength(2);
});

it('in mode observe the digest says what would have been told, proposed and run', async () => {
  const mention = { severity: 'high' as const, who: ['acme/soc-responders'] };
  await using s = await spine({ ...quiet, mode: 'observe', observed: { mention, notifications: [] } });
  await s.take(attack(1), attack(2, { severity: 'medium' }));
  s.pass(400);
  await turned(s);
  const [digest] = await titled(s, 'Digest');
  expect(digest?.body).toMatch(
    /### What would have been done, were the mode not observe \(2\)\n\n- #\d+ \*\*high\*\* `Login failures 1`: told acme\/soc-responders; proposed block `203\.0\.113\[\.\]1`\n- #\d+ medium `Login failures 2`: proposed block/,
  );
  expect(digest?.body).not.toContain('@');
});

it('in mode observe the digest says whom a critical one held back would have been told to', async () => {
  const mention = { severity: 'high' as const, who: ['acme/soc-responders'] };
  const one = { quiet: { ...quietByDefault, issuesADay: 1 } };
  await using s = await spine({ ...one, mode: 'observe', observed: { mention, notifications: [] } });
  await s.take(attack(1, { severity: 'critical' }), attack(2, { severity: 'critical' }));
  await s.take(attack(21, { severity: 'critical' }), attack(22));
  s.pass(400);
  await turned(s);
  const [digest] = await titled(s, 'Digest');
  expect(digest?.body).toMatch(
    /### What would have been done, .* \(3\)\n\n[\s\S]*\n- `3` \*\*critical\*\* `Login failures 21`: told acme\/soc-responders\n/,
  );
  expect(digest?.body).not.toMatch(/`Login failures 22`: told/);
});

it('a low one that gets worse has an issue then', async () => {
  await using s = await spine(quiet);
  await s.take(attack(1, { severity: 'low' }));
  expect(await stands(s)).toEqual(['digest 1']);
  await s.take(attack(1, { severity: 'high', title: 'Shell opened' }));
  expect(await stands(s)).toEqual(['issue 1']);
  s.pass(400);
  await s.settle();
  const [digest] = await titled(s, 'Digest');
  const [incident] = await titled(s, '[');
  expect(digest?.body).toContain(`\`1\`: #${incident?.number}`);
});

it('a new source opens ten a day; critical ones open beyond them, as many again', async () => {
  await using s = await spine({ ...quiet, mention: { severity: 'high', who: ['acme/soc-responders'] } });
  await s.take(...Array.from({ length: 12 }, (_, k) => attack(k + 1)));
  expect(await stands(s)).toEqual(['digest 2', 'issue 10']);
  await s.take(...Array.from({ length: 12 }, (_, k) => attack(k + 21, { severity: 'critical' })));
  expect(await stands(s)).toEqual(['digest 4', 'issue 20']);
  s.pass(8 * 24 * 3600);
  await s.take(...Array.from({ length: 12 }, (_, k) => attack(k + 101)));
  expect(await stands(s)).toEqual(['digest 4', 'issue 32']);
});

it('what is critical and held back all the same is told in the digest, each once a day, in one comment an hour', async () => {
  const one = { quiet: { ...quietByDefault, issuesADay: 1 } };
  await using s = await spine({ ...one, timeZone: 'UTC', mention: { severity: 'high', who: ['acme/soc-responders'] } });
  const intoDay = s.now().getTime() % (24 * 3_600_000);
  s.pass(24 * 3600 - intoDay / 1000);
  await s.take(...[1, 2, 3, 4].map((k) => attack(k, { severity: 'critical' })));
  await turned(s);
  const [digest] = await titled(s, 'Digest');
  const told = () => s.ourComments(digest?.number ?? 0);
  expect(await told()).toEqual([expect.stringMatching(/^\*\*Held back: 2 critical\.\*\* .* `3` `4`/)]);
  expect((await told())[0]).toContain('@acme/soc-responders');
  s.pass(400);
  await s.take(attack(5, { severity: 'critical', title: 'Ransomware' }), attack(6));
  await turned(s);
  expect(await told()).toHaveLength(1);
  s.pass(3600);
  await turned(s);
  await turned(s);
  expect((await told()).slice(1)).toEqual([expect.stringMatching(/^\*\*Held back: 1 critical\.\*\* .* `5`/)]);
  s.pass(24 * 3600);
  await turned(s);
  await turned(s);
  const [next] = (await titled(s, 'Digest')).filter(({ number }) => number !== digest?.number);
  expect(next?.body).toMatch(/^🔴 \*\*Held back: 3 critical, 1 high\.\*\*/);
  expect(await s.ourComments(next?.number ?? 0)).toHaveLength(1);
  expect(await told()).toHaveLength(2);
});

it('an inventory that was deleted comes back with its next change', async () => {
  await using s = await spine(quiet);
  await backlog(s, attack(1));
  const [first] = await titled(s, 'Inventory');
  await stage(s, 'issues/delete', { repository: 'acme/soc', number: first?.number });
  await backlog(s, attack(2));
  for (let n = 0; n < 6; n += 1) await backlog(s);
  expect(await titled(s, 'Inventory')).toEqual([]);
  await backlog(s, attack(3));
  const found = await titled(s, 'Inventory');
  expect(found.map(({ body }) => body.includes('3 alerts were open already'))).toEqual([true]);
});

it('a digest that was deleted is asked for no more once its day is over', async () => {
  await using s = await spine(quiet);
  await s.take(attack(1, { severity: 'low' }));
  await turned(s);
  const [first] = await titled(s, 'Digest');
  await stage(s, 'issues/delete', { repository: 'acme/soc', number: first?.number });
  s.pass(86_400);
  for (let n = 0; n < 6; n += 1) {
    await turned(s);
    s.pass(61);
  }
  s.a.requests.length = 0;
  await turned(s);
  expect(s.a.requests.filter((one) => one.includes('/issues'))).toEqual([]);
  expect(await titled(s, 'Digest')).toEqual([]);
});
