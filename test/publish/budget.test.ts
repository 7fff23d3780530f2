import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nextCreation } from '../../src/publish/budget.ts';

const limits = { perHour: 30, perMinute: 6 };

/** Most moments that lie in any window of this length. */
function densest(moments: number[], window: number): number {
  return Math.max(0, ...moments.map((from) => moments.filter((at) => at >= from && at < from + window).length));
}

describe('nextCreation', () => {
  it('lets the first go at once and the one past the minute wait for its window to slide', () => {
    expect(nextCreation([], 1000, limits, 2)).toBe(1000);
    const sent = [0, 1, 2, 3, 4, 5];
    expect(nextCreation(sent, 10, limits, 2)).toBe(60_001);
    expect(nextCreation(sent, 60_001, limits, 2)).toBe(60_001);
  });

  it('keeps a third of each window for high incidents and receipts', () => {
    const sent = [0, 1, 2, 3];
    expect(nextCreation(sent, 10, limits, 1)).toBe(60_001);
    expect(nextCreation(sent, 10, limits, 2)).toBe(10);
    const hour = Array.from({ length: 20 }, (_, k) => k * 100_000);
    expect(nextCreation(hour, 2_000_000, limits, 1)).toBe(3_600_001);
    expect(nextCreation(hour, 2_000_000, limits, 3)).toBe(2_000_000);
  });

  it('counts creations that may still arrive, whose moment lies ahead', () => {
    expect(nextCreation([15_000, 15_000, 15_000, 15_000, 15_000, 15_000], 10, limits, 2)).toBe(75_001);
  });

  it('never lets more than the limits fall into any sliding window, whatever comes when and how urgent', () => {
    const calls = fc.array(fc.record({ wait: fc.nat(90_000), priority: fc.nat(3) }), { maxLength: 120 });
    fc.assert(
      fc.property(calls, (wanted) => {
        const sent: number[] = [];
        const low: number[] = [];
        let now = 0;
        for (const { wait, priority } of wanted) {
          now = Math.max(now + wait, nextCreation(sent, now + wait, limits, priority));
          sent.push(now);
          if (priority < 2) low.push(now);
        }
        expect(densest(sent, 60_000)).toBeLessThanOrEqual(limits.perMinute);
        expect(densest(sent, 3_600_000)).toBeLessThanOrEqual(limits.perHour);
        expect(densest(low, 60_000)).toBeLessThanOrEqual(4);
        expect(densest(low, 3_600_000)).toBeLessThanOrEqual(20);
      }),
    );
  });

  it('always lets at least one go, however small the budget', () => {
    expect(nextCreation([], 5, { perHour: 1, perMinute: 1 }, 0)).toBe(5);
  });
});
