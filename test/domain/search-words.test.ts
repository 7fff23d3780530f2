import { describe, expect, it } from 'vitest';
import { searchWords } from '../../src/domain/search-words.ts';

describe('the words of a text for search', () => {
  it('are found without spaces between them', () => {
    expect(searchWords('管理者の不審なログインを検知しました。')).toEqual(
      expect.arrayContaining(['管理者', '不審', 'ログイン', '検知']),
    );
  });

  it('are the same in every width, case and composition', () => {
    expect(searchWords('ﾛｸﾞｲﾝ失敗 ＷＥＢ-01')).toEqual(searchWords('ログイン失敗 web-01'));
    expect(searchWords('か\u3099くしゅう')).toEqual(searchWords('がくしゅう'));
  });

  it('keep addresses, names and paths whole, also between kana', () => {
    expect(searchWords('203.0.113.7からWEB-01へ/var/www/a.phpを')).toEqual(
      expect.arrayContaining(['203.0.113.7', 'web-01', '/var/www/a.php']),
    );
  });

  it('take a kanji alone for a word, but no letter or particle alone', () => {
    expect(searchWords('鍵 a の')).toEqual(['鍵']);
  });
});
