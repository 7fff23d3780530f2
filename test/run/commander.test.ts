import { describe, expect, it } from 'vitest';
import { blockRule } from '../commands/incident-in-test.ts';
import { soc } from '../github/adapter-in-test.ts';
import { attack, spine } from './spine.ts';

const oneRule = { responses: [blockRule({ resources: ['edge'] })] };

describe('a comment with commands', () => {
  it('is answered by one receipt that ends with what was verified, and can be undone', async () => {
    await using s = await spine(oneRule);
    await s.take(attack(1));
    expect((await s.issue(1)).body).toContain('`/approve R1` block `203.0.113[.]1` on edge');
    await s.comment('ken', 1, 'On it.\n\n/approve R1\n/take');
    const receipt = (await s.ourComments(1)).at(-1) ?? '';
    expect(receipt).toMatch(/^ken, 2 commands:\n- ✅ `\/approve R1` approve R1: .*\n {2}- T1 block .*\*\*verified\*\*/);
    expect(receipt).toContain('✅ `/take` ken has this: noted');
    expect(Buffer.from((await s.a.github.file(soc, 'yagura/lists', 'lists/edge.txt')) ?? []).toString()).toContain(
      '203.0.113.1',
    );
    await s.comment('mika', 1, '/undo T1');
    expect((await s.ourComments(1)).at(-1)).toContain('**undone**');
    expect((await s.issue(1)).body).toContain('T1 block `203.0.113[.]1` on edge: **undone**');
    expect((await s.store.query('select 1 from task')).rowCount).toBe(1);
  });

  it('assigns who takes it, leaves people’s own assignees, and does not insist', async () => {
    await using s = await spine();
    await s.take(attack(1));
    await s.a.t.person('ken').rest.issues.update({ owner: 'acme', repo: 'soc', issue_number: 1, assignees: ['mika'] });
    await s.comment('hana', 1, '/take');
    expect((await s.issue(1)).assignees.sort()).toEqual(['hana', 'mika']);
    await s.a.t.person('ken').rest.issues.update({ owner: 'acme', repo: 'soc', issue_number: 1, assignees: ['mika'] });
    await s.comment('hana', 1, '/severity low');
    expect((await s.issue(1)).assignees).toEqual(['mika']);
    expect((await s.issue(1)).body).toContain('**Who:** hana');
  });

  it('keeps a partial refusal of "/approve all" in the receipt after the tasks have settled', async () => {
    await using s = await spine({ ...oneRule, neverBlock: [] });
    await s.take(attack(1, { dst_ip: '198.51.100.9' }));
    s.policy = { ...s.policy, neverBlock: ['198.51.100.9'] };
    await s.comment('ken', 1, '/approve all');
    const receipt = (await s.ourComments(1)).at(-1) ?? '';
    expect(receipt).toContain('1 of 2 approved');
    expect(receipt).toContain('⛔ not approve');
    expect(receipt).toContain('`198.51.100.9` is on the never-block list');
    expect(receipt).toContain('**verified**');
  });

  it('does not let a person who asked approve under another login they took', async () => {
    const responders = { people: ['ken', 'kenji', 'mika'], teams: [], roles: [] };
    await using s = await spine({ ...oneRule, grants: { analyst: responders, responder: responders } });
    await s.take(attack(1));
    await s.comment('ken', 1, '/block 198.51.100.9');
    const { store } = s.a.t.forge.state;
    const ken = store.all('account').find(({ login }) => login === 'ken');
    if (!ken) throw new Error('ken has no account');
    store.put('account', { ...ken, login: 'kenji' });
    await s.comment('ken', 1, '/approve R2');
    expect((await s.ourComments(1)).at(-1)).toContain('who asked may not be the one who approves');
    await s.comment('mika', 1, '/approve R2');
    expect((await s.ourComments(1)).at(-1)).toContain('**verified**, until');
    const found = await s.store.query<{ id: string }>(
      'select requested_by_id as id from recommendation where number = 2',
    );
    expect(Number(found.rows[0]?.id)).toBe(ken.id);
  });

  it('counts by the login its author has now, not by the one it was written under', async () => {
    await using s = await spine(oneRule);
    await s.take(attack(1));
    await s.a.t
      .person('ken')
      .rest.issues.createComment({ owner: 'acme', repo: 'soc', issue_number: 1, body: '/approve R1' });
    await s.sweep();
    const { store } = s.a.t.forge.state;
    const ken = store.all('account').find(({ login }) => login === 'ken');
    if (!ken) throw new Error('ken has no account');
    store.put('account', { ...ken, login: 'kenji' });
    s.pass(2);
    await s.settle();
    expect((await s.store.query('select state from command')).rows).toEqual([{ state: 'refused' }]);
    expect((await s.store.query('select 1 from task')).rowCount).toBe(0);
  });

  it('is refused to outsiders in one comment an issue that says who could, and not without end', async () => {
    await using s = await spine();
    await s.take(attack(1));
    const before = (await s.ourComments(1)).length;
    for (let n = 0; n < 12; n += 1) await s.comment('otto', 1, `/block 203.0.113.${n}`);
    const ours = await s.ourComments(1);
    expect(ours).toHaveLength(before + 1);
    expect(ours.at(-1)).toContain(
      '⛔ otto `/block 203.0.113.9`: needs the right analyst: hana, ken, mika (you: no right',
    );
    expect(ours.at(-1)).not.toContain('203.0.113.11');
    expect((await s.store.query('select 1 from recommendation where requested_by <> $1', ['yagura'])).rowCount).toBe(0);
  });

  it('names what to approve only once the issue shows it, however often that was edited', async () => {
    await using s = await spine(oneRule);
    await s.take(attack(1));
    await s.store.query(
      `update publication set edits = 200, not_before = $1::timestamptz + interval '55 seconds' where key = 'issue:1'`,
      [s.now()],
    );
    s.a.requests.length = 0;
    await s.comment('hana', 1, '/block 198.51.100.77');
    expect((await s.ourComments(1)).at(-1)).toContain('needs approval: `/approve R2`');
    expect((await s.issue(1)).body).toContain('`/approve R2` block `198.51.100[.]77`');
    const shown = s.a.requests.findIndex((line) => /^PATCH \S*\/issues\/1 /.test(line));
    const told = s.a.requests.findIndex((line) => /^POST \S*\/issues\/1\/comments /.test(line));
    expect(shown).toBeGreaterThanOrEqual(0);
    expect(shown).toBeLessThan(told);
    expect((await s.store.query(`select priority from publication where key = 'issue:1'`)).rows).toEqual([
      { priority: 2 },
    ]);
  });

  it('of an outsider may ask for help', async () => {
    await using s = await spine();
    await s.take(attack(1));
    await s.comment('otto', 1, '/help');
    expect((await s.ourComments(1)).at(-1)).toMatch(/^- ✅ otto `\/help`.*\n {2}- `\/adopt /);
  });

  it('of an outsider never takes from the reserve, however often help is asked for, and not without end', async () => {
    await using s = await spine();
    await s.take(attack(1));
    const before = (await s.ourComments(1)).length;
    for (let n = 0; n < 12; n += 1) await s.comment('otto', 1, '/help');
    expect(await s.ourComments(1)).toHaveLength(before + 1);
    const made = await s.store.query(
      `select key, priority, edits from publication where kind in ('receipt', 'refusal')`,
    );
    expect(made.rows).toEqual([{ key: 'refusal:1', priority: 0, edits: 9 }]);
  });

  it('that was edited is answered in the shared comment, also when it was edited into a command', async () => {
    await using s = await spine(oneRule);
    await s.take(attack(1));
    await s.deliver();
    const { rest } = s.a.t.person('ken');
    const made = await rest.issues.createComment({ owner: 'acme', repo: 'soc', issue_number: 1, body: 'I think so' });
    await s.deliver();
    await rest.issues.updateComment({ owner: 'acme', repo: 'soc', comment_id: made.data.id, body: '/approve R1' });
    await s.deliver();
    const said = '- ⛔ ken `/approve R1`: not run: it was edited; write it in a new comment';
    expect((await s.ourComments(1)).at(-1)).toContain(said);
    expect((await s.store.query('select 1 from task')).rowCount).toBe(0);
  });

  it('on an incident that is part of another is told where to go on, and may still undo', async () => {
    await using s = await spine(oneRule);
    await s.take(attack(1, { host: 'web-1' }));
    await s.take(attack(2, { host: 'web-2' }));
    await s.comment('ken', 2, '/approve R1');
    await s.take({ ...attack(3, { host: 'web-1' }), src_ip: '203.0.113.2' });
    const merged = await s.store.query<{ issue: string }>(`select issue from incident where status = 'merged'`);
    const [gone, stays] = merged.rows[0]?.issue === '1' ? [1, 2] : [2, 1];
    expect(merged.rows).toHaveLength(1);
    for (const text of ['/investigate', '/take', '/severity low', '/snooze 4h', '/verdict fp nothing']) {
      await s.comment('hana', gone, text);
      expect((await s.ourComments(gone)).at(-1)).toContain(`this is part of another story now; go on in #${stays}`);
    }
    await s.comment('ken', gone, '/undo T9');
    expect((await s.ourComments(gone)).at(-1)).toContain('there is no task of that number here');
  });

  it('runs its first twenty commands and says so of the rest; an unknown one gets the nearest', async () => {
    await using s = await spine();
    await s.take(attack(1));
    await s.comment('hana', 1, `/blok 203.0.113.9\n${'/severity low\n'.repeat(20)}`);
    const receipt = (await s.ourComments(1)).at(-1) ?? '';
    expect(receipt).toContain('there is no command `/blok`; did you mean `/block`?');
    expect(receipt).toContain('only the first 20 commands of a comment are run');
    expect(receipt.match(/^- ✅/gm)).toHaveLength(19);
  });

  it.each([
    ['edited after it was written', 'edit'],
    ['deleted before it was read', 'delete'],
  ])('does nothing when it was %s', async (_, what) => {
    await using s = await spine(oneRule);
    await s.take(attack(1));
    s.pass(2);
    const on = { owner: 'acme', repo: 'soc' };
    const { rest } = s.a.t.person('ken');
    const made = await rest.issues.createComment({ ...on, issue_number: 1, body: '/approve R1' });
    await s.sweep();
    s.pass(2);
    if (what === 'edit') await rest.issues.updateComment({ ...on, comment_id: made.data.id, body: '/approve all' });
    else await rest.issues.deleteComment({ ...on, comment_id: made.data.id });
    await s.settle();
    expect((await s.store.query('select 1 from task')).rowCount).toBe(0);
    expect(s.log.join('\n')).toContain(what === 'edit' ? 'it was edited' : 'it was deleted');
  });

  it('runs once, however often and by whichever way it arrives', async () => {
    await using s = await spine(oneRule);
    await s.take(attack(1));
    await s.comment('ken', 1, '/approve R1');
    for (let n = 0; n < 3; n += 1) {
      await s.sweep();
      await s.settle();
    }
    expect((await s.store.query('select 1 from task')).rowCount).toBe(1);
    expect((await s.store.query(`select 1 from ledger where kind = 'command'`)).rowCount).toBe(1);
  });

  it('of an app or a bot never counts', async () => {
    await using s = await spine(oneRule);
    await s.take(attack(1));
    s.pass(2);
    await s.a.github.createComment(soc, 1, '/approve R1');
    await s.sweep();
    await s.settle();
    expect((await s.store.query('select 1 from comment')).rowCount).toBe(0);
  });

  it('that fails by itself is said to have failed and keeps nobody waiting', async () => {
    await using s = await spine();
    await s.take(attack(1));
    await s.store.query(`alter table incident add constraint nobody check (owner is null)`);
    await s.comment('hana', 1, '/take');
    expect((await s.ourComments(1)).at(-1)).toContain('❌ `/take` it failed inside Yagura and nothing was done');
    await s.comment('hana', 1, '/severity low');
    expect((await s.ourComments(1)).at(-1)).toContain('✅ `/severity low`');
  });
});

describe('/adopt', () => {
  it('makes an issue of people an incident without touching title or text, and closes it when it is closed', async () => {
    await using s = await spine();
    const { rest } = s.a.t.person('hana');
    const on = { owner: 'acme', repo: 'soc' };
    await rest.issues.create({ ...on, title: 'Odd mail', body: 'from 203.0.113.8', labels: ['mine'] });
    await s.comment('otto', 1, '/adopt');
    expect((await s.ourComments(1)).at(-1)).toContain('needs the right analyst');
    await s.comment('hana', 1, '/adopt');
    s.pass(60);
    await s.settle();
    const adopted = await s.issue(1);
    expect(adopted).toMatchObject({ title: 'Odd mail', body: 'from 203.0.113.8', state: 'open' });
    expect(adopted.labels).toEqual(expect.arrayContaining(['mine', 'incident']));
    expect((await s.ourComments(1)).some((body) => body.includes('`Odd mail`'))).toBe(true);
    await s.comment('hana', 1, '/close fp a newsletter');
    s.pass(60);
    await s.settle();
    expect(await s.issue(1)).toMatchObject({ title: 'Odd mail', body: 'from 203.0.113.8', state: 'closed' });
  });
});
