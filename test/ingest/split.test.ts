import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { recordLimit, recordsLimit, splitBody } from '../../src/ingest/split.ts';

const space = fc.string({ unit: fc.constantFrom(' ', '\t', '\n', '\r'), maxLength: 3 });
/** JSON objects as senders write them: one line or many, odd strings inside. */
const written = fc
  .tuple(fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue()), fc.constantFrom(undefined, 1, '\t'))
  .map(([value, indent]) => JSON.stringify(value, null, indent));

function texts(body: string, ndjson: boolean): string[] | undefined {
  const pieces = splitBody(Buffer.from(body), ndjson ? 'ndjson' : 'json');
  return pieces && Array.from(pieces, (piece) => ('bytes' in piece ? piece.bytes.toString() : piece.code));
}

describe('splitting a body', () => {
  it('gives the elements of an array byte for byte, whatever is written between and inside them', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(space, written, space), { maxLength: 8 }), space, (items, around) => {
        const body = `${around}[${items.map((item) => item.join('')).join(',')}]${around}`;
        expect(texts(body, false)).toEqual(items.map(([, text]) => text));
      }),
    );
  });

  it('gives the lines of NDJSON byte for byte', () => {
    const line = written.filter((text) => !text.includes('\n'));
    fc.assert(
      fc.property(fc.array(line, { maxLength: 8 }), fc.constantFrom('\n', '\r\n', '\n\n'), (lines, end) => {
        expect(texts(lines.join(end), true)).toEqual(lines);
      }),
    );
  });

  it('never takes from a body that is no JSON what JSON would not give', () => {
    const noise = fc.string({
      unit: fc.constantFrom('{', '}', '[', ']', '"', ',', ':', 'a', '1', '\\', ' '),
      maxLength: 12,
    });
    fc.assert(
      fc.property(noise, (body) => {
        let value: unknown;
        try {
          value = JSON.parse(body);
        } catch {
          value = undefined;
        }
        const found = [...(splitBody(Buffer.from(body), 'json') ?? [])];
        const whole = Array.isArray(value) ? value : [value];
        if (value !== undefined)
          expect(found.map((piece) => ('value' in piece ? piece.value : null))).toEqual(
            whole.map((v) => (v !== null && typeof v === 'object' && !Array.isArray(v) ? v : null)),
          );
        else if (found.every((piece) => 'value' in piece)) expect(found).toEqual([]);
      }),
      { numRuns: 3000 },
    );
  });

  it('takes records up to their limit, and as many as it may', () => {
    const exact = `{"t":"${'x'.repeat(recordLimit - 8)}"}`;
    expect(Buffer.byteLength(exact)).toBe(recordLimit);
    expect(texts(`[${exact},${exact} ]`, false)).toEqual([exact, exact]);
    expect(texts(`${exact.slice(0, -2)}x"}`, false)).toEqual(['too-large']);
    expect(texts('{}\n'.repeat(recordsLimit), true)).toHaveLength(recordsLimit);
    expect(texts('{}\n'.repeat(recordsLimit + 1), true)).toBeUndefined();
    expect(texts(`[${Array(recordsLimit).fill('{}').join()}]`, false)).toHaveLength(recordsLimit);
    expect(
      texts(
        `[${Array(recordsLimit + 1)
          .fill('{}')
          .join()}]`,
        false,
      ),
    ).toBeUndefined();
  });
});
