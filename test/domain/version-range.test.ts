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
    ['2.1.0-RC1', '> 2.1.0-beta', 'nuget', true],
    ['2.1.0-RC1', '= 2.1.0-rc1', 'nuget', true],
    ['7.0.4.2.rc1', '< 7.0.4', 'rubygems', false],
    ['7.0.4.pre', '< 7.0.4', 'rubygems', true],
    ['1.16.5-x86_64-linux-gnu', '< 1.16.5', 'rubygems', false],
    ['1.16.4-java', '>= 1.16.4, < 1.16.5', 'rubygems', true],
    ['1.16.5.rc1-arm64-darwin-23', '< 1.16.5', 'rubygems', true],
    ['6.4.0-BETA2', '>= 6.4.0, < 6.4.5', 'composer', false],
    ['v6.4.4-p1', '< 6.4.4', 'composer', false],
    ['2.0.0-dev', '< 2.0.0-alpha1', 'composer', true],
    ['0.0.0-20220314234659-1baeb1ce4c0b', '< 0.0.0-20220315160706-3147a52a75dd', 'go', true],
    ['v1.2.4-0.20220314234659-1baeb1ce4c0b', '< 1.2.4', 'go', true],
    ['v2.0.1+incompatible', '< 2.0.1', 'go', false],
    ['1.2.3+3', '< 1.2.3+4', 'pub', true],
    ['1.2.3+1', '<= 1.2.3', 'pub', false],
    ['1.2.3+10', '< 1.2.3+9', 'pub', false],
    // Where the order is not known, the numbers decide as far as they differ.
    ['7.0.4-odd~1', '< 7.0.3', 'other', false],
    ['7.0.3-odd~1', '< 7.0.4', 'other', true],
    ['2.3.0', '< 2.4.x', 'npm', true],
    // What stands for several versions is told where it is the same of all.
    ['2.x', '< 1.9', 'npm', false],
    ['4.*.*', '< 4.0.0', 'actions', false],
    ['4.*.*', '>= 4.0.0, < 5.0.0', 'actions', true],
    ['v4', '< 4.0.0', 'actions', false],
    ['v4', '< 5', 'actions', true],
    ['v4.1', '>= 4.2.0, < 4.3.0', 'actions', false],
    ['v4.1.7', '>= 4.0.0, < 4.1.3', 'actions', false],
    ['v4', '= 4', 'go', true],
  ])('%s in %s of %s: %s', (version, range, ecosystem, expected) => {
    expect(inRange(version, range, ecosystem)).toBe(expected);
  });

  it.each([
    ['^2.3.0', '< 2.4.1', 'npm'],
    ['>=1.0,<3', '< 2.0', 'pip'],
    ['[1.0,2.0)', '< 1.5', 'maven'],
    ['@guava@', '< 32.0.0', 'maven'],
    ['1.+', '< 1.5', 'maven'],
    ['7.0.4-odd~1', '< 7.0.4', 'other'],
    ['7.0.4_1', '< 7.0.4', 'rubygems'],
    ['6.4.x-dev', '< 6.4.5', 'composer'],
    ['dev-main', '< 6.4.5', 'composer'],
    ['2.x', '< 2.4', 'npm'],
    ['main', '< 3', 'actions'],
    ['4.*.*', '>= 4.0.0, < 4.1.3', 'actions'],
    ['v4', '>= 4.1.0, < 4.1.3', 'actions'],
    ['v4', '= 4.1.2', 'actions'],
    ['v4', '<= 4.0.0', 'actions'],
    ['8f4b7f84864484a7bf31766abe9204da3cbe65b3', '< 4.1.3', 'actions'],
    ['8f4b7f8', '< 4.1.3', 'swift'],
    ['9'.repeat(200), '< 3', 'npm'],
  ])('cannot be told of %s in %s of %s', (version, range, ecosystem) => {
    expect(inRange(version, range, ecosystem)).toBeUndefined();
  });

  it('is refused by one bound that can be told though another cannot', () => {
    expect(inRange('3.0.0', '> main, < 2.0.0', 'actions')).toBe(false);
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
  // What RubyGems says of itself.
  ['rubygems', ['0.9', '1.0.a.2', '1.0.a9', '1.0.a10', '1.0.b1', '1.0', '1.0.1.pre', '1.0.1', '3.2', '3.10']],
  ['rubygems', ['0.0.beta', '0.beta.1', '0.0.1', '5.a', '5.0.0.rc2', '5.0.0']],
  [
    'rubygems',
    ['1.0.0-alpha', '1.0.0-alpha.1', '1.0.0-beta.2', '1.0.0-beta.11', '1.0.0-rc.1', '1.0.0-1', '1.0.0', '1.0.1'],
  ],
  // PHP: dev < alpha = a < beta = b < RC = rc < # < pl = p.
  ['composer', ['1.0-dev', '1.0-alpha', '1.0-a1', '1.0-b2', '1.0-beta10', '1.0-RC1', '1.0', '1.0-pl1', '1.0-p2']],
  ['composer', ['1.0.0-beta1', '1.0.0-beta2-dev', '1.0.0-beta2', '1.0.0-beta2.1', '1.0.0.1-dev', '1.0.0.1', '1.0.1']],
  ['pub', ['1.0.0-a', '1.0.0', '1.0.0+a', '1.0.1']],
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
  ['rubygems', ['1', '1.0', '1.0.0', '1.0.0-x86-mingw32', '1-universal-java-11']],
  ['rubygems', ['0.beta.1', '0.0.beta.1', '0.0.beta.1.0']],
  ['composer', ['1.0', 'v1.0.0', '1.0.0.0', '1-stable', '1.0.0+build.5']],
  ['composer', ['1.0-RC1', '1.0.0rc1', '1.0.0-rc.1', 'v1.0.0_RC1']],
  ['composer', ['1.0-p1', '1.0-pl1', '1.0.0-patch1']],
  ['nuget', ['1.0.0-RC.1', '1.0.0.0-rc.1']],
])('%s takes %j for the same', (ecosystem, versions) => {
  for (const one of versions)
    for (const other of versions)
      expect([one, other, inRange(one, `= ${other}`, ecosystem)]).toEqual([one, other, true]);
});
