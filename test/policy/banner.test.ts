import { describe, expect, it } from 'vitest';
import { bannerOf, type SourceState } from '../../src/policy/banner.ts';
import { safeDefaults } from '../../src/policy/safe-defaults.ts';

const inForce = { ...safeDefaults('acme/soc-config'), language: 'ja' as const };
const good = { ...inForce, commit: 'a'.repeat(40) };

describe('the banner in Japanese', () => {
  it.each<[SourceState, string]>([
    [{ is: 'unread' }, 'acme/soc-config のポリシーはまだ読み込まれていません。'],
    [{ is: 'empty' }, '既定のブランチに yagura.md がありません。'],
    [{ is: 'unreadable', because: 'away', passing: true }, '読み込めませんでした(応答がありません)。'],
    [
      { is: 'broken', commit: 'b'.repeat(40), problems: [{ path: 'yagura.md', line: 3, message: 'mode: missing.' }] },
      'の最新のポリシー(bbbbbbbbbbbb)に誤りがあります: yagura.md:3 mode: missing。',
    ],
  ])('of %j says what is the matter, and what is in force', (state, sentence) => {
    expect(bannerOf(state, good)).toContain(sentence);
    expect(bannerOf(state, good)).toContain('有効なのは最後に正しかった aaaaaaaaaaaa です。');
    expect(bannerOf(state, inForce)).toContain('有効なのは安全な既定値で、観察のみです。');
  });

  it('is English for the log, and none when the newest is in force', () => {
    expect(bannerOf({ is: 'unread' }, good, 'en')).toBe(
      'The policy in acme/soc-config has not been read yet. In force: aaaaaaaaaaaa, the last good one.',
    );
    expect(bannerOf({ is: 'good', commit: good.commit }, good)).toBeUndefined();
  });
});
