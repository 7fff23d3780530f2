import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nextNotifications, type Told } from '../../src/domain/notification.ts';
import { quietUntil } from '../../src/domain/quiet-hours.ts';
import { type Severity, severities, severityId } from '../../src/domain/severity.ts';

const high = { from: 'high', kinds: undefined } as const;
type Incident = Parameters<typeof nextNotifications>[1];

/** A channel that takes everything at once, told of an incident state by state; the events it got. */
function events(states: Incident[]): string[] {
  const told: Told[] = [];
  for (const state of states) {
    for (const step of nextNotifications(high, state, told)) {
      if (step.do !== 'tell') throw new Error('nothing waits here');
      told.push({
        id: `${told.length}`,
        event: step.event,
        severity: state.severity,
        pressing: state.pressing,
        state: 'sent',
        touched: true,
      });
    }
  }
  return told.map(({ event }) => event);
}

const state = fc.record<Incident>({
  kind: fc.constant('threat'),
  status: fc.constantFrom('open', 'closed', 'merged'),
  severity: fc.constantFrom<Severity>(...severities),
  pressing: fc.boolean(),
  taken: fc.boolean(),
});

describe('what a channel is told', () => {
  it('is an end only after a beginning, and one of each in between', () => {
    fc.assert(
      fc.property(fc.array(state, { maxLength: 12 }), (states) => {
        expect(events(states).join(' ')).toMatch(/^(opened( taken| raised)*( closed|$) ?)*$/);
        for (const chapter of events(states).join(' ').split('closed')) {
          expect(chapter.match(/taken/g)?.length ?? 0).toBeLessThanOrEqual(1);
          // From high up there is one level more, and being exploited and exposed.
          expect(chapter.match(/raised/g)?.length ?? 0).toBeLessThanOrEqual(2);
        }
      }),
    );
  });

  it('is nothing new when nothing changed', () => {
    fc.assert(
      fc.property(fc.array(state, { minLength: 1, maxLength: 8 }), (states) => {
        const last = states.slice(-1);
        expect(events([...states, ...last])).toEqual(events(states));
      }),
    );
  });

  it('begins when an open incident is severe enough, and only then', () => {
    fc.assert(
      fc.property(state, (only) => {
        const wanted = only.status === 'open' && severityId(only.severity) >= severityId('high');
        expect(events([only])[0]).toBe(wanted ? 'opened' : undefined);
      }),
    );
  });
});

describe('quiet hours', () => {
  const night = { from: 22 * 60, to: 7 * 60, except: 'critical' } as const;
  const at = (text: string) => quietUntil(night, 'Europe/Berlin', new Date(text))?.toISOString();

  it('go over midnight in the time zone of the policy', () => {
    expect(at('2026-01-10T20:59:59Z')).toBeUndefined();
    expect(at('2026-01-10T21:00:00Z')).toBe('2026-01-11T06:00:00.000Z');
    expect(at('2026-01-11T05:59:30Z')).toBe('2026-01-11T06:00:00.000Z');
    expect(at('2026-01-11T06:00:00Z')).toBeUndefined();
  });

  it('are looked at once more when the clocks changed meanwhile', () => {
    // The night of 29 March 2026 has an hour less: 06:00Z is 08:00, an hour late rather than in the night.
    expect(at('2026-03-28T22:00:00Z')).toBe('2026-03-29T06:00:00.000Z');
    // The night of 25 October has one more: 05:00Z is 06:00, still quiet.
    const first = at('2026-10-24T21:00:00Z') ?? '';
    expect(first).toBe('2026-10-25T05:00:00.000Z');
    expect(at(first)).toBe('2026-10-25T06:00:00.000Z');
  });

  it('of no length are none, and an unknown zone reads as UTC', () => {
    expect(quietUntil({ ...night, to: night.from }, 'UTC', new Date('2026-01-10T22:00:00Z'))).toBeUndefined();
    expect(quietUntil(night, 'No/Where', new Date('2026-01-10T22:00:00Z'))?.toISOString()).toBe(
      '2026-01-11T07:00:00.000Z',
    );
  });
});
