import { describe, expect, it } from 'vitest';
import type { Policy } from '../../src/domain/policy.ts';
import { approvalsStep } from '../../src/run/approvals.ts';
import { blockRule } from '../commands/incident-in-test.ts';
import { dying } from './dying.ts';
import { onRota, wait } from './on-rota.ts';
import { attack, type Spine, spine } from './spine.ts';

const rule = blockRule({ resources: ['edge'] });

/** An incident taken by mika, in which hana asked for a block. */
async function asked(given: Partial<Policy> = {}): Promise<Spine> {
  const s = await spine({ responses: [rule], ...given });
  await s.take(attack(1));
  await s.comment('mika', 1, '/take');
  await s.comment('hana', 1, '/block 198.51.100.9');
  return s;
}

/** First lines of what is said of approvals. */
async function told(s: Spine): Promise<string[]> {
  return (await s.ourComments(1)).map((body) => body.split('\n')[0] ?? '').filter((line) => /^[⏳⌛]/u.test(line));
}

describe('a block that somebody asked for', () => {
  it('shows who can approve it and until when, is reminded of once, and expires', async () => {
    await using s = await asked();
    expect((await s.issue(1)).body).toMatch(
      /`\/approve R2` block `198\.51\.100\[\.\]9` on edge for 24 h \(asked by hana\) \(ken or mika can, until \d{4}-\d\d-\d\d \d\d:\d\d JST\)/,
    );
    await wait(s, 11 * 60);
    expect(await told(s)).toEqual([]);
    await wait(s, 2 * 60);
    const [reminder = ''] = await told(s);
    expect(reminder).toMatch(
      /^⏳ \*\*R2 waits for approval until .* JST .*:\*\* block `198\.51\.100\[\.\]9` on edge for 24 h, asked by hana\. ken or mika can type `\/approve R2` or `\/reject R2`\.$/,
    );
    await wait(s, 10 * 60);
    expect(await told(s)).toHaveLength(1);
    await wait(s, 2 * 60);
    await wait(s, 48 * 60);
    expect((await told(s)).slice(1)).toEqual([
      '⌛ **R2 expired:** nobody approved it within 24 h: block `198.51.100[.]9` on edge for 24 h, asked by hana. If it is still wanted, ask again.',
    ]);
    expect((await s.issue(1)).body).toContain('- R2 block `198.51.100[.]9`: expired');
    await s.comment('ken', 1, '/approve R2');
    expect((await s.ourComments(1)).at(-1)).toContain('it is expired already');
    expect((await s.store.query('select 1 from task')).rowCount).toBe(0);
    await s.comment('hana', 1, '/block 198.51.100.9');
    expect((await s.issue(1)).body).toContain('`/approve R3` block `198.51.100[.]9`');
  });

  it('is said nothing more of once it was answered', async () => {
    await using s = await asked();
    await s.comment('ken', 1, '/reject R2');
    await wait(s, 48 * 60);
    expect(await told(s)).toEqual([]);
  });

  it('mentions who is on call when they can give it, and nobody who is not or may not', async () => {
    await using s = await asked();
    onRota(s);
    await wait(s, 13 * 60);
    expect((await told(s))[0]).toMatch(/^⏳ @ken: \*\*R2 waits/);
    await using own = await spine({ responses: [rule] });
    await own.take(attack(1));
    onRota(own);
    await own.comment('ken', 1, '/take');
    await own.comment('ken', 1, '/block 198.51.100.9');
    await wait(own, 13 * 60);
    const [reminder = ''] = await told(own);
    expect(reminder).toContain(' mika can type `/approve R2`');
    expect(reminder).not.toContain('@');
  });

  it('mentions them also while five other incidents call people: an approval runs out', async () => {
    await using s = await asked({ mention: { severity: 'high', who: ['ken'] } });
    onRota(s);
    await wait(s, 11 * 60);
    await s.take(...Array.from({ length: 6 }, (_, k) => attack(k + 2)));
    await wait(s, 61);
    await s.take(...Array.from({ length: 6 }, (_, k) => attack(k + 12)));
    await wait(s, 5);
    expect((await told(s))[0]).toMatch(/^⏳ @ken: \*\*R2 waits/);
  });

  it('waits as long as the policy says, and not while the incident is put off or closed', async () => {
    await using s = await asked({ approveWithin: 3_600 });
    await s.comment('hana', 1, '/snooze 3h');
    await wait(s, 120);
    expect(await told(s)).toEqual([]);
    await wait(s, 61);
    expect(await told(s)).toEqual([expect.stringContaining('R2 expired:** nobody approved it within 1 h')]);
    await using closed = await asked({ approveWithin: 3_600 });
    await closed.comment('hana', 1, '/close fp nothing');
    await wait(closed, 120);
    expect(await told(closed)).toEqual([]);
  });
});

describe('a proposal that one of two people approved', () => {
  it('is open as before when nobody joins, without that approval', async () => {
    await using s = await spine({ responses: [{ ...rule, approvals: 2 }] });
    await s.take(attack(1));
    await s.comment('mika', 1, '/take');
    await s.comment('ken', 1, '/approve R1');
    expect((await s.issue(1)).body).toContain('(approved by ken, one more needed) (mika can, until ');
    await wait(s, 13 * 60);
    await wait(s, 12 * 60);
    const [reminder = '', over = ''] = await told(s);
    expect(reminder).toContain('mika can type `/approve R1`');
    expect(over).toContain(
      '**The approval of R1 by ken ran out:** nobody joined it within 24 h. R1 is open as before:',
    );
    await s.comment('mika', 1, '/approve R1');
    expect((await s.store.query('select 1 from task')).rowCount).toBe(0);
    await s.comment('ken', 1, '/approve R1');
    expect((await s.store.query('select 1 from task')).rowCount).toBe(1);
  });
});

describe('what waits', () => {
  it('does not end where nothing could run', async () => {
    await using s = await asked();
    s.policy = { ...s.policy, mode: 'recommend' };
    await wait(s, 48 * 60);
    expect(await told(s)).toEqual([]);
    expect((await s.store.query(`select 1 from recommendation where status = 'expired'`)).rowCount).toBe(0);
  });

  it('is told of once, whoever looks at the same time and whenever the process dies', async () => {
    await using s = await asked();
    for (const hours of [13, 12]) {
      s.pass(hours * 3_600);
      await expect(approvalsStep(dying(s.deps))).rejects.toThrow('killed');
      await Promise.all([1, 2, 3].map(() => approvalsStep(s.deps)));
      await wait(s, 1);
    }
    expect((await told(s)).map((line) => line.slice(0, 12))).toEqual(
      ['⏳ **R2 waits', '⌛ **R2 expire'].map((t) => t.slice(0, 12)),
    );
  });
});
