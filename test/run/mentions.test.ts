import { describe, expect, it } from 'vitest';
import type { ContextEntry, Policy } from '../../src/domain/policy.ts';
import { blockRule } from '../commands/incident-in-test.ts';
import { attackOn, hidden, rooms, spineInRooms } from './in-rooms.ts';
import { onRota, origin, wait, withRota } from './on-rota.ts';
import { attack, once, type Spine, spine } from './spine.ts';

const everybody: Policy['mention'] = { severity: 'high', who: ['mika', 'ken', 'hana', 'acme/on-call'] };
const english = { rooms: rooms.map((room) => ({ ...room, language: 'en' as const })) };

/** Whom all comments on an issue mention, in order. */
async function mentioned(s: Spine, issue = 1, repo?: Parameters<Spine['ourComments']>[1]): Promise<string[]> {
  const said = (await s.ourComments(issue, repo)).join('\n').replaceAll(/(`+).*?\1/g, '');
  return [...said.matchAll(/@([\w/-]+)/g)].map(([, name = '']) => name);
}

/** Issues in which somebody is mentioned, by number. */
async function calling(s: Spine, issues: number): Promise<number[]> {
  // Creations have a budget a minute.
  for (let k = 0; k < issues; k += 4) await wait(s, 1);
  const numbers = Array.from({ length: issues }, (_, n) => n + 1);
  const found = await Promise.all(numbers.map(async (n) => ((await mentioned(s, n)).length > 0 ? [n] : [])));
  return found.flat();
}

describe('nobody is mentioned who cannot read the room', () => {
  it('by policy: they stand there as names', async () => {
    await using s = await spineInRooms({ ...english, mention: everybody });
    await s.take(attackOn('payroll-1'), attackOn('web-1'));
    expect(await mentioned(s, 1, hidden)).toEqual(['mika', 'hana', 'acme/on-call']);
    expect((await s.ourComments(1, hidden)).join('\n')).toContain('For @mika ken @hana @acme/on-call by policy.');
    expect(await mentioned(s)).toEqual(everybody.who);
  });

  it('in a comment made only to mention them: it is not made', async () => {
    await using s = await spineInRooms({ ...english, mention: { severity: 'high', who: ['ken'] } });
    s.stopped = 'not now';
    await s.take(attackOn('payroll-1'));
    s.pass(60);
    await s.settle();
    s.stopped = undefined;
    await wait(s, 1);
    expect((await s.issue(1, hidden)).body).toContain('Login failures');
    expect(await s.ourComments(1, hidden)).toEqual([]);
    const passed = await s.store.query(`select mentions from publication where key like 'report:%'`);
    expect(passed.rows).toEqual([
      { mentions: { told: [], only: true, passed: [{ login: 'ken', because: 'cannot read it' }] } },
    ]);
  });

  it('by a reminder of an approval', async () => {
    const grants = { analyst: ['mika', 'hana'], responder: ['ken', 'mika'] };
    const grant = (people: string[]) => ({ people, teams: [], roles: [] });
    await using s = await spineInRooms({
      ...english,
      grants: { analyst: grant(grants.analyst), responder: grant(grants.responder) },
      responses: [blockRule({ resources: ['edge'] })],
    });
    onRota(s);
    await s.take(attackOn('payroll-1'));
    await s.comment('mika', 1, '/take', hidden);
    await s.comment('hana', 1, '/block 198.51.100.9', hidden);
    await wait(s, 13 * 60);
    expect((await s.ourComments(1, hidden)).at(-1)).toMatch(
      /^⏳ \*\*R2 waits for approval .* mika can type `\/approve R2`/,
    );
  });

  it('to confirm what another runs alone, and that nobody else can is said', async () => {
    const grant = { people: ['mika', 'ken'], teams: [], roles: [] };
    await using s = await spineInRooms({
      ...english,
      grants: { analyst: grant, responder: grant },
      responses: [blockRule({ resources: ['edge'], approvals: 2, emergency: true })],
    });
    onRota(s, { rotation: [{ login: 'mika', origin }] });
    await s.take(attackOn('payroll-1'));
    await s.comment('mika', 1, '/approve R1 emergency the miner spreads', hidden);
    const call = (await s.ourComments(1, hidden)).find((body) => body.startsWith('🚨'));
    expect(call).toMatch(/^🚨 \*\*mika runs R1 alone:.* nobody else can confirm it\./);
  });

  it('nor is it handed to them', async () => {
    const grant = { people: ['mika', 'ken'], teams: [], roles: [] };
    await using s = await spineInRooms({ ...english, grants: { analyst: grant, responder: grant } });
    await s.take(attackOn('payroll-1'));
    await s.comment('mika', 1, '/handover @ken', hidden);
    expect((await s.ourComments(1, hidden)).at(-1)).toContain('ken cannot read this repository');
    expect((await s.store.query('select owner from incident')).rows).toEqual([{ owner: null }]);
  });

  it('by the notice of a shift', async () => {
    await using s = await spineInRooms();
    onRota(s);
    await s.take(attackOn('web-1'));
    const from = new Date(s.now().getTime() - 60_000);
    onRota(s, { overrides: [{ login: 'rin', from, to: new Date(from.getTime() + 86_400_000), origin }] });
    await wait(s, 1);
    const notice = await s.store.query<{ text: string }>(`select text from publication where kind = 'notice'`);
    expect(notice.rows[0]?.text.split('\n')[1]).toMatch(/^rin, you are on call until/);
  });
});

describe('nobody is mentioned who is part of the incident', () => {
  it('by policy, by the account their page names with or without a domain', async () => {
    const page = { kind: 'person' as const, name: 'Hana', cidr: [], shared: false, body: '' };
    const entities: ContextEntry['entities'] = [{ type: 'user', value: 'h.mori' }];
    const context = [{ ...page, entities, origin: { path: 'context/people/hana.md', line: 1 } }];
    const people = [{ login: 'hana', name: 'Hana', origin: { path: 'context/people/hana.md', line: 4 } }];
    await using s = await spine({ mention: everybody, context, people });
    await s.take(attack(1, { user: 'ken' }), attack(1, { id: 'more', user: 'CORP\\h.mori' }));
    expect(await mentioned(s)).toEqual(['mika', 'acme/on-call']);
  });

  it('to confirm what another runs alone', async () => {
    const rule = blockRule({ resources: ['edge'], approvals: 2, emergency: true });
    const grant = (...teams: string[]) => ({ people: ['ken', 'mika', 'hana'], teams, roles: [] });
    await using s = await spine({
      responses: [rule],
      grants: { analyst: grant(), responder: grant('acme/soc-responders') },
    });
    onRota(s);
    await s.take(attack(1, { user: 'mika' }));
    await s.comment('hana', 1, '/take');
    await s.comment('ken', 1, '/approve R1 emergency the miner spreads');
    const call = (await s.ourComments(1)).find((body) => body.startsWith('🚨'));
    expect(call).toMatch(/^🚨 @hana @acme\/soc-responders \*\*ken runs R1 alone/);
  });
});

it('those who are part of it are all the same, where it would call nobody', async () => {
  await using s = await spine({ mention: { severity: 'high', who: ['ken', 'mika'] } });
  await s.take(attack(1, { user: 'ken' }), attack(1, { id: 'more', user: 'mika' }));
  expect(await mentioned(s)).toEqual(['ken', 'mika']);
  await using rota = await spine();
  onRota(rota, { rotation: [{ login: 'ken', origin }] });
  await rota.take(attack(1, { user: 'ken' }));
  expect((await rota.ourComments(1)).at(-1)).toMatch(/^@ken 🔴 \*\*Nobody was asked to take this:/u);
});

describe('in a storm', () => {
  const attacks = (from: number, count: number, more: object = {}) =>
    Array.from({ length: count }, (_, k) => attack(from + k, more));

  it('five incidents that nobody took mention people; the comments of the others say why they do not', async () => {
    await using s = await spine({ mention: { severity: 'high', who: ['ken'] } });
    await s.take(...attacks(1, 7));
    expect(await calling(s, 7)).toEqual([1, 2, 3, 4, 5]);
    await s.take(attack(6, { id: 'worse', severity: 'critical' }));
    expect(await calling(s, 7)).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it('the others mention people once there is a place, the worst first, while nobody has them', async () => {
    await using s = await spine({ mention: { severity: 'high', who: ['ken'] } });
    await s.take(...attacks(1, 5, { severity: 'critical' }), ...attacks(6, 2), attack(8, { severity: 'critical' }));
    expect(await calling(s, 8)).toEqual([1, 2, 3, 4, 5]);
    await s.comment('hana', 1, '/take');
    expect(await calling(s, 8)).toEqual([1, 2, 3, 4, 5, 8]);
    expect((await s.ourComments(8)).at(-1)).toMatch(
      /^🔴 \*\*Nobody took this yet:\*\* `Login failures 8`, severity critical\. `\/take` it\.\n\nFor @ken by policy\./,
    );
    await s.store.query(`update incident set kind = 'vulnerability', pressing = true where issue = 6`);
    await s.comment('hana', 2, '/take');
    expect(await calling(s, 8)).toEqual([1, 2, 3, 4, 5, 7, 8]);
    await s.comment('hana', 6, '/close fp the scanner');
    await wait(s, 60);
    expect((await calling(s, 8)).includes(6)).toBe(false);
  });

  it('an hour is as long as one calls, and what waited two is called for by nobody', async () => {
    await using s = await spine({ mention: { severity: 'high', who: ['ken'] } });
    await s.take(...attacks(1, 7));
    expect(await calling(s, 7)).toHaveLength(5);
    await wait(s, 61);
    expect(await calling(s, 7)).toEqual([1, 2, 3, 4, 5, 6, 7]);
    await s.take(...attacks(8, 5));
    expect(await calling(s, 12)).toHaveLength(10);
    s.pass(121 * 60);
    await s.settle();
    expect(await calling(s, 12)).toHaveLength(10);
  });

  it('what waited for GitHub longer than that waits for a place from then', async () => {
    await using s = await spine({ mention: { severity: 'high', who: ['ken'] } });
    s.stopped = 'not now';
    await s.take(...attacks(1, 7));
    s.pass(3 * 3_600);
    s.stopped = undefined;
    await s.settle();
    expect(await calling(s, 7)).toHaveLength(5);
    await s.comment('hana', 1, '/take');
    expect(await calling(s, 7)).toHaveLength(6);
  });

  it('critical ones wait as long as it takes', async () => {
    await using s = await spine({ mention: { severity: 'high', who: ['ken'] } });
    await s.take(...attacks(1, 12, { severity: 'critical' }));
    expect(await calling(s, 12)).toHaveLength(5);
    s.pass(121 * 60);
    await s.settle();
    await wait(s, 61);
    expect(await calling(s, 12)).toHaveLength(12);
  });

  it('one whose question was settled by a verdict keeps its place an hour and no longer', async () => {
    await using s = await withRota();
    await s.take(...attacks(1, 5));
    expect(await calling(s, 5)).toHaveLength(5);
    for (const issue of [1, 2, 3, 4, 5]) await s.comment('hana', issue, '/verdict fp the scanner');
    await wait(s, 90);
    await s.take(attack(6));
    expect(await calling(s, 6)).toContain(6);
  });

  it('what a later alert makes as severe as they are mentions nobody more, and its comment says so', async () => {
    await using s = await spine({ mention: { severity: 'high', who: ['ken'] } });
    await s.take(attack(1, { severity: 'low' }));
    await s.take(...attacks(2, 5));
    expect(await calling(s, 6)).toEqual([2, 3, 4, 5, 6]);
    await s.take(attack(1, { id: 'worse', title: 'Worse' }));
    const raised = async () => (await s.ourComments(1)).find((body) => body.startsWith('**Severity is now'));
    expect(await raised()).toContain(
      'For ken by policy.\n\n<sub>Nobody is mentioned yet: 5 incidents that nobody took call people already.</sub>',
    );
    expect(await mentioned(s)).toEqual([]);
  });

  it('critical ones are not kept waiting by high ones, and those by nothing that is only exploited and exposed', async () => {
    await using s = await spine({ mention: { severity: 'high', who: ['ken'] } });
    await s.take(...attacks(1, 6));
    expect(await calling(s, 6)).toHaveLength(5);
    await s.take(...attacks(7, 6, { severity: 'critical' }));
    expect(await calling(s, 12)).toEqual([1, 2, 3, 4, 5, 7, 8, 9, 10, 11]);
    await s.store.query(`update incident set kind = 'vulnerability', pressing = true`);
    await s.take(...attacks(13, 1));
    expect(await calling(s, 13)).toContain(13);
  });

  it('who is on call is asked about what calls already, and mentioned there once', async () => {
    await using s = await withRota({ mention: { severity: 'high', who: ['ken'] } });
    await s.take(...attacks(1, 7));
    expect(await calling(s, 7)).toHaveLength(5);
    await wait(s, 10);
    const all = await Promise.all([1, 2, 3, 4, 5, 6, 7].map((n) => mentioned(s, n)));
    expect(all.flat()).toEqual(['ken', 'ken', 'ken', 'ken', 'ken']);
  });

  it('who runs something alone still calls for a second voice', async () => {
    const rule = blockRule({ resources: ['edge'], approvals: 2, emergency: true });
    await using s = await withRota({ responses: [rule] });
    await s.take(...attacks(1, 6));
    await calling(s, 6);
    await s.comment('ken', 6, '/approve R1 emergency the miner spreads');
    expect((await mentioned(s, 6)).includes('mika')).toBe(true);
  });

  it('whom a comment mentions is decided once, though the answer of GitHub is lost', async () => {
    await using s = await spine({ mention: { severity: 'high', who: ['ken'] } });
    s.wrap((forge) => ({ createComment: once(forge.createComment.bind(forge), 'unknown', 'after') }));
    await s.take(attack(1));
    await wait(s, 2);
    expect(await mentioned(s)).toEqual(['ken']);
    const found = await s.store.query(`select mentions from publication where key like 'report:%'`);
    expect(found.rows).toEqual([{ mentions: { told: ['ken'] } }]);
  });
});
