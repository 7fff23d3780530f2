import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ParsedAlert } from '../../src/domain/alert.ts';
import { canonicalEntity } from '../../src/normalize/canonical-entity.ts';
import { validateOcsf } from '../../src/normalize/ocsf/validate.ts';
import type { AlertSource } from '../../src/sources/source.ts';
import { alertSources, context, fixtures, spoil } from './source-fixtures.ts';

function alertsOf(source: AlertSource, record: unknown): ParsedAlert[] {
  const parsed = source.parse(record, context);
  if (!Array.isArray(parsed)) throw new Error(parsed.error.en);
  return parsed;
}

/** Whatever a source makes of a record must be whole: these hold for fixtures and for noise alike. */
function expectWhole(alert: ParsedAlert, source: AlertSource): void {
  expect(validateOcsf(alert.ocsf)).toEqual([]);
  expect(alert.source).toBe(source.name);
  expect(alert.title).toMatch(/\S/);
  expect(alert.time.getTime()).toBe(alert.ocsf.time);
  for (const e of alert.entities) expect(canonicalEntity(e.type, e.value)).toBe(e.value);
  for (const technique of alert.techniques) expect(technique).toMatch(/^T\d{4}(\.\d{3})?$/);
  // Threats join over entities; only a malicious package has an advisory that is one story wherever it is.
  if (alert.kind === 'threat') expect(alert.subject.filter((one) => !one.startsWith('advisory:'))).toEqual([]);
  else expect(alert.subject).not.toEqual([]);
}

it('there are sources to check', () => {
  expect(alertSources.map(([name]) => name)).toEqual(
    expect.arrayContaining(['falco', 'generic', 'github', 'guardduty', 'report']),
  );
});

describe.each(alertSources)('source %s', (name, source) => {
  it('has the name of its file, a product, and at least two fixtures', () => {
    expect(source.name).toBe(name);
    expect(source.product.vendor).toMatch(/\S/);
    expect(source.product.name).toMatch(/\S/);
    expect(fixtures(name).length).toBeGreaterThanOrEqual(2);
  });

  it.each(fixtures(name))(
    'reads %s into whole alerts with entities, quoted fields and a time of its own',
    (_, record) => {
      const alerts = alertsOf(source, record);
      expect(alerts.length).toBeGreaterThan(0);
      for (const alert of alerts) {
        expectWhole(alert, source);
        expect(alert.entities).not.toEqual([]);
        expect(alert.quoted.length).toBeGreaterThan(0);
        // As many as are kept.
        expect(alert.quoted.length).toBeLessThanOrEqual(5);
      }
    },
  );

  it('gives the same alerts again and leaves the record as it was', () => {
    for (const [, record] of fixtures(name)) {
      const before = JSON.stringify(record);
      const once = JSON.stringify(source.parse(record, context));
      expect(JSON.stringify(source.parse(structuredClone(record), context))).toBe(once);
      expect(JSON.stringify(record)).toBe(before);
    }
  });

  it('recognises its own fixtures', () => {
    for (const [, record] of fixtures(name)) expect(source.recognise?.(record) ?? true).toBe(true);
  });

  it('never throws and never makes a broken event, whatever JSON it is given', () => {
    const parts = fixtures(name).map(([, record]) => record);
    const check = (record: unknown) => {
      expect(() => source.eventId?.(record)).not.toThrow();
      expect(() => source.recognise?.(record)).not.toThrow();
      const parsed = source.parse(record, context);
      if (Array.isArray(parsed)) for (const alert of parsed) expectWhole(alert, source);
      else for (const why of Object.values(parsed.error)) expect(why).toMatch(/\w.*[.。]$/);
    };
    fc.assert(fc.property(fc.jsonValue(), check), { numRuns: 100 });
    fc.assert(
      fc.property(fc.constantFrom(...parts), fc.infiniteStream(fc.jsonValue()), fc.nat(), (record, noise, seed) => {
        check(spoil(record, noise, seed, 0));
      }),
      { numRuns: 150 },
    );
  });

  it('reads a record of a megabyte within bounds', () => {
    const [, record] = fixtures(name)[0] ?? [];
    const blob = `${'a.'.repeat(200_000)} ${'203.0.113.7 '.repeat(50_000)}`;
    const big = { ...(record as object), output: blob, message: blob, description: blob, padding: [blob] };
    const parsed = source.parse(big, context);
    const kept = Array.isArray(parsed) ? parsed : [];
    for (const alert of kept) {
      expect(alert.entities.length).toBeLessThanOrEqual(100);
      expect(JSON.stringify(alert).length).toBeLessThan(200_000);
    }
  });
});
