import { expect, test } from 'vitest';
import { createBlobCache } from '../../src/github/blob-cache.ts';
import { createConditionalCache } from '../../src/github/conditional-cache.ts';
import { cutText } from '../../src/github/cut-text.ts';
import { createTokenCache } from '../../src/github/token-cache.ts';

test('an installation token is used until a minute before it expires, by the forge’s clock', () => {
  let now = new Date('2026-03-01T12:00:00Z');
  const tokens = createTokenCache(() => now);
  tokens.set('7', 'ghs_x|2026-03-01T12:00:00Z|2026-03-01T13:00:00Z|selected|issues!|');
  now = new Date('2026-03-01T12:58:59Z');
  expect(tokens.get('7')).toMatch(/^ghs_x/);
  now = new Date('2026-03-01T12:59:00Z');
  expect(tokens.get('7')).toBeUndefined();
});

test('blobs are kept up to the bound, the oldest go first', () => {
  const blobs = createBlobCache(40);
  for (const name of ['a', 'b', 'c', 'd', 'e']) blobs.set(name, new Uint8Array(10));
  expect(['a', 'b', 'c', 'd', 'e'].filter((name) => blobs.get(name))).toEqual(['b', 'c', 'd', 'e']);
  blobs.set('large', new Uint8Array(11));
  expect(blobs.get('large')).toBeUndefined();
});

test('of conditional answers those used last are kept', () => {
  const answers = createConditionalCache(2);
  answers.set('a', { etag: '1', data: 1 });
  answers.set('b', { etag: '2', data: 2 });
  answers.get('a');
  answers.set('c', { etag: '3', data: 3 });
  expect([answers.get('a')?.data, answers.get('b')?.data, answers.get('c')?.data]).toEqual([1, undefined, 3]);
});

test('a text is cut at a character, within the bytes, and says so', () => {
  expect(cutText('short', 20)).toBe('short');
  expect(cutText('x'.repeat(30), 20)).toBe(`${'x'.repeat(10)} … (cut)`);
  for (const bytes of [18, 19, 20, 21, 22]) {
    const cut = cutText('櫓🔥'.repeat(10), bytes);
    expect(Buffer.byteLength(cut)).toBeLessThanOrEqual(bytes);
    expect(cut).toMatch(/^(櫓|🔥)+ … \(cut\)$/u);
  }
});
