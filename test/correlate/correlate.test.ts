import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Candidate, type Correlated, correlate } from '../../src/correlate/correlate.ts';
import type { Span } from '../../src/domain/incident.ts';

const minute = 60_000;

/** Alerts of a small world, so that they meet often: keys with a window each, times on a short line. */
const windows: Record<string, number> = { a: 5 * minute, b: 5 * minute, c: 12 * minute, d: 0, e: 5 * minute };
const candidate: fc.Arbitrary<Candidate> = fc.record({
  time: fc.integer({ min: 0, max: 90 }).map((n) => n * minute),
  keys: fc
    .uniqueArray(fc.constantFrom(...Object.keys(windows)), { maxLength: 3 })
    .map((names) => names.map((name) => ({ key: name, label: `key ${name}`, window: windows[name] ?? 0 }))),
});
const candidates = fc.array(candidate, { maxLength: 25 });

/** Alerts in batches as the pipeline hands them over, with what the store would keep in between. */
function inBatches(batches: Candidate[][]): { stories: string[]; merges: Correlated['merges']; results: Correlated[] } {
  const ids = new Map<string, string>();
  const mergedInto = new Map<string, string>();
  let next = 1;
  let spans: Span[] = [];
  const placed: string[] = [];
  const results: Correlated[] = [];
  for (const batch of batches) {
    const known = spans.filter((span) => batch.some((alert) => touches(alert, span)));
    const result = correlate(batch, known);
    results.push(result);
    ids.clear();
    for (const story of result.opened) {
      ids.set(story, String(next));
      next += 1;
    }
    const idOf = (story: string) => ids.get(story) ?? story;
    for (const merge of result.merges) mergedInto.set(idOf(merge.from), idOf(merge.into));
    placed.push(...result.placements.map((placement) => idOf(placement.story)));
    spans = [...spans.filter((span) => !known.includes(span)), ...[...result.spans.values()].flat()].map((span) => ({
      ...span,
      story: survivor(idOf(span.story), mergedInto),
    }));
  }
  return {
    stories: placed.map((story) => survivor(story, mergedInto)),
    merges: results.flatMap((r) => r.merges),
    results,
  };
}

function touches(alert: Candidate, span: Span): boolean {
  return alert.keys.some(
    (key) => key.key === span.key && span.last >= alert.time - key.window && span.first <= alert.time + key.window,
  );
}

function survivor(story: string, mergedInto: Map<string, string>): string {
  let at = story;
  for (let into = mergedInto.get(at); into !== undefined; into = mergedInto.get(at)) at = into;
  return at;
}

/** Which alerts are together, whatever the stories are called. */
function partition(alerts: Candidate[], stories: string[]): string[] {
  const groups = new Map<string, number[]>();
  for (const [k, story] of stories.entries()) groups.set(story, [...(groups.get(story) ?? []), alertName(alerts, k)]);
  return [...groups.values()].map((group) => group.sort((a, b) => a - b).join(',')).sort();
}

const names = new WeakMap<Candidate, number>();
function alertName(alerts: Candidate[], k: number): number {
  const alert = alerts[k];
  return (alert && names.get(alert)) ?? -1;
}

function named(alerts: Candidate[]): Candidate[] {
  for (const [k, alert] of alerts.entries()) names.set(alert, k);
  return alerts;
}

/** What belongs together by its definition: connected over shared keys no further apart than their window. */
function bruteForce(alerts: Candidate[]): string[] {
  const group = alerts.map((_, k) => k);
  const together = (x: Candidate, y: Candidate) =>
    x.keys.some((key) => y.keys.some((k) => k.key === key.key) && Math.abs(x.time - y.time) <= key.window);
  for (let changed = true; changed; ) {
    changed = false;
    for (const [i, x] of alerts.entries())
      for (const [j, y] of alerts.entries()) {
        const [a, b] = [group[i] ?? i, group[j] ?? j];
        if (a === b || !together(x, y)) continue;
        for (const [k, g] of group.entries()) if (g === Math.max(a, b)) group[k] = Math.min(a, b);
        changed = true;
      }
  }
  return partition(alerts, group.map(String));
}

function shuffled<T>(items: T[], order: number[]): T[] {
  return items
    .map((item, k) => ({ item, at: order[k] ?? 0 }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);
}

function cut<T>(items: T[], cuts: number[]): T[][] {
  const at = [0, ...new Set(cuts.map((c) => c % (items.length + 1)).sort((a, b) => a - b)), items.length];
  return at.slice(1).map((to, k) => items.slice(at[k], to));
}

describe('the grouping', () => {
  it('is exactly the connected components over shared keys', () => {
    fc.assert(
      fc.property(candidates, (made) => {
        const alerts = named(made);
        expect(partition(alerts, inBatches([alerts]).stories)).toEqual(bruteForce(alerts));
      }),
      { numRuns: 400 },
    );
  });

  it('depends neither on the order of arrival nor on how it falls into batches', () => {
    fc.assert(
      fc.property(
        candidates,
        fc.array(fc.nat(), { minLength: 25, maxLength: 25 }),
        fc.array(fc.nat(), { maxLength: 6 }),
        (made, order, cuts) => {
          const alerts = named(made);
          const other = shuffled(alerts, order);
          expect(partition(other, inBatches(cut(other, cuts)).stories)).toEqual(bruteForce(alerts));
        },
      ),
      { numRuns: 400 },
    );
  });

  it('gives every alert a reason, and names the key it shares', () => {
    fc.assert(
      fc.property(candidates, fc.array(fc.nat(), { maxLength: 4 }), (made, cuts) => {
        for (const { placements } of inBatches(cut(made, cuts)).results)
          for (const { reason, key } of placements)
            if (key === null) expect(reason).toBe('first alert of this incident');
            else expect(reason).toMatch(new RegExp(`^shares key ${key}, (seen before and after it|\\d+ (s|min|h) )`));
      }),
    );
  });

  it('merges known stories into the oldest, each once, with a reason', () => {
    fc.assert(
      fc.property(candidates, fc.array(fc.nat(), { maxLength: 6 }), (made, cuts) => {
        for (const { merges } of inBatches(cut(made, cuts)).results) {
          const known = merges.filter((merge) => !merge.from.startsWith('new:'));
          expect(new Set(known.map((merge) => merge.from)).size).toBe(known.length);
          for (const { from, into, reason } of known) {
            expect(BigInt(into)).toBeLessThan(BigInt(from));
            expect(merges.map((merge) => merge.from)).not.toContain(into);
            expect(reason).toMatch(/^an alert shares key . with both$/);
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  it('keeps the spans of a key apart by more than its window, one story each', () => {
    fc.assert(
      fc.property(candidates, (made) => {
        for (const [key, spans] of correlate(made, []).spans) {
          const sorted = [...spans].sort((a, b) => a.first - b.first);
          for (const [k, span] of sorted.entries()) {
            expect(span.first).toBeLessThanOrEqual(span.last);
            const before = sorted[k - 1];
            if (before) expect(span.first - before.last).toBeGreaterThan(windows[key] ?? 0);
          }
        }
      }),
    );
  });
});

describe('a reason', () => {
  const key = { key: 'host:web-01', label: 'host web-01', window: 3 * 3_600_000 };
  const known = [{ story: '7', key: 'host:web-01', first: 10 * 3_600_000, last: 11 * 3_600_000 }];
  const at = (time: number) => correlate([{ time, keys: [key] }], known).placements[0];

  it.each([
    ['42 s after it was last seen', 11 * 3_600_000 + 42_000],
    ['5 min after it was last seen', 11 * 3_600_000 + 5 * minute],
    ['3 h before it was first seen', 7 * 3_600_000],
    ['seen before and after it', 10 * 3_600_000 + minute],
  ])('says how far: %s', (far, time) => {
    expect(at(time)).toEqual({ story: '7', reason: `shares host web-01, ${far}`, key: 'host:web-01' });
  });

  it('is the first key, the most specific one', () => {
    const keys = [{ key: 'file_hash:x', label: 'file hash x', window: 10 }, key];
    const both = [...known, { story: '9', key: 'file_hash:x', first: 11 * 3_600_000, last: 11 * 3_600_000 }];
    const { placements, merges } = correlate([{ time: 11 * 3_600_000, keys }], both);
    expect(placements[0]).toMatchObject({ story: '7', key: 'file_hash:x' });
    expect(merges).toEqual([{ from: '9', into: '7', reason: 'an alert shares host web-01 with both' }]);
  });
});

describe('an alert told before in a closed incident', () => {
  const key = { key: 'host:web-01', label: 'host web-01', window: 10 * minute };
  const back = { time: 0, keys: [key], closedRepeat: { story: '3', reopens: true } };

  it('reopens it when nothing open has it', () => {
    const result = correlate([back, { time: minute, keys: [key] }], []);
    expect(result.placements).toEqual([
      { story: '3', reason: 'the same alert came back after this was closed', key: null },
      { story: '3', reason: 'shares host web-01, 60 s after it was last seen', key: 'host:web-01' },
    ]);
    expect([result.reopened, result.opened]).toEqual([['3'], []]);
  });

  it('joins what is open and leaves the closed one closed', () => {
    const open = [{ story: '5', key: 'host:web-01', first: 0, last: 0 }];
    const result = correlate([back], open);
    expect(result.placements[0]?.story).toBe('5');
    expect(result.reopened).toEqual([]);
  });

  it('does not reopen what turns out at once to be part of an older open one', () => {
    const other = { key: 'user:eve', label: 'user eve', window: 10 * minute };
    const open = [{ story: '2', key: 'user:eve', first: 0, last: 0 }];
    const result = correlate([back, { time: 0, keys: [key, other] }], open);
    expect(result.placements.map((p) => p.story)).toEqual(['2', '2']);
    expect(result.merges).toMatchObject([{ from: '3', into: '2' }]);
    expect(result.reopened).toEqual([]);
  });
});
