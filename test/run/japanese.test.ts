import { expect, it } from 'vitest';
import type { Policy } from '../../src/domain/policy.ts';
import { blockRule } from '../commands/incident-in-test.ts';
import { englishIn } from '../publish/japanese.ts';
import { onRota, wait, withRota } from './on-rota.ts';
import { attack, type Spine, spine } from './spine.ts';

const rule = blockRule({ resources: ['edge'], because: '当社を攻撃しています。' });
const japanese: Partial<Policy> = { language: 'ja', responses: [rule] };

/** Our comments on an issue; none of them holds two English words in a row. */
async function told(s: Spine, issue: number): Promise<string[]> {
  const comments = await s.ourComments(issue);
  for (const body of comments) {
    expect(englishIn(body), body).toEqual([]);
    expect(body).toMatch(/[\p{Script=Hiragana}\p{Script=Han}]/u);
  }
  return comments;
}

it('answers commands, runs tasks and gives up on them in Japanese', async () => {
  await using s = await spine({ ...japanese, responses: [{ ...rule, duration: 3600 }] });
  await s.take(attack(1, { title: 'ログイン失敗' }), attack(2, { title: 'ログイン失敗' }));
  await s.comment('otto', 1, '/take');
  await s.comment('hana', 1, '/tke\n/approve R1\n/severity critical');
  await s.comment('ken', 1, '/approve R1\n/take');
  expect((await told(s, 1)).join('\n')).toContain('lists/edge.txt (ブランチ yagura/lists) にあります (1 件)');
  await s.comment('ken', 1, '/undo T1');
  s.wrap(() => ({ commit: () => Promise.reject(new Error('満杯')) }));
  await s.comment('ken', 2, '/approve R2\n/approve R1');
  for (let n = 0; n < 8; n += 1) await wait(s, 3);
  const second = await told(s, 2);
  expect(second.some((body) => body.startsWith('**T1 失敗。**'))).toBe(true);
  await s.comment('hana', 2, '/snooze 1h');
  await wait(s, 61);
  await s.sweep();
  await s.settle();
  expect((await told(s, 2)).at(-1)).toContain('保留の期限が来ました');
});

it('says in Japanese what GitHub refused and what it did not answer, in its own words behind', async () => {
  await using s = await spine(japanese);
  await s.take(attack(1, { title: 'ログイン失敗' }));
  const { faults } = s.a.t.forge;
  faults.set([{ kind: 'rest-502', method: 'GET', path: 'contents' }], 1);
  await s.comment('ken', 1, '/approve R1');
  expect((await s.ourComments(1)).join()).toContain('再試行します: GitHub の応答は 502 でした: Server Error');
  faults.set([{ kind: 'cut-after', method: 'GET', path: 'contents' }], 1);
  await wait(s, 3);
  expect((await s.issue(1)).body).toContain('再試行します: GitHub から応答がありません: ');
});

it('reminds of approvals and ends them in Japanese', async () => {
  await using s = await spine(japanese);
  await s.take(attack(1, { title: 'ログイン失敗' }));
  await s.comment('mika', 1, '/take');
  await s.comment('hana', 1, '/block 198.51.100.9');
  await wait(s, 13 * 60);
  await wait(s, 12 * 60);
  const signs = (await told(s, 1)).map((body) => [...body][0]);
  expect(signs).toContain('⏳');
  expect(signs).toContain('⌛');
});

it('names who can approve by login, team and role in Japanese, in the issue and in the reminder', async () => {
  const responder = { people: ['ken', 'mika'], teams: ['acme/soc-responders'], roles: ['maintain'] };
  const grants = { analyst: { people: ['hana'], teams: [], roles: [] }, responder };
  await using s = await spine({ ...japanese, grants });
  await s.take(attack(1, { title: 'ログイン失敗', user: 'ken' }));
  const who = 'mika、acme/soc-responders または ロール maintain';
  expect((await s.issue(1)).body).toContain(`**次の対応** (${who})`);
  await s.comment('mika', 1, '/take');
  await s.comment('hana', 1, '/block 198.51.100.9');
  await wait(s, 13 * 60);
  expect((await told(s, 1)).at(-1)).toContain(`承認できる人: ${who}`);
});

it('asks who is on call and hands a shift over in Japanese', async () => {
  await using s = await withRota(japanese);
  await s.take(attack(1, { title: 'ログイン失敗' }));
  for (let n = 0; n < 5; n += 1) await wait(s, 16);
  const asked = await told(s, 1);
  expect(asked.filter((body) => body.includes('`/take`')).length).toBeGreaterThan(2);
  expect(asked.at(-1)).toContain('だれも引き受けていません');
  await s.comment('ken', 1, '/take');
  await s.comment('hana', 1, '/block 198.51.100.9');
  const wedding = {
    login: 'mika',
    from: new Date(s.now().getTime() - 1000),
    to: new Date(s.now().getTime() + 7_200_000),
  };
  const origin = { path: 'context/people/rota.md', line: 9 };
  onRota(s, { overrides: [{ ...wedding, because: '結婚式', origin }] });
  await wait(s, 1);
  const notice = await s.issue(2);
  expect(englishIn(`${notice.title}\n${notice.body}`)).toEqual([]);
  expect(notice.title).toContain('引き継ぎ: ken から mika へ');
  expect(notice.body).toContain('承認待ち: R2 `198.51.100[.]9` を block、依頼 hana');
});
