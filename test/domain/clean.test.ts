import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clean } from '../../src/domain/clean.ts';
import { testDatabase } from '../store/postgres.ts';

describe('clean', () => {
  it('leaves sound values as they are', () => {
    const value = { text: '櫓 😀', n: 1.5, yes: true, none: null, list: [1, ['a']], at: new Date(0) };
    expect(clean(value)).toEqual(value);
  });

  it('replaces NUL and halves of pairs, in values and in names', () => {
    expect(clean({ 'a\0': 'b\0c', '\ud83d': ['x\udc00'] })).toEqual({ 'a\uFFFD': 'b\uFFFDc', '\uFFFD': ['x\uFFFD'] });
  });

  it('cuts long text and says so, never inside a pair', () => {
    expect(clean('x'.repeat(16_384))).toHaveLength(16_384);
    const cut = clean(`${'x'.repeat(16_383)}😀 more`);
    expect(cut.endsWith(' [cut]')).toBe(true);
    expect(cut.isWellFormed()).toBe(true);
  });

  it('ends at a depth, however deep a value is', () => {
    let deep: unknown = 'bottom';
    for (let n = 0; n < 100_000; n += 1) deep = n % 2 === 0 ? [deep] : { deep };
    const text = JSON.stringify(clean(deep));
    expect(text).toContain('[too deep]');
    expect(text.length).toBeLessThan(1000);
  });

  it('keeps a field called __proto__ a field', () => {
    const value = clean(JSON.parse('{"__proto__":{"admin":true}}') as Record<string, unknown>);
    expect(Object.keys(value)).toEqual(['__proto__']);
    expect((value as { admin?: boolean }).admin).toBeUndefined();
  });

  it('makes anything something PostgreSQL keeps as text and as jsonb', async () => {
    await using database = await testDatabase();
    const text = fc.string({ unit: fc.nat(0xffff).map((code) => String.fromCharCode(code)), maxLength: 20 });
    const value = fc.letrec((tie) => ({
      any: fc.oneof(
        text,
        fc.double(),
        fc.boolean(),
        fc.constant(null),
        fc.array(tie('any')),
        fc.dictionary(text, tie('any')),
      ),
    })).any;
    await fc.assert(
      fc.asyncProperty(value, text, async (any, plain) => {
        const sent = [JSON.stringify(clean(any)), clean(plain)];
        const { rows } = await database.pool.query('select $1::jsonb as json, $2::text as text', sent);
        expect(rows[0]).toEqual({ json: JSON.parse(sent[0] ?? 'null'), text: sent[1] });
      }),
      {
        numRuns: 200,
        examples: [
          ['\0', '\0'],
          [{ '\ud800': '\udfff' }, '\ud800'],
        ],
      },
    );
  });
});
