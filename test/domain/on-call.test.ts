import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nextOnCall, nextShiftChange, onCall } from '../../src/domain/on-call.ts';
import type { Person, Rota } from '../../src/domain/rota.ts';
import { instantOf, wallTime } from '../../src/domain/zoned-time.ts';

const origin = { path: 'context/people/rota.md', line: 5 };
const turns = (...logins: string[]) => logins.map((login) => ({ login, origin }));
const wall = (text: string) => Date.parse(`${text}Z`);
const at = (text: string) => new Date(text);

function rotaOf(given: Partial<Rota> = {}): Rota {
  return {
    timeZone: 'Asia/Tokyo',
    start: wall('2026-03-02T09:00'),
    rotation: turns('ken', 'mika'),
    overrides: [],
    away: [],
    origin,
    ...given,
  };
}

function staffed(rota: Rota | undefined, people: Person[] = []) {
  return { people, onCall: { severity: 'high' as const, takeWithin: 900, ...(rota && { rota }) } };
}

/** A time in Tokyo of somebody. */
const during = (login: string, from: string, to: string) => ({
  login,
  from: at(`${from}+09:00`),
  to: at(`${to}+09:00`),
  origin: { ...origin, line: 9 },
});

describe('who is on call', () => {
  it('is nobody without a rota, and before it starts', () => {
    expect(onCall(staffed(undefined), at('2026-03-03T00:00Z'))).toBeUndefined();
    expect(nextShiftChange(staffed(undefined), at('2026-03-03T00:00Z'))).toBeUndefined();
    const early = at('2026-03-01T23:59:59Z');
    expect(onCall(staffed(rotaOf()), early)).toBeUndefined();
    expect(nextOnCall(staffed(rotaOf()), early, [])).toBeUndefined();
    expect(nextShiftChange(staffed(rotaOf()), early)).toEqual({
      at: at('2026-03-02T00:00Z'),
      from: undefined,
      to: 'ken',
    });
  });

  it('goes round week by week, at the hour of the start', () => {
    const policy = staffed(rotaOf());
    expect(onCall(policy, at('2026-03-02T00:00Z'))).toEqual({
      login: 'ken',
      until: at('2026-03-09T00:00Z'),
      because: { is: 'turn', place: 'context/people/rota.md:5' },
    });
    expect(onCall(policy, at('2026-03-08T23:59:59Z'))?.login).toBe('ken');
    expect(onCall(policy, at('2026-03-09T00:00Z'))?.login).toBe('mika');
    expect(onCall(policy, at('2026-03-16T00:00Z'))?.login).toBe('ken');
  });

  it('is always the same person when there is one, a week at a time', () => {
    const policy = staffed(rotaOf({ rotation: turns('ken') }));
    expect(onCall(policy, at('2026-03-12T00:00Z'))).toMatchObject({ login: 'ken', until: at('2026-03-16T00:00Z') });
    expect(nextShiftChange(policy, at('2026-03-12T00:00Z'))).toBeUndefined();
  });

  it('is who an override says, to its end and not beyond', () => {
    const override = { ...during('mika', '2026-03-07T09:00', '2026-03-08T09:00'), because: 'a wedding' };
    const policy = staffed(rotaOf({ overrides: [override] }));
    expect(onCall(policy, at('2026-03-06T23:59Z'))).toMatchObject({ login: 'ken', until: override.from });
    expect(onCall(policy, override.from)).toEqual({
      login: 'mika',
      until: override.to,
      because: { is: 'override', place: 'context/people/rota.md:9', why: 'a wedding' },
    });
    expect(onCall(policy, override.to)).toMatchObject({ login: 'ken', until: at('2026-03-09T00:00Z') });
  });

  it('stays on where an override runs into their own week', () => {
    const policy = staffed(rotaOf({ overrides: [during('mika', '2026-03-08T09:00', '2026-03-10T09:00')] }));
    expect(onCall(policy, at('2026-03-08T03:00Z'))).toMatchObject({ login: 'mika', until: at('2026-03-16T00:00Z') });
  });

  it('is the substitute of who is away, else the next in turn, else nobody', () => {
    const away = during('ken', '2026-03-03T00:00', '2026-03-05T00:00');
    const noon = at('2026-03-03T12:00Z');
    expect(onCall(staffed(rotaOf({ away: [away] })), noon)).toMatchObject({ login: 'mika', until: away.to });
    expect(onCall(staffed(rotaOf({ away: [{ ...away, substitute: 'hana' }] })), noon)).toEqual({
      login: 'hana',
      until: away.to,
      because: { is: 'stand-in', place: 'context/people/rota.md:9', absent: 'ken' },
    });
    const both = [away, during('mika', '2026-03-01T00:00', '2026-03-04T00:00')];
    expect(onCall(staffed(rotaOf({ away: both })), noon)).toBeUndefined();
    expect(nextOnCall(staffed(rotaOf({ away: both })), noon, [])).toBeUndefined();
    expect(nextShiftChange(staffed(rotaOf({ away: both })), noon)).toMatchObject({ to: 'mika', from: undefined });
    const elsewhere = [{ ...away, substitute: 'mika' }, both[1] ?? away];
    expect(onCall(staffed(rotaOf({ away: elsewhere })), noon)).toBeUndefined();
  });

  it.each([
    ['Europe/Berlin', '2026-03-22T02:30', '2026-03-29T01:30:00.000Z', 'that the clock skips'],
    ['Europe/Berlin', '2026-10-18T02:30', '2026-10-25T00:30:00.000Z', 'that the clock shows twice'],
    ['Europe/Berlin', '2026-03-23T09:00', '2026-03-30T07:00:00.000Z', 'in the week after'],
    ['Pacific/Apia', '2011-12-23T09:00', '2011-12-30T19:00:00.000Z', 'on a day that there was not'],
  ])('in %s from %s changes at %s, an hour %s', (timeZone, start, change) => {
    const policy = staffed(rotaOf({ timeZone, start: wall(start) }));
    const before = new Date(Date.parse(change) - 1);
    expect(onCall(policy, before)).toMatchObject({ login: 'ken', until: at(change) });
    expect(onCall(policy, at(change))?.login).toBe('mika');
    // The clock shows an earlier time again: the week does not come back.
    expect(onCall(policy, new Date(Date.parse(change) + 45 * 60_000))?.login).toBe('mika');
  });
});

describe('who is asked next', () => {
  const person = (login: string, timeZone: string, from: number, to: number): Person => ({
    login,
    name: login,
    timeZone,
    hours: { days: [1, 2, 3, 4, 5], from: from * 60, to: to * 60 },
    origin,
  });
  const rota = rotaOf({ rotation: turns('ken', 'mika', 'hana') });
  const tuesday = at('2026-03-03T16:00Z'); // 01:00 on Wednesday in Tokyo, 17:00 in Berlin

  it('is who is on call, then the others in turn, then nobody', () => {
    const ask = (...asked: string[]) => nextOnCall(staffed(rota), tuesday, asked)?.login;
    expect([ask(), ask('ken'), ask('ken', 'mika'), ask('ken', 'mika', 'hana')]).toEqual([
      'ken',
      'mika',
      'hana',
      undefined,
    ]);
  });

  it('is whoever works at that hour before who sleeps', () => {
    const people = [person('mika', 'Asia/Tokyo', 9, 18), person('hana', 'Europe/Berlin', 9, 18)];
    const ask = (...asked: string[]) => nextOnCall(staffed(rota, people), tuesday, asked)?.login;
    expect([ask(), ask('ken'), ask('ken', 'hana')]).toEqual(['ken', 'hana', 'mika']);
  });

  it.each([
    ['2026-03-06T14:59Z', true, 'Friday 23:59'],
    ['2026-03-06T16:00Z', true, 'the night after Friday'],
    ['2026-03-06T21:00Z', false, 'Saturday 06:00'],
    ['2026-03-07T14:00Z', false, 'Saturday 23:00'],
  ])('hours past midnight belong to the day they begin on: %s %s, %s', (time, works) => {
    const people = [person('hana', 'Asia/Tokyo', 22, 6)];
    const next = nextOnCall(staffed(rota, people), at(time), ['ken'])?.login;
    expect(next).toBe(works ? 'hana' : 'mika');
  });
});

describe('any rota', () => {
  const zone = fc.constantFrom(
    'Asia/Tokyo',
    'Europe/Berlin',
    'America/New_York',
    'Australia/Lord_Howe',
    'Pacific/Apia',
  );
  const names = ['ken', 'mika', 'hana', 'otto'];
  const start = fc.date({ min: new Date('2010-06-01'), max: new Date('2030-01-01'), noInvalidDate: true });
  const span = fc.record({
    login: fc.constantFrom(...names),
    begins: fc.integer({ min: 0, max: 60 * 24 }),
    hours: fc.integer({ min: 1, max: 24 * 20 }),
  });
  const rotas = fc
    .record({
      timeZone: zone,
      start,
      count: fc.integer({ min: 1, max: 4 }),
      overrides: fc.array(span, { maxLength: 3 }),
      away: fc.array(span, { maxLength: 3 }),
    })
    .map(({ timeZone, start, count, overrides, away }) => {
      const minute = Math.floor(start.getTime() / 60_000) * 60_000;
      const spans = (many: typeof away) =>
        many.map(({ login, begins, hours }) => {
          const from = new Date(minute + begins * 3_600_000);
          return { login, from, to: new Date(from.getTime() + hours * 3_600_000), origin };
        });
      const rota = rotaOf({
        timeZone,
        start: wallTime(new Date(minute), timeZone),
        rotation: turns(...names.slice(0, count)),
      });
      return { ...rota, overrides: spans(overrides), away: spans(away) };
    });

  it('has one person at a time, until the moment it says and not a moment longer', () => {
    fc.assert(
      fc.property(
        rotas,
        fc.integer({ min: -48, max: 24 * 90 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (rota, hours, part) => {
          const policy = staffed(rota);
          const now = new Date(instantOf(rota.start, rota.timeZone).getTime() + hours * 3_600_000);
          const change = nextShiftChange(policy, now);
          const here = onCall(policy, now)?.login;
          expect(change?.from).toBe(change && here);
          if (!change) return;
          expect(change.at > now).toBe(true);
          const between = new Date(now.getTime() + Math.floor(part * (change.at.getTime() - 1 - now.getTime())));
          expect(onCall(policy, between)?.login).toBe(here);
          expect(onCall(policy, change.at)?.login).toBe(change.to);
          expect(change.to).not.toBe(here);
        },
      ),
    );
  });

  it('without absences gives everybody every n-th week, from the hour of the start on the wall', () => {
    fc.assert(
      fc.property(rotas, fc.integer({ min: 0, max: 300 }), (given, week) => {
        const rota = { ...given, overrides: [], away: [] };
        const begins = instantOf(rota.start + week * 7 * 86_400_000, rota.timeZone);
        const expected = rota.rotation[week % rota.rotation.length]?.login;
        const policy = staffed(rota);
        expect(onCall(policy, begins)?.login).toBe(expected);
        const before = onCall(policy, new Date(begins.getTime() - 1));
        if (week === 0) expect(before).toBeUndefined();
        else expect(before).toMatchObject({ login: rota.rotation[(week - 1) % rota.rotation.length]?.login });
      }),
    );
  });
});
