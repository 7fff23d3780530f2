import { describe, expect, it } from 'vitest';
import { createRedaction, tooCommon } from '../../src/domain/redaction.ts';

const taken = (wanted: string, text: string) => createRedaction(wanted).text(text);

describe('a text that is to go', () => {
  it.each([
    ['full-width letters', 'Hanako Sato', 'a Ｈａｎａｋｏ　Ｓａｔｏ b', 'a [redacted] b'],
    ['full-width digits', '090-1234-5678', 'tel:０９０－１２３４－５６７８。', 'tel:[redacted]。'],
    ['half-width kana', 'ハナコガ', '「ﾊﾅｺｶﾞ」さん', '「[redacted]」さん'],
    ['kana in two parts', 'サトウ ガク', 'サトウ カ\u3099ク、', '[redacted]、'],
    ['one sign for several', '(株)例示', '㈱例示の人', '[redacted]の人'],
    ['a letter and its accent', 'André', 'to Andre\u0301!', 'to [redacted]!'],
    [
      'zero-width signs',
      'Hanako Sato',
      'a\u200b Ha\u200bna\u00adko Sa\ufefft\u2060o\u200b.',
      'a\u200b [redacted]\u200b.',
    ],
    ['a line break', 'Hanako Sato', 'by Hanako\r\n  Sato\n', 'by [redacted]\n'],
    ['no sign of ours in the wish', 'Ｈａｎａｋｏ\u200b Sato', 'by hanako sato', 'by [redacted]'],
  ])('is found in %s', (_, wanted, text, left) => {
    expect(taken(wanted, text)).toBe(left);
  });

  it('leaves every other byte as it was', () => {
    const other = 'ｶﾞ　㈱\u200b e\u0301\t\t ①\u00a0x ';
    expect(taken('Hanako Sato', other)).toBe(other);
    expect(taken('Hanako Sato', `${other}hanako sato${other}`)).toBe(`${other}[redacted]${other}`);
    expect(taken('Andre', 'Andre\u0301')).toBe('Andre\u0301');
  });

  it('is found in JSON within JSON, which stays JSON', () => {
    const inner = JSON.stringify({ by: 'Ｈａｎａｋｏ\nSato' });
    const content = Buffer.from(JSON.stringify({ inner, n: 1 }));
    const left = createRedaction('Hanako Sato').bytes(content).toString();
    expect(JSON.parse(JSON.parse(left).inner)).toEqual({ by: '[redacted]' });
    expect(createRedaction('Hanako Sato').isIn([{ inner }])).toBe(true);
  });

  it('is too common by what can be seen of it', () => {
    expect(tooCommon('a\u200b\u200b\u200b\u200bb')).toBe(true);
    expect(tooCommon('佐\u200b藤')).toBe(false);
  });
});
