import { describe, expect, it } from 'vitest';
import type { ParsedAlert } from '../../src/domain/alert.ts';
import type { RawRecord } from '../../src/domain/record.ts';
import { type AlertParser, normalize } from '../../src/normalize/normalize.ts';
import { validateOcsf } from '../../src/normalize/ocsf/validate.ts';

const receivedAt = new Date('2026-03-01T12:00:00Z');

const sound: ParsedAlert = {
  kind: 'threat',
  source: 'camera',
  product: 'Camera',
  title: 'Door forced',
  rule: 'door',
  severity: 'high',
  time: new Date('2026-03-01T11:00:00Z'),
  entities: [{ type: 'host', value: 'cam-1', role: 'camera', from: 'field' }],
  techniques: ['T1059'],
  quoted: [],
  fingerprint: [],
  subject: [],
  ocsf: { class_uid: 2004 },
};

function raw(content: string | Buffer = '{}', source = 'camera'): RawRecord {
  return { id: '1', source, content: Buffer.from(content), receivedAt, origin: null };
}

function read(parse: AlertParser['parse'], record = raw()): ParsedAlert[] {
  return normalize(record, new Map([['camera', { name: 'camera', parse }]])).alerts;
}

function problem(alerts: ParsedAlert[]): string | undefined {
  expect(alerts).toHaveLength(1);
  expect(alerts[0]).toMatchObject({
    rule: 'parse-error',
    kind: 'misconfiguration',
    severity: 'medium',
    time: receivedAt,
  });
  expect(validateOcsf(alerts[0]?.ocsf)).toEqual([]);
  return alerts[0]?.quoted[0]?.value;
}

describe('normalize', () => {
  it('gives the source the record and when it came, and returns its alerts', () => {
    const alerts = read((record, context) => {
      expect([record, context]).toEqual([{ n: 1 }, { receivedAt }]);
      return [sound, { ...sound, title: 'Second' }];
    }, raw('{"n":1}'));
    expect(alerts).toEqual([sound, { ...sound, title: 'Second' }]);
  });

  it.each<[string, string, ParsedAlert[]]>([
    ['the source refuses it', 'not ours', read(() => ({ error: { en: 'not ours', ja: '対象外' } }))],
    [
      'the source throws',
      'a mistake',
      read(() => {
        throw new Error('a mistake');
      }),
    ],
    [
      'the source throws no error',
      'just text',
      read(() => {
        throw 'just text';
      }),
    ],
    ['the source finds nothing in it', 'the record holds no alert', read(() => [])],
    ['nobody reads its source', 'there is no source "gone"', normalize(raw('{}', 'gone'), new Map()).alerts],
  ])('makes an alert that says so when %s', (_, said, alerts) => {
    expect(problem(alerts)).toBe(said);
  });

  it.each([
    ['no JSON', '[1,'],
    ['nothing', ''],
    ['bytes that are no text', Buffer.from([0xff, 0x00])],
  ])('makes an alert that says so of %s, and quotes how it begins', (_, content) => {
    const alerts = read(() => [sound], raw(content));
    expect(problem(alerts)).toMatch(/JSON/);
    expect(alerts[0]?.quoted[1]?.name).toBe('record begins');
    expect(JSON.stringify(alerts)).not.toContain('\\u0000');
  });

  it('makes an alert that says so when a source returns something broken', () => {
    problem(read(() => [{ ...sound, entities: undefined as unknown as [] }]));
    problem(read(() => [sound, { ...sound, title: 7 as unknown as string }]));
    problem(read(() => undefined as unknown as ParsedAlert[]));
  });

  it('makes equal failures of one source repeats of one another, those of two sources not', () => {
    const failing = (source: string) => normalize(raw('{}', source), new Map()).alerts[0];
    expect(failing('a')?.subject).toEqual(failing('a')?.subject);
    expect(failing('a')?.subject).not.toEqual(failing('b')?.subject);
  });
});

describe('the bounds of an alert', () => {
  const one = (change: Partial<ParsedAlert>) => read(() => [{ ...sound, ...change }])[0];

  it.each([
    ['a day and more ahead', '2026-03-02T12:00:00Z'],
    ['before there were computers', '1969-12-31T00:00:00Z'],
    ['no time at all', 'never'],
  ])('take the time of receipt for %s', (_, time) => {
    expect(one({ time: new Date(time) })?.time).toEqual(receivedAt);
  });

  it('believe a clock that is some hours fast or months behind', () => {
    for (const time of ['2026-03-02T11:00:00Z', '2025-06-01T00:00:00Z'])
      expect(one({ time: new Date(time) })?.time).toEqual(new Date(time));
  });

  it('cut what is long: title, entities, roles, techniques, quotes', () => {
    const entity = { type: 'host', value: 'h', role: 'r'.repeat(500), from: 'field' } as const;
    const long = one({
      title: '😀'.repeat(500),
      entities: [{ ...entity, value: '' }, { ...entity, value: 'x'.repeat(1025) }, ...Array(300).fill(entity)],
      techniques: Array(50).fill('T1059'),
      quoted: Array(50).fill({ name: 'n', value: 'v' }),
    });
    expect([long?.title.length, long?.entities.length, long?.techniques.length, long?.quoted.length]).toEqual([
      300, 200, 20, 5,
    ]);
    expect(long?.entities.every((e) => e.value === 'h' && e.role.length === 60)).toBe(true);
    expect(one({ title: `${'x'.repeat(299)}😀` })?.title.isWellFormed()).toBe(true);
  });
});
