import { describe, expect, it } from 'vitest';
import { createClock, systemClock } from '../src/clock.ts';

describe('the clock', () => {
  it('of the machine is the time of the machine', () => {
    const before = Date.now();
    const now = systemClock.now().getTime();
    expect(now).toBeGreaterThanOrEqual(before);
    expect(now).toBeLessThanOrEqual(Date.now());
  });

  it('starts at its origin and runs as many times faster as it is told', () => {
    const origin = Date.now() - 10_000;
    const before = Date.now();
    const now = createClock({ origin, scale: 60 }).now().getTime();
    const after = Date.now();
    expect(now).toBeGreaterThanOrEqual(origin + (before - origin) * 60);
    expect(now).toBeLessThanOrEqual(origin + (after - origin) * 60);
  });

  it('agrees with another one of the same origin, also after a restart', () => {
    const origin = Date.now() - 5_000;
    const [one, two] = [createClock({ origin, scale: 100 }), createClock({ origin, scale: 100 })];
    const before = one.now().getTime();
    const between = two.now().getTime();
    const after = one.now().getTime();
    expect(between).toBeGreaterThanOrEqual(before);
    expect(after).toBeGreaterThanOrEqual(between);
  });

  it('sleeps in its own time', async () => {
    const clock = createClock({ origin: Date.now(), scale: 10_000 });
    const before = clock.now().getTime();
    await clock.sleep(60_000);
    // Timers of the machine may end up to a millisecond early, which is ten seconds here.
    expect(clock.now().getTime() - before).toBeGreaterThanOrEqual(50_000);
  });

  it('wakes at once when it is told to, and does not sleep when it was told before', async () => {
    const told = new AbortController();
    const sleeping = systemClock.sleep(3_600_000, told.signal);
    told.abort();
    await sleeping;
    await systemClock.sleep(3_600_000, told.signal);
  });

  it('takes sleeps longer than timers allow, and of no length', async () => {
    const told = new AbortController();
    let awake = false;
    const sleeping = systemClock.sleep(2 ** 40, told.signal).then(() => {
      awake = true;
    });
    await systemClock.sleep(0);
    await systemClock.sleep(-5);
    expect(awake).toBe(false);
    told.abort();
    await sleeping;
  });
});
