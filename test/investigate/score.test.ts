import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AlertEntity } from '../../src/domain/entity.ts';
import { severities } from '../../src/domain/severity.ts';
import { type Scored, scoreAlerts } from '../../src/investigate/score.ts';

const start = Date.UTC(2026, 2, 1);

function entity(type: AlertEntity['type'], value: string, role = 'host'): AlertEntity {
  return { type, value, role, from: 'field' };
}

function alert(given: Partial<Scored> = {}, minute = 0): Scored {
  const fixed: Scored = {
    source: 'generic',
    rule: 'r',
    severity: 'low',
    time: new Date(start),
    entities: [],
    techniques: [],
  };
  return { ...fixed, time: new Date(start + minute * 60_000), ...given };
}

/** Of the one alert, alone. */
function score(given: Partial<Scored>) {
  const [one] = scoreAlerts([alert(given)]);
  if (!one) throw new Error('nothing was scored');
  return one;
}

describe('a score of alerts', () => {
  it('says why for every point it gives', () => {
    const place = entity('host', 'web-01');
    const noise = Array.from({ length: 60 }, (_, k) => alert({ rule: 'noise' }, 100 + k));
    const burst = ['a', 'b', 'c'].map((rule) =>
      alert({ rule, severity: 'medium', techniques: ['T1505.003'], entities: [place] }),
    );
    const [first] = scoreAlerts([...burst, ...noise]);
    expect(first?.reasons).toEqual([
      { points: 1, because: 'the product rates it medium' },
      { points: 1, because: 'the product sees Web Shell' },
      { points: 1, because: 'its rule fires rarely' },
      { points: 1, because: '3 different rules within minutes' },
    ]);
    expect(first).toMatchObject({ points: 4, leaning: 'attack' });
    expect(scoreAlerts([...burst, ...noise]).at(-1)).toMatchObject({ points: -1, leaning: 'everyday' });
  });

  it('takes an accepted login for everyday business, whatever technique a product calls it', () => {
    expect(score({ techniques: ['T1078'] }).points).toBe(0);
    expect(score({ techniques: ['T1078.004'] }).points).toBe(0);
    expect(score({ techniques: ['T1110'] }).points).toBe(1);
    expect(score({ techniques: ['T9999'] }).points).toBe(0);
  });

  it.each([
    ['203.0.113.7', 'source', 1],
    ['203.0.113.7', 'destination', 0],
    ['10.20.1.5', 'source', 0],
    ['172.20.1.5', 'source', 0],
    ['172.32.1.5', 'source', 1],
    ['fd00::1', 'source', 0],
    ['2001:db8::1', 'source', 1],
  ])('gives %s as %s %d points', (value, role, points) => {
    expect(score({ entities: [entity('ip', value, role)] }).points).toBe(points);
  });

  it('says nothing of an alert it knows nothing of', () => {
    expect(score({ severity: 'unknown' })).toEqual({ points: 0, reasons: [], leaning: 'undecided' });
    expect(score({ severity: 'low' }).leaning).toBe('everyday');
  });

  it('says nothing between its thresholds', () => {
    expect(score({ severity: 'medium' }).leaning).toBe('undecided');
    expect(score({ severity: 'high' }).leaning).toBe('undecided');
    expect(score({ severity: 'critical' }).leaning).toBe('attack');
  });

  it('sees no burst in alerts of other places, of other times, or of one rule', () => {
    const rules = ['a', 'b', 'c', 'd'];
    const at = (k: number) => entity('host', `web-${k}`);
    const elsewhere = rules.map((rule, k) => alert({ rule, entities: [at(k)] }));
    const later = rules.map((rule, k) => alert({ rule, entities: [at(0)] }, 6 * k));
    const same = rules.map(() => alert({ entities: [at(0)] }));
    for (const set of [elsewhere, later, same])
      expect(scoreAlerts(set).map(({ points }) => points)).toEqual([0, 0, 0, 0]);
  });

  it('measures what is rare and what is a burst among all alerts where they are known', () => {
    const place = [entity('host', 'web-01')];
    const sample = ['a', 'b', 'c'].map((rule) => alert({ rule, entities: place }));
    const all = [...sample, ...Array.from({ length: 30 }, (_, k) => alert({ rule: 'a' }, 60 + k))];
    expect(scoreAlerts(sample).map(({ points }) => points)).toEqual([1, 1, 1]);
    expect(scoreAlerts(sample, all).map(({ points }) => points)).toEqual([0, 2, 2]);
  });

  it('does not depend on the order of the alerts', () => {
    const any = fc.record({
      rule: fc.constantFrom('a', 'b', 'c', 'd'),
      severity: fc.constantFrom(...severities),
      host: fc.constantFrom('web-01', 'web-02'),
      minute: fc.integer({ min: 0, max: 20 }),
    });
    fc.assert(
      fc.property(fc.array(any, { maxLength: 40 }), (given) => {
        const alerts = given.map(({ rule, severity, host, minute }) =>
          alert({ rule, severity, entities: [entity('host', host)] }, minute),
        );
        expect(scoreAlerts([...alerts].reverse()).reverse()).toEqual(scoreAlerts(alerts));
      }),
    );
  });
});
