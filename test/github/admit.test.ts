import { expect, test } from 'vitest';
import { admit } from '../../src/github/admit.ts';
import type { ForgeEvent } from '../../src/github/forge-event.ts';

const ours = { installationIds: [7], issueRepositoryId: 1, configRepositoryId: 2 };
const alert: ForgeEvent = { kind: 'alert', source: 'dependabot_alert', action: 'created', payload: {} };
const push: ForgeEvent = {
  kind: 'push',
  branch: 'main',
  after: 'abc',
  isDefaultBranch: true,
  sender: { id: 1, login: 'ken', type: 'User' },
};
const pull: ForgeEvent = { kind: 'pull-request', action: 'opened', number: 1, headSha: 'abc' };
const installation: ForgeEvent = { kind: 'installation', action: 'suspend', added: [], removed: [] };
const repository: ForgeEvent = {
  kind: 'repository',
  action: 'publicized',
  repositoryId: 1,
  owner: 'acme',
  name: 'soc',
  private: false,
};

test.each<[string, ForgeEvent, number | undefined, number | undefined, boolean]>([
  ['an alert from any repository of our installation counts', alert, 7, 99, true],
  ['an alert from another installation does not', alert, 8, 1, false],
  ['an alert without an installation does not', alert, undefined, 1, false],
  ['a push to the config repository counts', push, 7, 2, true],
  ['a push to the issue repository does not', push, 7, 1, false],
  ['a pull request elsewhere does not', pull, 7, 99, false],
  ['a config repository under another installation does not', push, 8, 2, false],
  ['a change of either repository counts', repository, 7, 2, true],
  ['a change of another repository does not', { ...repository, action: 'renamed' }, 7, 3, false],
  ['whichever repository of our installation becomes public counts', repository, 7, 3, true],
  ['one of another installation does not', repository, 8, 3, false],
  ['a change of our installation counts', installation, 7, undefined, true],
  ['one of another installation does as well: it may be ours, installed anew', installation, 8, undefined, true],
  ['what is ignored does not', { kind: 'ignored', reason: 'why' }, 7, 1, false],
])('%s', (_, event, installationId, repositoryId, admitted) => {
  expect(admit({ installationId, repositoryId }, event, ours).admitted).toBe(admitted);
});

test('without a config repository no push counts', () => {
  const none = { ...ours, configRepositoryId: undefined };
  expect(admit({ installationId: 7, repositoryId: undefined }, push, none)).toEqual({
    admitted: false,
    reason: 'A push event does not count from repository none.',
  });
});
