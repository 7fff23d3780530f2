import { describe, expect, it } from 'vitest';
import type { Scope } from '../../src/domain/scope.ts';
import { comesFrom } from '../../src/publish/comes-from.ts';
import { renderIssue } from '../../src/publish/render-issue.ts';
import { activeIn } from './active-markdown.ts';
import { alertView, viewOf } from './views.ts';

const view = (scopes: Scope[], several = false) => ({
  ...viewOf(scopes.map((scope, k) => alertView(String(k + 1), { title: 'A threat', scope }))),
  ...(several ? { several } : {}),
});
const infra = { organization: 'acme-labs', repository: 'acme-labs/infra' };
const cloud = { account: '111122223333', region: 'eu-west-1' };

describe('where alerts come from', () => {
  it('is said when they come from more than one organization or account, each place once', () => {
    expect(comesFrom(view([infra, cloud, infra]))).toBe(
      '**Comes from:** `acme-labs/infra`, account `111122223333` in `eu-west-1`',
    );
  });

  it('is said of one as well where alerts of several organizations are taken, in the issue itself', () => {
    expect(comesFrom(view([infra]))).toBe('');
    expect(comesFrom(view([infra], true))).toBe('**Comes from:** `acme-labs/infra`');
    expect(renderIssue(view([infra], true)).body).toContain('**Comes from:** `acme-labs/infra`');
    expect(comesFrom(view([{}], true))).toBe('');
  });

  it('is said in the language of the room', () => {
    const one = view([infra, cloud]);
    expect(comesFrom({ ...one, policy: { ...one.policy, language: 'ja' } })).toBe(
      '**発生元:** `acme-labs/infra`、アカウント `111122223333`(`eu-west-1`)',
    );
  });

  it('is cut, and what a source says of itself is nothing but code', () => {
    const many = Array.from({ length: 12 }, (_, k) => ({ account: `@acme/all #${k} <b>` }));
    const line = comesFrom(view(many));
    expect(line).toMatch(/ and 4 more$/);
    expect(activeIn(line)).toEqual([]);
  });
});
