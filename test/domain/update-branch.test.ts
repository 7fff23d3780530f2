import { expect, it } from 'vitest';
import { updateOf } from '../../src/domain/update-branch.ts';

const branches = [
  'feature/left-padder-2.4.1',
  'dependabot/npm_and_yarn/left-padder-extra-1.0.0',
  'dependabot/npm_and_yarn/web/left-padder-2.4.1',
  'dependabot/npm_and_yarn/acme/pad-1.0.0',
  'dependabot-pip-requests-2.32.0',
  'dependabot/maven/org.acme-core-3.1',
  'dependabot/go_modules/github.com/acme/tool-v1.2.0',
  'dependabot/npm_and_yarn/multi-1a2b3c',
];
const updates = branches.map((branch, k) => ({ number: k + 1, branch }));

it.each([
  ['left-padder', 3],
  ['@acme/pad', 4],
  ['requests', 5],
  ['org.acme:core', 6],
  ['github.com/acme/tool', 7],
  ['padder', undefined],
  ['multi', undefined],
])('the update of %s is %s', (name, number) => {
  expect(updateOf(updates, name)).toBe(number);
});
