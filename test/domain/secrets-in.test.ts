import { expect, it } from 'vitest';
import { maskSecretsIn } from '../../src/domain/secrets.ts';

it('masks every text of a value and keeps its shape', () => {
  const at = new Date(0);
  const masked = maskSecretsIn({
    password: 'correct-horse',
    nested: [{ 'api-key': ['abcdef123456'], note: 'token=abcdef123456 seen' }],
    AKIAABCDEFGHIJKLMNOP: 1,
    plain: 'web-01',
    at,
    none: null,
  });
  expect(masked).toEqual({
    password: '[secret removed]',
    nested: [{ 'api-key': ['[secret removed]'], note: 'token=abcdef123456 seen' }],
    '[secret removed]': 1,
    plain: 'web-01',
    at,
    none: null,
  });
  expect(JSON.parse(JSON.stringify(masked))).toBeTypeOf('object');
});
