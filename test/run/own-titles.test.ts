import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { quietByDefault } from '../../src/domain/quiet.ts';
import { turnDay } from '../../src/run/turn-day.ts';
import { touchQueue } from '../../src/store/queue.ts';
import { soc } from '../github/adapter-in-test.ts';
import { onRota, wait, withRota } from './on-rota.ts';
import { type Spine, spine } from './spine.ts';

const fixture = (file: string): Record<string, unknown> =>
  JSON.parse(readFileSync(new URL(`../fixtures/sources/github/${file}.json`, import.meta.url), 'utf8'));
// Nobody who answers is a part of it.
const { key, ...created } = fixture('deploy-key-created');
const deployKey = { ...created, key: { ...(key as object), added_by: 'sora' }, sender: { login: 'sora' } };

/** Webhooks of GitHub come in, as new or as what was open at the connection, and everything settles. */
async function take(s: Spine, webhooks: object[], origin?: Record<string, unknown>): Promise<void> {
  s.pipeline.now = s.now();
  s.pipeline.policy = s.policy;
  await s.pipeline.receive('github', webhooks, origin);
  await s.settle();
  s.pass(400);
  await s.settle();
}

const kept = (s: Spine) =>
  s.store.query<{ title: string }>(`select title from alert union select title from incident
    union select body::jsonb ->> 'title' from ledger where kind = 'alert' order by 1`);

const english = 'Deploy key with read and write access added to acme/shop-api';
const japanese = 'acme/shop-api に読み取りと書き込みができるデプロイキーが追加されました';

const floors = [
  {
    when: { title: ['deploy key with*write access*'] },
    atLeast: 'high' as const,
    because: 'ポリシー',
    origin: { path: 'policies/severity.md', line: 3 },
  },
];

it('a title that Yagura gave is in the language of the room in issue, evidence and queue, and kept as one', async () => {
  await using s = await spine({ language: 'ja', severityFloors: floors });
  await take(s, [deployKey]);
  const { title, body } = await s.issue(1);
  expect(title).toBe(`[high] ${japanese}`);
  expect(body).toContain(`\`${japanese}\``);
  expect(body).not.toContain(english);
  expect((await s.ourComments(1)).join('\n')).not.toContain(english);
  await touchQueue(s.store, s.now());
  await s.settle();
  const queue = (await s.a.github.issuesSince(soc, new Date(0))).find((issue) => issue.title.startsWith('キュー'));
  expect(queue?.body).toContain(`\`${japanese}\``);
  expect((await kept(s)).rows).toEqual([{ title: english }]);
  s.policy = { ...s.policy, language: 'en' };
  await s.comment('hana', 1, '/take');
  expect((await s.issue(1)).title).toBe(`[high] ${english}`);
});

it('what Yagura found in what its product told is in the language of the room, too', async () => {
  await using s = await spine({ language: 'ja' });
  await take(s, [fixture('branch-protection-weakened')]);
  const { title, body } = await s.issue(1);
  expect(title).toContain('acme/shop-api の main の保護が弱められました');
  expect(body).toContain(
    '- `weaker`: `緩和: 管理者への適用; 緩和: 承認の数; 新たに許可: 強制プッシュ; 必須でなくなったチェック: scan`',
  );
  s.policy = { ...s.policy, language: 'en' };
  await s.comment('hana', 1, '/take');
  expect((await s.issue(1)).body).toContain('- `weaker`: `less: administrators are held to it; less: number of');
});

it('records that cannot be read are told of in the language of the room, with why', async () => {
  await using s = await spine({ language: 'ja' });
  s.pipeline.policy = s.policy;
  await s.pipeline.receive('falco', [{ output: 'no rule' }]);
  await s.settle();
  const { title, body } = await s.issue(1);
  expect(title).toContain('falco のレコードを読み取れません');
  expect(body).toContain('Falco のアラートではありません。');
  expect(`${title}${body}`).not.toMatch(/cannot be read|This is not/);
});

it('lists have it in the language of the room: the inventory, the digest, and what it would have done', async () => {
  const mention = { severity: 'high' as const, who: ['acme/soc-responders'] };
  const observed = { mode: 'observe' as const, observed: { mention, notifications: [] } };
  await using s = await spine({ language: 'ja', quiet: quietByDefault, ...observed });
  await take(s, [fixture('secret-scanning-created')], { backlog: true });
  await take(s, [deployKey, { ...fixture('branch-protection-weakened'), action: 'created', changes: undefined }]);
  await turnDay(s.deps);
  await s.settle();
  const lists = (await s.a.github.issuesSince(soc, new Date(0))).map(({ body }) => body).join('\n');
  expect(lists).toContain('が見つかりました`');
  expect(lists).toContain('の main の保護が追加されました`');
  expect(lists).toMatch(new RegExp(`- #\\d+ medium \`${japanese}\``));
});

it('who comes on call is told it in the language of the room', async () => {
  await using s = await withRota({ language: 'ja' });
  await take(s, [deployKey]);
  await s.comment('ken', 1, '/take');
  const to = new Date(s.now().getTime() + 7_200_000);
  const origin = { path: 'context/people/rota.md', line: 9 };
  onRota(s, { overrides: [{ login: 'mika', from: new Date(s.now().getTime() - 1000), to, origin }] });
  await wait(s, 1);
  expect((await s.issue(2)).body).toContain(`\`${japanese}\``);
});

it('who is on call is asked in it in the language of the room', async () => {
  await using s = await withRota({ language: 'ja', severityFloors: floors });
  await take(s, [deployKey]);
  const asked = (await s.ourComments(1)).find((body) => body.includes('@ken'));
  expect(asked).toContain(`\`${japanese}\``);
  expect(asked).not.toContain(english);
});

it('the summary that its product gives later is its title then, in every room', async () => {
  await using s = await spine({ language: 'ja' });
  const { security_advisory: advisory, ...alert } = fixture('dependabot-created').alert as Record<string, object>;
  const told = (summary: string | null, action: string, at: string) => ({
    ...fixture('dependabot-created'),
    action,
    alert: { ...alert, updated_at: at, security_advisory: { ...advisory, summary } },
  });
  await take(s, [told(null, 'created', '2026-03-01T10:00:00Z')]);
  expect((await s.issue(1)).title).toContain('に脆弱性があります');
  await take(s, [told('left-pad-plus lets a request crash it', 'updated', '2026-03-01T11:00:00Z')]);
  expect((await s.issue(1)).title).toContain('left-pad-plus lets a request crash it');
  expect((await s.store.query('select titles from alert')).rows).toEqual([{ titles: null }]);
});
