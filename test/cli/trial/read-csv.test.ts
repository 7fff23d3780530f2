import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readCsv } from '../../../src/cli/trial/read-csv.ts';

it.each([
  [
    'a,b\r\nc,d\r\n',
    [
      ['a', 'b'],
      ['c', 'd'],
    ],
  ],
  [
    'a,b\nc,d',
    [
      ['a', 'b'],
      ['c', 'd'],
    ],
  ],
  ['\uFEFFa,"b"\n', [['a', 'b']]],
  ['a,"b, ""c""\r\nd",e\n', [['a', 'b, "c"\r\nd', 'e']]],
  [
    'a,\n,\n"",""\n',
    [
      ['a', ''],
      ['', ''],
      ['', ''],
    ],
  ],
  ['a,', [['a', '']]],
  ['\n\na\n\n', [['a']]],
  ['', []],
])('%j is %j', (text, fields) => {
  expect(readCsv(text).map((record) => record.fields)).toEqual(fields);
});

it('says on which line each record begins', () => {
  expect(readCsv('a\n"b\nc"\n\nd\n').map(({ line }) => line)).toEqual([1, 2, 5]);
});

it.each([
  ['a\n"b\n', 'Line 2 opens a quote that is never closed.'],
  ['"a"b\n', 'Line 1 has text behind a closing quote.'],
])('%j is refused', (text, why) => {
  expect(() => readCsv(text)).toThrow(why);
});

it('reads back whatever was written with every field in quotes', () => {
  const table = fc.array(fc.array(fc.string(), { minLength: 2, maxLength: 4 }), { maxLength: 5 });
  fc.assert(
    fc.property(table, (rows) => {
      const text = rows.map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')).join('\r\n');
      expect(readCsv(text).map(({ fields }) => fields)).toEqual(rows);
    }),
  );
});
