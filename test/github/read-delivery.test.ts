import { describe, expect, test } from 'vitest';
import { readDelivery } from '../../src/github/read-delivery.ts';

const owner = { id: 1, login: 'acme', type: 'Organization' };
const repository = { id: 9, name: 'soc', owner, private: true, default_branch: 'main' };
const sender = { id: 2, login: 'ken', type: 'User' };

describe('what the embedded forge never sends is understood too', () => {
  test.each<[string, string, object, object]>([
    [
      'a push to the default branch',
      'push',
      { ref: 'refs/heads/main', after: 'abc', deleted: false, repository, sender },
      { kind: 'push', branch: 'main', after: 'abc', isDefaultBranch: true },
    ],
    [
      'a branch deleted',
      'push',
      { ref: 'refs/heads/old', after: '0'.repeat(40), deleted: true, repository, sender },
      { kind: 'push', branch: 'old', after: undefined, isDefaultBranch: false },
    ],
    [
      'a tag named like the default branch',
      'push',
      { ref: 'refs/tags/main', after: 'abc', repository, sender },
      { kind: 'push', branch: undefined, isDefaultBranch: false },
    ],
    [
      'a pull request with new commits',
      'pull_request',
      { action: 'synchronize', pull_request: { number: 4, head: { sha: 'abc' } } },
      { kind: 'pull-request', action: 'synchronize', number: 4, headSha: 'abc' },
    ],
    [
      'a check asked for again',
      'check_run',
      { action: 'rerequested', check_run: { name: 'policy', head_sha: 'abc' } },
      { kind: 'check-rerequested', name: 'policy', headSha: 'abc' },
    ],
    [
      'all checks of a commit asked for again',
      'check_suite',
      { action: 'rerequested', check_suite: { id: 5, head_sha: 'abc' } },
      { kind: 'check-rerequested', headSha: 'abc' },
    ],
    [
      'a repository made public',
      'repository',
      { action: 'publicized', repository: { ...repository, private: false } },
      { kind: 'repository', action: 'publicized', repositoryId: 9, owner: 'acme', name: 'soc', private: false },
    ],
    [
      'the app installed',
      'installation',
      { action: 'created', repositories: [{ id: 9 }, { id: 10 }] },
      { kind: 'installation', action: 'created', added: [9, 10], removed: [] },
    ],
    [
      'a repository taken from the app',
      'installation_repositories',
      { action: 'removed', repositories_added: [], repositories_removed: [{ id: 9 }] },
      { kind: 'installation', action: 'removed', added: [], removed: [9] },
    ],
    [
      'an alert of GitHub, with its payload as sent',
      'dependabot_alert',
      { action: 'created', alert: { number: 3 } },
      {
        kind: 'alert',
        source: 'dependabot_alert',
        action: 'created',
        payload: { action: 'created', alert: { number: 3 } },
      },
    ],
  ])('%s', (_, event, payload, expected) => {
    expect(readDelivery(event, payload)).toMatchObject(expected);
  });
});

describe('what is not used is ignored with the reason', () => {
  test.each<[string, string, unknown, RegExp]>([
    ['another event', 'star', { action: 'created' }, /does not use the event star/],
    ['a name of every object', 'constructor', {}, /does not use the event constructor/],
    ['another action', 'pull_request', { action: 'labeled' }, /does not use this action of pull_request/],
    ['half a payload', 'issues', { action: 'opened', sender }, /issues was not understood \(issue: /],
    ['no payload', 'push', null, /push was not understood/],
  ])('%s', (_, event, payload, reason) => {
    const read = readDelivery(event, payload);
    expect(read).toMatchObject({ kind: 'ignored', reason: expect.stringMatching(reason) });
  });
});

test('a comment of a deleted account reads as ghost', () => {
  const time = '2026-03-01T12:00:00Z';
  const times = { created_at: time, updated_at: time };
  const issue = { id: 1, number: 5, title: 't', body: null, state: 'open', user: null, ...times };
  const comment = { id: 2, issue_url: 'https://x/repos/a/b/issues/5', body: 'hi', user: null, ...times };
  expect(readDelivery('issue_comment', { action: 'created', comment, issue, sender })).toMatchObject({
    comment: { issue: 5, user: { login: 'ghost' } },
    issue: { body: '', labels: [], assignees: [] },
  });
});

describe('a webhook of code scanning', () => {
  test.each<[string, string, object, 'alert' | 'ignored']>([
    ['of the default branch', 'fixed', { ref: 'refs/heads/main', alert: { state: 'fixed' } }, 'alert'],
    ['of the default branch, not judged yet', 'created', { ref: 'refs/heads/main', alert: { state: null } }, 'alert'],
    ['of another branch', 'created', { ref: 'refs/heads/old', alert: { state: null } }, 'ignored'],
    ['fixed in a pull request', 'fixed', { ref: 'refs/pull/7/merge', alert: { state: 'fixed' } }, 'ignored'],
    ['open, seen in a branch too', 'appeared_in_branch', { ref: 'refs/heads/x', alert: { state: 'open' } }, 'ignored'],
    ['closed by a person', 'closed_by_user', { ref: '', alert: { state: 'dismissed' } }, 'alert'],
    ['of no default branch, opened again', 'reopened_by_user', { ref: '', alert: { state: null } }, 'ignored'],
    ['of no branch', 'reopened', { ref: null, alert: { state: 'open' } }, 'alert'],
  ])('%s', (_, action, payload, kind) => {
    expect(readDelivery('code_scanning_alert', { action, repository, sender, ...payload }).kind).toBe(kind);
  });
});
