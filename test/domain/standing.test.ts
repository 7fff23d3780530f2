import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { alertKinds } from '../../src/domain/alert.ts';
import { quietByDefault } from '../../src/domain/quiet.ts';
import { severities } from '../../src/domain/severity.ts';
import { type Growth, growsWorse, standingsOf } from '../../src/domain/standing.ts';

const fresh = new Map([['falco', { baseline: false, opened: 0 }]]);
const settled = new Map([['falco', { baseline: true, opened: 0 }]]);

function growth(given: Partial<Growth> = {}): Growth {
  return {
    incident: '1',
    kind: 'threat',
    pressing: false,
    severity: 'medium',
    stands: undefined,
    atOnce: false,
    news: true,
    adopted: false,
    connection: 'falco',
    feed: 'falco',
    ...given,
  };
}

const stands = (given: Partial<Growth>, quiet = {}) =>
  standingsOf([growth(given)], { ...quietByDefault, ...quiet }, settled)[0]?.stands;

describe('where an incident stands', () => {
  it.each([
    ['a medium threat has an issue of its own', {}, {}, 'issue'],
    ['a low one stands in the digest', { severity: 'low' as const }, {}, 'digest'],
    ['with quiet off everything has an issue', { severity: 'low' as const, news: false }, { on: false }, 'issue'],
    ['what a person reported has an issue', { severity: 'low' as const, atOnce: true }, {}, 'issue'],
    ['a critical backlog stands in the inventory', { severity: 'critical' as const, news: false }, {}, 'inventory'],
    ['backlog the policy adopts has an issue', { news: false, adopted: true }, {}, 'issue'],
    ['backlog that something new joins has an issue', { stands: 'inventory' as const }, {}, 'issue'],
    ['what was low and is medium now has an issue', { stands: 'digest' as const }, {}, 'issue'],
    [
      'a low repeat of the digest stays there',
      { stands: 'digest' as const, severity: 'low' as const, news: false },
      {},
      'digest',
    ],
    ['a medium threat is never only listed', {}, { digestBelow: 'critical' as const }, 'issue'],
    ['a medium leaked secret neither', { kind: 'leaked-secret' as const }, { digestBelow: 'high' as const }, 'issue'],
    [
      'a medium weakness is, where policy says so',
      { kind: 'vulnerability' as const },
      { digestBelow: 'high' as const },
      'digest',
    ],
    [
      'a low threat is not, where policy says so',
      { severity: 'low' as const },
      { digestBelow: 'low' as const },
      'issue',
    ],
  ])('%s', (_, given, quiet, expected) => {
    expect(stands(given, quiet)).toBe(expected);
  });
});

describe('what gets worse', () => {
  const told = (severity: Growth['severity'], counts = true) => ({ severity, counts });

  it.each([
    ['is what a record is worse than all before it', [told('medium'), told('high')], true],
    ['is not what only stays as bad', [told('medium'), told('low')], false],
    ['is not what a record made so that does not count', [told('high', false), told('high')], false],
    ['is what a record made worse than one that does not count', [told('high', false), told('critical')], true],
  ])('%s', (_, records, expected) => {
    expect(growsWorse(records, 'medium')).toBe(expected);
  });
});

describe('issues a day for a new source', () => {
  const morning = (count: number, severity: Growth['severity']) =>
    Array.from({ length: count }, (_, k) => growth({ incident: `${severity}-${k}`, severity }));

  it('opens ten, the worst first, and holds the rest back', () => {
    const growths = [...morning(6, 'medium'), ...morning(5, 'high'), ...morning(1, 'critical')];
    const stood = standingsOf(growths, quietByDefault, fresh);
    expect(stood.filter((one) => one.stands === 'issue').map(({ incident }) => incident)).toEqual([
      ...['critical-0', 'high-0', 'high-1', 'high-2', 'high-3', 'high-4', 'medium-0', 'medium-1'],
    ]);
    expect(stood.filter(({ held }) => held)).toHaveLength(4);
  });

  it('keeps two of them for what comes later and is high', () => {
    const noise = standingsOf(morning(40, 'medium'), quietByDefault, fresh);
    expect(noise.filter(({ counted }) => counted)).toHaveLength(8);
    const later = new Map([['falco', { baseline: false, opened: 8 }]]);
    expect(standingsOf(morning(3, 'high'), quietByDefault, later).map((one) => one.stands)).toEqual([
      ...['issue', 'issue', 'digest'],
    ]);
  });

  it('opens critical threats beyond them, as many again, but no critical weakness', () => {
    const used = new Map([['falco', { baseline: false, opened: 10 }]]);
    const threats = standingsOf(morning(12, 'critical'), quietByDefault, used);
    expect(threats.filter((one) => one.stands === 'issue')).toHaveLength(10);
    expect(threats.filter(({ held }) => held)).toHaveLength(2);
    const weak = growth({ kind: 'vulnerability', severity: 'critical' });
    expect(standingsOf([weak], quietByDefault, used)[0]).toMatchObject({ stands: 'digest', held: true });
    expect(standingsOf([{ ...weak, pressing: true }], quietByDefault, used)[0]?.stands).toBe('issue');
  });

  it('never opens more than policy says, holds nothing worse back than it opens, and leaves old sources alone', () => {
    const any = fc.record({
      kind: fc.constantFrom(...alertKinds),
      severity: fc.constantFrom(...severities),
      news: fc.boolean(),
    });
    fc.assert(
      fc.property(
        fc.array(any, { maxLength: 40 }),
        fc.integer({ min: 1, max: 20 }),
        fc.nat(20),
        (some, issuesADay, opened) => {
          const growths = some.map((one, k) => growth({ ...one, incident: String(k) }));
          const quiet = { ...quietByDefault, issuesADay };
          const days = new Map([['falco', { baseline: false, opened }]]);
          const stood = standingsOf(growths, quiet, days);
          const rank = ({ incident }: { incident: string }) =>
            severities.indexOf(growths[Number(incident)]?.severity ?? 'unknown');
          const counted = stood.filter((one) => one.counted);
          const held = stood.filter((one) => one.held);
          expect(stood).toHaveLength(growths.length);
          const loud = counted.filter(({ incident }) => growths[Number(incident)]?.severity === 'critical');
          expect(counted.length).toBeLessThanOrEqual(Math.max(0, 2 * issuesADay - opened));
          expect(counted.length - loud.length).toBeLessThanOrEqual(Math.max(0, issuesADay - opened));
          for (const one of held) for (const other of counted) expect(rank(one)).toBeLessThanOrEqual(rank(other));
          expect(standingsOf(growths, quiet, settled).filter((one) => one.held)).toEqual([]);
        },
      ),
    );
  });
});
