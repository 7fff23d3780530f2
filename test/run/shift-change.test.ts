import { describe, expect, it } from 'vitest';
import { activeIn } from '../publish/active-markdown.ts';
import { onRota, origin, wait, withRota } from './on-rota.ts';
import { attack, once, type Spine, spine } from './spine.ts';

/** What ended shifts left: issues of ours that are no incident. */
async function notices(s: Spine) {
  const found = await s.store.query<{ remote_id: string }>(
    `select remote_id from publication where kind = 'notice' and remote_id is not null order by id`,
  );
  return Promise.all(found.rows.map(({ remote_id }) => s.issue(Number(remote_id))));
}

const week = 7 * 24 * 60;

describe('a change of who is on call', () => {
  it('tells who comes in one issue what the one before had or was asked for, and what waits there', async () => {
    await using s = await withRota();
    await s.take(attack(1, { title: '@acme/everybody `x` #1' }), attack(2, { severity: 'critical' }), attack(3));
    await s.comment('hana', 1, '/block 203.0.113.200 for 2h');
    await s.comment('ken', 2, '/take');
    await s.comment('hana', 3, '/take');
    const from = new Date(s.now().getTime() - 60_000);
    onRota(s, { overrides: [{ login: 'mika', from, to: new Date(from.getTime() + 86_400_000), origin }] });
    await wait(s, 1);
    const [notice, ...more] = await notices(s);
    expect(more).toEqual([]);
    expect(notice?.title).toBe('Hand-over from ken to mika: 2 open');
    const [first = '', , worst, ...rest] = notice?.body.split('\n') ?? [];
    expect(first).toMatch(
      /^@mika, you are on call until .* JST .*, in place of the rotation \(context\/people\/rota\.md:5\)\. ken had, or was asked to take:$/,
    );
    expect(worst).toMatch(/^- #2 `Login failures 2`, severity critical, since .*; ken has it$/);
    expect(rest[0] ?? '').toMatch(/^ {2}- Proposed, not answered: R1$|^- #1/);
    expect(rest.join('\n')).toContain('- #1 ``@acme/everybody `x` #1``, severity high');
    expect(rest.join('\n')).toMatch(/ {2}- Waits for approval: R\d block `203\.0\.113\[\.\]200`, asked by hana/);
    expect(notice?.body).not.toContain('#3');
    expect(activeIn(notice?.body.replace('@mika', '') ?? '')).toEqual(['reference #2', 'reference #1']);
    await wait(s, 60);
    expect(await notices(s)).toHaveLength(1);
  });

  it('happens every week, by itself, and once though the answer of GitHub is lost', async () => {
    await using s = await withRota();
    await s.take(attack(1));
    await s.comment('ken', 1, '/take');
    s.wrap((forge) => ({ createIssue: once(forge.createIssue.bind(forge), 'unknown', 'after') }));
    await wait(s, week);
    await wait(s, 1);
    await s.comment('ken', 1, '/handover @mika');
    await wait(s, week);
    expect((await notices(s)).map(({ title }) => title)).toEqual([
      'Hand-over from ken to mika: 1 open',
      'Hand-over from mika to hana: 1 open',
    ]);
  });

  it('tells nothing when nothing is open, and in observe mode', async () => {
    await using s = await withRota();
    await s.settle();
    await wait(s, week);
    expect(await notices(s)).toEqual([]);
    await using quiet = await withRota({ mode: 'observe' });
    await quiet.take(attack(1));
    await quiet.comment('ken', 1, '/take');
    await wait(quiet, week);
    expect(await notices(quiet)).toEqual([]);
  });

  it('tells nobody that a rota came, and everybody that it went', async () => {
    await using s = await spine();
    await s.take(attack(1));
    await s.comment('ken', 1, '/take');
    onRota(s);
    await wait(s, 1);
    expect(await notices(s)).toEqual([]);
    s.policy = { ...s.policy, onCall: { severity: 'high', takeWithin: 900 } };
    await wait(s, 1);
    const [notice] = await notices(s);
    expect(notice?.title).toBe('Hand-over from ken to nobody: 1 open');
    expect(notice?.body).toMatch(/^\*\*Nobody is on call now\.\*\*/);
  });
});
