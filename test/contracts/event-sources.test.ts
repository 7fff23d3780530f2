import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalEntity } from '../../src/normalize/canonical-entity.ts';
import { finding } from '../../src/normalize/finding.ts';
import type { NativeEventRecord } from '../../src/normalize/native-event-record.ts';
import { validateOcsf } from '../../src/normalize/ocsf/validate.ts';
import type { EventSource } from '../../src/sources/source.ts';
import { context, eventSources, fixtures, spoil } from './source-fixtures.ts';

function eventsOf(source: EventSource, record: unknown): NativeEventRecord[] {
  const read = source.read(record, context);
  if (!Array.isArray(read)) throw new Error(read.error.en);
  return read;
}

/** Whatever a source makes of an event must be whole: these hold for fixtures and for noise alike. */
function expectWhole({ event, time, facts }: NativeEventRecord, source: EventSource): void {
  expect(event).toBeTypeOf('object');
  expect(Number.isFinite(time.getTime())).toBe(true);
  const { entities, quoted, attributes } = facts();
  for (const e of entities) expect(canonicalEntity(e.type, e.value)).toBe(e.value);
  expect(entities.length).toBeLessThanOrEqual(100);
  expect(quoted.length).toBeLessThanOrEqual(5);
  const { name, product } = source;
  const alert = finding({
    kind: 'threat',
    source: name,
    vendor: product.vendor,
    product: product.name,
    uid: '1',
    title: 'A rule',
    rule: 'r',
    severity: 'low',
    fingerprint: [],
    class: 2004,
    time,
    entities,
    quoted,
    ...(attributes === undefined ? {} : { attributes }),
  });
  expect(validateOcsf(alert.ocsf)).toEqual([]);
}

/** A line with something else from one place on. */
function spoilLine(check: (record: unknown) => void) {
  return (line: string, at: number, noise: string) => {
    const cut = at % line.length;
    check(line.slice(0, cut) + noise + line.slice(cut + noise.length));
  };
}

/** All that comes out, facts included. */
function told(events: readonly NativeEventRecord[]): string {
  return JSON.stringify(events.map((one) => [one, one.facts()]));
}

it('there are sources of events to check', () => {
  expect(eventSources.map(([name]) => name)).toEqual(
    expect.arrayContaining(['auditd', 'cloudtrail', 'web-access', 'windows']),
  );
});

describe.each(eventSources)('source %s', (name, source) => {
  it('has the name of its file, a product, and at least two fixtures', () => {
    expect(source.name).toBe(name);
    expect(source.product.vendor).toMatch(/\S/);
    expect(source.product.name).toMatch(/\S/);
    expect(fixtures(name).length).toBeGreaterThanOrEqual(2);
  });

  it.each(fixtures(name))('reads %s into events with a time of their own, entities and quoted fields', (_, record) => {
    const events = eventsOf(source, record);
    expect(events.length).toBeGreaterThan(0);
    for (const event of events) {
      expectWhole(event, source);
      expect(event.time).not.toEqual(context.receivedAt);
      expect(event.facts().entities).not.toEqual([]);
      expect(event.facts().quoted.length).toBeGreaterThan(0);
    }
  });

  it('gives the same events again and leaves the record as it was', () => {
    for (const [, record] of fixtures(name)) {
      const before = JSON.stringify(record);
      const once = told(eventsOf(source, record));
      expect(told(eventsOf(source, structuredClone(record)))).toBe(once);
      expect(JSON.stringify(record)).toBe(before);
    }
  });

  it('recognises its own records and none of the other sources', () => {
    for (const [, record] of fixtures(name)) {
      const known = eventSources.filter(([, one]) => one.recognise?.(record) === true).map(([other]) => other);
      expect(known).toEqual([name]);
    }
  });

  it('never throws and never makes a broken event, whatever it is given', () => {
    const parts = fixtures(name).map(([, record]) => record);
    const check = (record: unknown) => {
      expect(() => source.eventId?.(record)).not.toThrow();
      expect(() => source.recognise?.(record)).not.toThrow();
      const read = source.read(record, context);
      if (Array.isArray(read))
        for (const event of [...read, ...(source.join?.(read) ?? [])]) expectWhole(event, source);
      else for (const why of Object.values(read.error)) expect(why).toMatch(/\w.*[.。]$/);
    };
    fc.assert(fc.property(fc.oneof(fc.jsonValue(), fc.string()), check), { numRuns: 150 });
    const lines = parts.filter((part) => typeof part === 'string');
    if (lines.length > 0) fc.assert(fc.property(fc.constantFrom(...lines), fc.nat(), fc.string(), spoilLine(check)));
    fc.assert(
      fc.property(fc.constantFrom(...parts), fc.infiniteStream(fc.jsonValue()), fc.nat(), (record, noise, seed) => {
        check(spoil(record, noise, seed, 0));
      }),
      { numRuns: 200 },
    );
  });
});
