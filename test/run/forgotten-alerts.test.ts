import { describe, expect, it } from 'vitest';
import { actions, look, put } from './scanner-alerts.ts';
import { type Spine, spine } from './spine.ts';

const dayS = 86_400;

/** An alert of each scanner's kind that ended; then `days` pass, and what is old is forgotten. */
async function ended(s: Spine, scanner: 'dependabot' | 'secret-scanning', days: number): Promise<void> {
  await look(s);
  s.pass(3600);
  put(s, { scanner, tell: false });
  await look(s);
  s.pass(3600);
  put(s, { scanner, number: 1, alert: { state: scanner === 'dependabot' ? 'dismissed' : 'resolved' }, tell: false });
  await look(s);
  s.pass(days * dayS);
  await s.sweep();
}

async function standings(s: Spine): Promise<number> {
  return (await s.store.query('select 1 from github_alert')).rowCount;
}

describe('how an alert of GitHub stood', () => {
  it('is forgotten 90 days after its end, and not before; what is open never is', async () => {
    await using s = await spine();
    await ended(s, 'dependabot', 89);
    expect(await standings(s)).toBe(1);
    put(s, { scanner: 'dependabot', tell: false });
    await look(s);
    s.pass(200 * dayS);
    await s.sweep();
    expect((await s.store.query('select number from github_alert')).rows).toEqual([{ number: '2' }]);
  });

  it.each(['dependabot', 'secret-scanning'] as const)(
    'and is forgotten, is no news when a list of %s shows it again, but that it comes back is',
    async (scanner) => {
      await using s = await spine();
      await ended(s, scanner, 91);
      expect(await standings(s)).toBe(0);
      const before = await actions(s);
      const state = scanner === 'dependabot' ? 'dismissed' : 'resolved';
      put(s, { scanner, number: 1, alert: { state, assignees: [] }, tell: false });
      await look(s);
      expect((await actions(s)).slice(before.length).filter((action) => action !== state)).toEqual([]);
      expect((await s.store.query(`select 1 from incident where status = 'open'`)).rowCount).toBe(0);
      s.pass(3600);
      put(s, { scanner, number: 1, alert: { state: 'open' }, tell: false });
      await look(s);
      expect((await actions(s)).at(-1)).toBe('reopened');
      expect((await s.store.query(`select 1 from incident where status = 'open'`)).rowCount).toBe(1);
    },
  );

  it('and is forgotten, is known by the alert also when it comes back before a list showed it', async () => {
    await using s = await spine();
    await ended(s, 'dependabot', 91);
    put(s, { scanner: 'dependabot', number: 1, alert: { state: 'open' }, tell: false });
    await look(s);
    expect(await actions(s)).toEqual(['created', 'dismissed', 'reopened']);
  });
});
