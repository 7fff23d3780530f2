import { describe, expect, it } from 'vitest';
import { ownersOf } from '../../src/domain/codeowners.ts';

const file = [
  '# who owns what',
  '*       @acme/everything',
  '*.lock  @acme/locks # by its ending',
  '/web/   @acme/web mika@example.com',
  'docs/*  @acme/writers',
  'apps/   @acme/apps',
  '**/test @acme/testers',
  '/apps/github',
  '/a?c/package.json @acme/letters',
  '\\#odd  @acme/odd',
  '!web/no.txt @acme/never',
  'web[12] @acme/never',
].join('\n');

describe('the owners of a path by CODEOWNERS', () => {
  it.each([
    ['package.json', '@acme/everything'],
    ['yarn.lock', '@acme/locks'],
    ['deep/in/Gemfile.lock', '@acme/locks'],
    ['web/package.json', '@acme/web mika@example.com'],
    ['old/web/package.json', '@acme/everything'],
    ['docs/a.md', '@acme/writers'],
    ['docs/deep/a.md', '@acme/everything'],
    ['x/docs/a.md', '@acme/everything'],
    ['x/apps/y/go.mod', '@acme/apps'],
    ['apps/github/go.mod', ''],
    ['x/test/y/go.mod', '@acme/testers'],
    ['abc/package.json', '@acme/letters'],
    ['#odd', '@acme/odd'],
    ['web/no.txt', '@acme/web mika@example.com'],
    ['/package-lock.json', '@acme/everything'],
  ])('%s: %s', (path, owners) => {
    expect(ownersOf(file, path).join(' ')).toBe(owners);
  });

  it('are nobody in an empty file, and a pattern made to take long takes no time', () => {
    expect(ownersOf('', 'package.json')).toEqual([]);
    const slow = `${'*a'.repeat(400)}b @acme/slow`;
    expect(ownersOf(slow, 'a'.repeat(5_000))).toEqual([]);
    expect(ownersOf(`${'**/'.repeat(300)}b @acme/slow`, 'a/'.repeat(2_000))).toEqual([]);
  });
});
