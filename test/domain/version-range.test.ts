import { describe, expect, it } from 'vitest';
import { inRange } from '../../src/domain/version-range.ts';

describe('a version lies in the range of an advisory', () => {
  it.each([
    ['2.3.0', '>= 2.0.0, < 2.4.1', 'npm', true],
    ['2.4.1', '>= 2.0.0, < 2.4.1', 'npm', false],
    ['1.9.9', '>= 2.0.0, < 2.4.1', 'npm', false],
    ['v1.10.0', '< 1.9.0', 'go', false],
    ['1.9', '<= 1.9.0', 'pip', true],
    ['1.9.0.0', '= 1.9', 'nuget', true],
    ['2.4.1-rc.1', '< 2.4.1', 'npm', true],
    ['2.4.1-rc.10', '< 2.4.1-rc.9', 'npm', false],
    ['2.4.1-rc.1', '> 2.4.1-rc', 'rust', true],
    ['2.4.1-alpha', '> 2.4.1-1', 'npm', true],
    ['2.4.1+build.7', '= 2.4.1', 'npm', true],
    ['0.0.3', '> 0, < 1', 'npm', true],
    ['1.0rc1', '= 1.0rc1', 'pip', true],
  ])('%s in %s of %s: %s', (version, range, ecosystem, expected) => {
    expect(inRange(version, range, ecosystem)).toBe(expected);
  });

  it.each([
    ['^2.3.0', '< 2.4.1', 'npm'],
    ['1.0rc1', '< 1.0', 'pip'],
    ['1.0-beta', '< 1.0', 'maven'],
    ['main', '< 3', 'actions'],
    ['2.3.0', '< 2.4.x', 'npm'],
    ['9'.repeat(200), '< 3', 'npm'],
  ])('cannot be told of %s in %s of %s', (version, range, ecosystem) => {
    expect(inRange(version, range, ecosystem)).toBeUndefined();
  });

  it('is refused by one bound that can be told though another cannot', () => {
    expect(inRange('3.0.0', '< 2.0.0, > 1.0.Final', 'maven')).toBe(false);
  });
});
