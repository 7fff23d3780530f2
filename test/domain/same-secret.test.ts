import { expect, it } from 'vitest';
import { sameSecret } from '../../src/domain/same-secret.ts';

it('is true of the secret itself only', () => {
  expect(sameSecret('correct-horse', 'correct-horse')).toBe(true);
  for (const given of ['', 'correct', 'correct-horse ', 'Correct-horse']) {
    expect(sameSecret(given, 'correct-horse')).toBe(false);
  }
});

it('lets nobody in by an empty secret', () => {
  expect(sameSecret('', '')).toBe(false);
});
