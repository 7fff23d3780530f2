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
    // What is patched and has a word behind its numbers.
    ['33.0.0-jre', '< 32.0.0', 'maven', false],
    ['32.0.0-jre', '< 32.0.0-android', 'maven', false],
    ['31.1-jre', '>= 1.0, < 32.0.0-android', 'maven', true],
    ['5.3.18.RELEASE', '>= 5.3.0, < 5.3.18', 'maven', false],
    ['5.3.17.RELEASE', '>= 5.3.0, < 5.3.18', 'maven', true],
    ['4.1.94.Final', '< 4.1.94', 'maven', false],
    ['4.1.93.Final', '< 4.1.94.Final', 'maven', true],
    ['1.0-beta', '< 1.0', 'maven', true],
    ['3.0.0', '< 2.0.0, > 1.0.Final', 'maven', false],
    ['2.31.0.post1', '< 2.31.0', 'pip', false],
    ['2.31.0.post1', '<= 2.30.9', 'pip', false],
    ['1.0rc1', '< 1.0', 'pip', true],
    ['1!1.0', '< 2.0', 'pip', false],
    ['2.0.1+cu118', '= 2.0.1', 'pip', true],
    ['2.1.0-beta1', '< 2.1.0', 'nuget', true],
    // Where the order is not known, the numbers decide as far as they differ.
    ['7.0.4.2.rc1', '< 7.0.4', 'rubygems', false],
    ['7.0.3.pre', '< 7.0.4', 'rubygems', true],
    ['6.4.0-BETA2', '>= 6.3.0, < 6.3.5', 'composer', false],
    ['2.3.0', '< 2.4.x', 'npm', true],
    ['2.x', '< 1.9', 'npm', false],
  ])('%s in %s of %s: %s', (version, range, ecosystem, expected) => {
    expect(inRange(version, range, ecosystem)).toBe(expected);
  });

  it.each([
    ['^2.3.0', '< 2.4.1', 'npm'],
    ['>=1.0,<3', '< 2.0', 'pip'],
    ['[1.0,2.0)', '< 1.5', 'maven'],
    ['@guava@', '< 32.0.0', 'maven'],
    ['1.+', '< 1.5', 'maven'],
    ['7.0.4.pre', '< 7.0.4', 'rubygems'],
    ['2.x', '< 2.4', 'npm'],
    ['main', '< 3', 'actions'],
    ['9'.repeat(200), '< 3', 'npm'],
  ])('cannot be told of %s in %s of %s', (version, range, ecosystem) => {
    expect(inRange(version, range, ecosystem)).toBeUndefined();
  });

  it('is refused by one bound that can be told though another cannot', () => {
    expect(inRange('3.0.0', '< 2.0.0, > 1.0.pre', 'rubygems')).toBe(false);
  });
});

/** Oldest first, each older than all behind it. */
const ascending: [ecosystem: string, versions: string[]][] = [
  [
    'maven',
    // The examples of the specification, as far as they have a number in front.
    ['1-alpha', '1-beta', '1-milestone', '1-rc', '1-snapshot', '1', '1-sp', '1-foo2', '1-foo10', '1-1', '1.1'],
  ],
  ['maven', ['1.0-alpha1', '1.0-b2', '1.0-m2', '1.0-cr1', '1.0-SNAPSHOT', '1.0', '1.0-sp', '1.0-whatever', '1.0.1']],
  [
    'pip',
    // PEP 440, "Summary of permitted suffixes and relative ordering".
    ['1.dev0', '1.0.dev456', '1.0a1', '1.0a2.dev456', '1.0a12.dev456', '1.0a12', '1.0b1.dev456', '1.0b2'].concat(
      ['1.0b2.post345.dev456', '1.0b2.post345', '1.0rc1.dev456', '1.0rc1', '1.0', '1.0.post456.dev34'],
      ['1.0.post456', '1.0.15', '1.1.dev1', '1!0.1'],
    ),
  ],
];

it.each(ascending)('%s puts %j in this order', (ecosystem, versions) => {
  for (const [k, version] of versions.entries())
    for (const [n, other] of versions.entries())
      expect([version, other, inRange(version, `< ${other}`, ecosystem)]).toEqual([version, other, k < n]);
});

it.each([
  ['maven', ['1', '1.0', '1.0.0-ga', '1.0.FINAL', '1-release', '1.0-0']],
  ['maven', ['1.0-alpha1', '1.0-a1', '1.0ALPHA1', '1.0-alpha-1']],
  ['pip', ['1.0', '1', 'v1.0.0', '1.0+local.7']],
  ['pip', ['1.0rc1', '1.0.RC-1', '1.0c1', '1.0-preview1', '1.0pre1']],
  ['pip', ['1.0.post2', '1.0-2', '1.0r2', '1.0_rev2']],
])('%s takes %j for the same', (ecosystem, versions) => {
  for (const one of versions)
    for (const other of versions)
      expect([one, other, inRange(one, `= ${other}`, ecosystem)]).toEqual([one, other, true]);
});
