import { describe, expect, it } from 'vitest';
import type { RawRecord } from '../../src/domain/record.ts';
import { type EventReader, normalize } from '../../src/normalize/normalize.ts';

const receivedAt = new Date('2026-03-01T12:00:00Z');

function read(content: string, reading: Partial<EventReader>) {
  const raw: RawRecord = { id: '1', source: 'log', content: Buffer.from(content), receivedAt, origin: null };
  const source: EventReader = {
    name: 'log',
    product: { vendor: 'Acme', name: 'Log' },
    read: (event) => [{ event: { event }, time: receivedAt, facts: () => ({ entities: [], quoted: [] }) }],
    ...reading,
  };
  return normalize(raw, new Map([['log', source]]));
}
const seen = (content: string, reading: Partial<EventReader> = {}) =>
  read(content, reading).events.map(({ event }) => event.event);

describe('a record of raw events', () => {
  it('makes events and no alert', () => {
    expect(read('{"n":1}', {})).toMatchObject({ alerts: [], events: [{ event: { event: { n: 1 } } }] });
  });

  it('that holds no event is no failure', () => {
    expect(read('{"Records":[]}', { read: () => [] })).toEqual({ alerts: [], events: [] });
  });

  it('that cannot be read becomes an alert that says so', () => {
    for (const reading of [
      { read: () => ({ error: { en: 'not one of ours', ja: '対象外' } }) },
      {
        read() {
          throw new Error('not one of ours');
        },
      },
    ]) {
      const { alerts, events } = read('{}', reading);
      expect(events).toEqual([]);
      expect(alerts).toMatchObject([{ rule: 'parse-error', kind: 'misconfiguration' }]);
      expect(alerts[0]?.quoted[0]?.value).toBe('not one of ours');
    }
    expect(read('a line', {}).alerts).toMatchObject([{ rule: 'parse-error' }]);
  });

  it('is a line of text, or JSON around one, for sources of lines only', () => {
    expect(seen('GET / HTTP/1.1', { lines: true })).toEqual(['GET / HTTP/1.1']);
    expect(seen('{"message":"GET /"}', { lines: true })).toEqual([{ message: 'GET /' }]);
    expect(seen('{not JSON', { lines: true })).toEqual(['{not JSON']);
    expect(seen('[1]', { lines: true })).toEqual(['[1]']);
  });
});
