import type { Policy } from '../../src/domain/policy.ts';
import type { Rota } from '../../src/domain/rota.ts';
import { wallTime } from '../../src/domain/zoned-time.ts';
import { type Spine, spine } from './spine.ts';

/** Where the rota of these tests stands. */
export const origin = { path: 'context/people/rota.md', line: 5 };

/** ken, then mika, then hana; ken since an hour. */
export function onRota(s: Spine, given: Partial<Rota> = {}): void {
  const start = wallTime(new Date(s.now().getTime() - 3_600_000), 'Asia/Tokyo');
  const rotation = ['ken', 'mika', 'hana'].map((login) => ({ login, origin }));
  const rota = { timeZone: 'Asia/Tokyo', start, rotation, overrides: [], away: [], origin, ...given };
  s.policy = { ...s.policy, onCall: { severity: 'high', takeWithin: 900, rota } };
}

/** A spine with that rota in force. */
export async function withRota(given: Partial<Policy> = {}): Promise<Spine> {
  const s = await spine(given);
  onRota(s);
  return s;
}

/** Minutes pass, and everything settles. */
export async function wait(s: Spine, minutes: number): Promise<void> {
  s.pass(minutes * 60);
  await s.settle();
}
