import { describe, expect, it } from 'vitest';
import type { Policy } from '../../src/domain/policy.ts';
import { executorStep } from '../../src/run/executor.ts';
import { createResourcePool } from '../../src/run/resources.ts';
import { blockRule } from '../commands/incident-in-test.ts';
import { soc } from '../github/adapter-in-test.ts';
import { dying } from './dying.ts';
import { onRota, wait } from './on-rota.ts';
import { attack, type Spine, spine } from './spine.ts';

const rule = blockRule({ resources: ['edge'], approvals: 2, emergency: true });
const urgent = '/approve R1 emergency the miner spreads';

/** An incident taken by hana, with R1 to block its attacker for a day, while ken is on call. */
async function attacked(given: Partial<Policy> = {}, alert: object = {}): Promise<Spine> {
  const s = await spine({ responses: [rule], ...given });
  onRota(s);
  await s.take(attack(1, alert));
  await s.comment('hana', 1, '/take');
  return s;
}

/** What stands on the list that firewalls pull. */
async function listed(s: Spine): Promise<string[]> {
  const text = Buffer.from((await s.a.github.file(soc, 'yagura/lists', 'lists/edge.txt')) ?? []).toString();
  return text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
}

async function tasks(s: Spine): Promise<string[]> {
  const found = await s.store.query<{ status: string }>('select status from task order by number');
  return found.rows.map((row) => row.status);
}

/** What the ledger says of emergencies, oldest first. */
async function ledger(s: Spine): Promise<string[]> {
  const found = await s.store.query<{ kind: string }>(
    `select kind from ledger where kind like 'emergency.%' order by seq`,
  );
  return found.rows.map((row) => row.kind.slice('emergency.'.length));
}

async function last(s: Spine): Promise<string> {
  return (await s.ourComments(1)).at(-1) ?? '';
}

/** First lines of comments that begin with a sign. */
async function told(s: Spine, sign: string): Promise<string[]> {
  return (await s.ourComments(1)).flatMap((body) => (body.startsWith(sign) ? [body.split('\n')[0] ?? ''] : []));
}

describe('in an emergency whoever is on call lets run alone what its rule allows', () => {
  it('tells who can confirm it at once, shows it, and takes it back when nobody does', async () => {
    await using s = await attacked();
    await s.comment('ken', 1, urgent);
    expect(await listed(s)).toEqual(['203.0.113.1']);
    const [first = '', ...more] = await told(s, '🚨');
    expect(more).toEqual([]);
    expect(first).toMatch(
      /^🚨 @mika \*\*ken runs R1 alone:\*\* block `203\.0\.113\[\.\]1` on edge\. Why: `the miner spreads`\. It is taken back at .* JST unless mika types `\/approve R1`; then it runs for 24 h in all\. To end it now: `\/undo T1`\.$/,
    );
    expect((await s.issue(1)).body).toMatch(
      /- `\/approve R1` confirms what ken runs alone: block `203\.0\.113\[\.\]1` on edge, \*\*without a second voice until .* JST\*\* \(mika can\)/,
    );
    await wait(s, 14);
    expect(await tasks(s)).toEqual(['active']);
    await wait(s, 2);
    expect([await tasks(s), await listed(s)]).toEqual([['undone'], []]);
    expect(await told(s, '↩️')).toEqual([
      expect.stringMatching(
        /^↩️ \*\*R1 is taken back:\*\* ken ran it alone at .*, and nobody confirmed it by .*: block `203\.0\.113\[\.\]1` on edge\. R1 is open as before, and takes two people now\.$/,
      ),
    ]);
    expect((await s.issue(1)).body).not.toContain('without a second voice');
    expect(await ledger(s)).toEqual(['approved', 'undone']);
  });

  it('lets it run to the end of its rule once a second person confirms it', async () => {
    await using s = await attacked();
    await s.comment('ken', 1, urgent);
    await wait(s, 5);
    await s.comment('mika', 1, '/approve R1');
    expect(await last(s)).toMatch(/^✅ .*second voice for what ken began alone; it runs on until/);
    await wait(s, 23 * 60);
    expect([await tasks(s), await listed(s)]).toEqual([['active'], ['203.0.113.1']]);
    expect((await s.issue(1)).body).not.toContain('without a second voice');
    await wait(s, 60);
    expect([await tasks(s), await listed(s)]).toEqual([['expired'], []]);
    expect(await told(s, '↩️')).toEqual([]);
    expect(await ledger(s)).toEqual(['approved', 'confirmed']);
  });

  it('takes the second voice also once the incident is closed, and says so when it is', async () => {
    await using s = await attacked();
    await s.comment('ken', 1, urgent);
    await s.comment('hana', 1, '/close tp the miner is gone');
    expect(await last(s)).toMatch(
      /R1 runs on the word of one person until .* JST, and `\/approve R1` confirms it here still/,
    );
    await s.comment('mika', 1, '/approve R2');
    expect(await last(s)).toContain('there is no recommendation');
    await s.comment('mika', 1, '/approve R1');
    expect(await last(s)).toMatch(/^✅ .*second voice for what ken began alone; it runs on until/);
    await wait(s, 20);
    expect([await tasks(s), await listed(s), await ledger(s)]).toEqual([
      ['active'],
      ['203.0.113.1'],
      ['approved', 'confirmed'],
    ]);
    await s.comment('mika', 1, '/approve R1');
    expect(await last(s)).toContain('this incident is closed');
  });

  it('takes the second voice also once the incident is part of another, but not of somebody who is part of that', async () => {
    await using s = await attacked();
    await s.take(attack(2));
    await s.comment('ken', 2, urgent);
    await s.take(attack(3, { host: 'web-1', src_ip: '203.0.113.2', user: 'mika' }));
    expect((await s.store.query('select status from incident order by id')).rows).toEqual([
      { status: 'open' },
      { status: 'merged' },
    ]);
    await s.comment('mika', 2, '/approve R1');
    expect((await s.ourComments(2)).at(-1)).toContain('you are part of this incident as `mika`');
    await s.store.query(`delete from alert_entity where value = 'mika'`);
    await s.comment('mika', 2, '/approve R1');
    expect((await s.ourComments(2)).at(-1)).toMatch(/^✅ .*second voice for what ken began alone/);
    await s.comment('mika', 2, '/approve R1');
    expect((await s.ourComments(2)).at(-1)).toContain('#1');
  });

  it('is in what the next person is handed', async () => {
    await using s = await attacked();
    await s.comment('ken', 1, urgent);
    await s.comment('hana', 1, '/handover @mika');
    expect(await last(s)).toMatch(/Runs out .* JST: T1 block `203\.0\.113\[\.\]1` on edge, without a second voice/);
  });

  it('ends when somebody takes it back by hand, and the ledger says so', async () => {
    await using s = await attacked();
    await s.comment('ken', 1, urgent);
    await s.comment('mika', 1, '/undo T1');
    expect([await tasks(s), await listed(s), await ledger(s)]).toEqual([['undone'], [], ['approved', 'undone']]);
    await wait(s, 20);
    expect(await told(s, '↩️')).toEqual([]);
    await s.comment('mika', 1, '/approve R1');
    expect(await last(s)).toContain('it is executed already');
  });

  it('is over after an hour at most, whatever the policy says', async () => {
    await using s = await attacked({ confirmWithin: 86_400 });
    await s.comment('ken', 1, urgent);
    await wait(s, 59);
    expect(await tasks(s)).toEqual(['active']);
    await wait(s, 2);
    expect([await tasks(s), await ledger(s)]).toEqual([['undone'], ['approved', 'undone']]);
  });

  it('says it in Japanese where that is read', async () => {
    await using s = await attacked({ language: 'ja' });
    await s.comment('ken', 1, urgent);
    expect((await told(s, '🚨'))[0]).toMatch(
      /^🚨 @mika \*\*ken さんが R1 を単独で実行します:\*\* edge で `203\.0\.113\[\.\]1` を block/,
    );
    await wait(s, 20);
    expect((await told(s, '↩️'))[0]).toMatch(/^↩️ \*\*R1 を取り消します:\*\* ken さんが/);
  });
});

describe('nobody runs alone', () => {
  const ken = { type: 'user', value: 'ken' } as const;
  it.each<[string, string, string, Partial<Policy>, object, string]>([
    ['who is not on call', 'mika', urgent, {}, {}, 'only who is on call runs it alone: ken now'],
    ['who has no right to approve', 'hana', urgent, {}, {}, 'needs the right responder'],
    ['who is part of the incident', 'ken', urgent, {}, { user: ken.value }, 'you are part of this incident as `ken`'],
    [
      'what its rule does not mark',
      'ken',
      urgent,
      { responses: [{ ...rule, emergency: false }] },
      {},
      'rule block-address lets nobody run it alone',
    ],
    ['what they give no reason for', 'ken', '/approve R1 emergency', {}, {}, 'say why: `/approve R1 emergency <why>`'],
    ['everything at once', 'ken', '/approve all emergency it spreads', {}, {}, 'in an emergency one at a time'],
    ['several at once', 'ken', '/approve R1 R2 emergency it spreads', {}, {}, 'in an emergency one at a time'],
    ['what is never blocked', 'ken', urgent, { neverBlock: ['203.0.113.0/24'] }, {}, 'there is no recommendation'],
    ['what was never recommended', 'ken', '/approve R9 emergency it spreads', {}, {}, 'there is no recommendation'],
  ])('%s (%s: %s)', async (_, by, line, given, alert, answer) => {
    await using s = await attacked(given, alert);
    await s.comment(by, 1, line);
    expect(await last(s)).toContain(answer);
    expect([await tasks(s), await ledger(s), await told(s, '🚨')]).toEqual([[], [], []]);
  });

  it('what they asked for, where the rule does not let them be one of the two', async () => {
    await using s = await attacked();
    await s.comment('ken', 1, '/block 198.51.100.9');
    await s.comment('ken', 1, '/approve R2 emergency it spreads');
    expect(await last(s)).toContain('who asked may not be the one who approves');
    expect(await ledger(s)).toEqual([]);
  });

  it('when nobody is on call', async () => {
    await using s = await attacked();
    s.policy = { ...s.policy, onCall: { severity: 'high', takeWithin: 900 } };
    await s.comment('ken', 1, urgent);
    expect(await last(s)).toContain('nobody is on call now');
    expect(await ledger(s)).toEqual([]);
  });

  it('where nothing may run: it is a dry run', async () => {
    await using s = await attacked({ mode: 'recommend' });
    await s.comment('ken', 1, urgent);
    expect([await tasks(s), await ledger(s)]).toEqual([[], []]);
  });

  it('a second time on the same target, whose first was not confirmed', async () => {
    await using s = await attacked();
    await s.comment('ken', 1, urgent);
    await wait(s, 16);
    await s.comment('ken', 1, urgent);
    expect(await last(s)).toContain('it ran on the word of one person before; now it takes two');
    expect([await tasks(s), await ledger(s)]).toEqual([['undone'], ['approved', 'undone']]);
  });
});

describe('the second voice', () => {
  it.each<[string, string, object, string]>([
    ['is not that of the same person', 'ken', {}, 'you approved it already'],
    ['is not that of an analyst', 'hana', {}, 'needs the right responder'],
    ['is not that of somebody the incident is about', 'mika', { user: 'mika' }, 'you are part of this incident'],
  ])('%s (%s)', async (_, by, alert, answer) => {
    await using s = await attacked({}, alert);
    await s.comment('ken', 1, urgent);
    await s.comment(by, 1, '/approve R1');
    expect(await last(s)).toContain(answer);
    await wait(s, 16);
    expect([await tasks(s), await ledger(s)]).toEqual([['undone'], ['approved', 'undone']]);
  });

  it('mentions nobody who is part of the incident, and says that nobody can give it', async () => {
    await using s = await attacked({}, { user: 'mika' });
    await s.comment('ken', 1, urgent);
    const [comment = ''] = await told(s, '🚨');
    expect(comment).toContain('nobody else can confirm it');
    expect(comment).not.toContain('@');
  });

  it('revives nothing once it was taken back: it is the first of two', async () => {
    await using s = await attacked();
    await s.comment('ken', 1, urgent);
    await wait(s, 16);
    await s.comment('mika', 1, '/approve R1');
    expect(await last(s)).toContain('1 more person needed');
    expect([await tasks(s), await listed(s)]).toEqual([['undone'], []]);
    await s.comment('ken', 1, '/approve R1');
    expect([await tasks(s), await listed(s)]).toEqual([['undone', 'active'], ['203.0.113.1']]);
    expect(await ledger(s)).toEqual(['approved', 'undone']);
  });

  it('does not count alone when who began it is no responder any more', async () => {
    await using s = await attacked();
    await s.comment('ken', 1, urgent);
    const responder = { people: ['mika', 'otto'], teams: [], roles: [] };
    s.policy = { ...s.policy, grants: { ...s.policy.grants, responder } };
    await s.comment('mika', 1, '/approve R1');
    expect(await last(s)).toContain('1 more person needed');
    await wait(s, 16);
    expect([await tasks(s), await ledger(s)]).toEqual([['undone'], ['approved', 'undone']]);
  });

  it('is not asked for where one person is enough', async () => {
    await using s = await attacked({ responses: [{ ...rule, approvals: 1 }] });
    await s.comment('ken', 1, urgent);
    await wait(s, 60);
    expect([await tasks(s), await ledger(s), await told(s, '🚨')]).toEqual([['active'], [], []]);
  });
});

describe('when the app is killed between', () => {
  it('what nobody confirmed is taken back all the same, and told once', async () => {
    await using s = await attacked();
    await s.comment('ken', 1, urgent);
    s.pass(16 * 60);
    const environment = {
      forge: s.a.github,
      repo: soc,
      clock: s.deps.clock,
      dataDir: '',
      hostFirewall: false,
      demo: true,
    };
    const resources = createResourcePool(new Map(), environment, s.deps.policy);
    await expect(executorStep({ ...dying(s.deps), repo: soc, resources })).rejects.toThrow('killed');
    expect([await tasks(s), await ledger(s)]).toEqual([['active'], ['approved']]);
    await wait(s, 8 * 60);
    expect([await tasks(s), await listed(s), await ledger(s)]).toEqual([['undone'], [], ['approved', 'undone']]);
    expect(await told(s, '↩️')).toHaveLength(1);
  });

  it('what was confirmed while it was being applied holds to its new end', async () => {
    await using s = await attacked();
    await s.comment('ken', 1, urgent);
    await s.store.query(`update task set status = 'applying', due_at = expires_at`);
    await s.comment('mika', 1, '/approve R1');
    await wait(s, 60);
    expect([await tasks(s), await listed(s), await ledger(s)]).toEqual([
      ['active'],
      ['203.0.113.1'],
      ['approved', 'confirmed'],
    ]);
  });
});
