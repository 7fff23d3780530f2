import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plain, plainLine } from '../../src/notify/plain.ts';
import { code, prose } from '../../src/publish/text.ts';

describe('a line rendered for GitHub', () => {
  it.each([
    ['🔴 **Look now.** `Login failures` on `web-01`.', '🔴 Look now. Login failures on web-01.'],
    ['``a ` b`` and `` `x` ``', 'a ` b and `x`'],
    [prose('a < b & c [x](y) \\ `z`'), 'a < b & c [x](y) \\ `z`'],
    ['`**not bold** \\n &lt;`', '**not bold** \\n &lt;'],
  ])('reads %j as plain text', (markdown, text) => {
    expect(plainLine(markdown)).toBe(text);
  });

  it('says what stood in its code spans, whatever that was', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 60 }), (text) => {
        expect(plainLine(`**It:** ${code(text)}.`)).toBe(
          text.trim() === '' ? 'It: (empty).' : plain(`It: ${text.trim()}.`, 1_000),
        );
      }),
    );
  });
});

describe('text of others', () => {
  it.each([
    ['https://evil.example.com/a.php', 'hxxps://evil.example[.]com/a[.]php'],
    ['HTTP://203.0.113.7:80', 'HxxP://203.0.113[.]7:80'],
    ['slack://open', 'slack[:]//open'],
    ['203.0.113[.]7 evil[.]example', '203.0.113[.]7 evil[.]example'],
    ['run.sh v1.2.3 4.5', 'run[.]sh v1.2[.]3 4.5'],
    ['a@evil.example @everybody', 'a＠evil[.]example ＠everybody'],
    ['例え.テスト', '例え[.]テスト'],
    ['one\r\ntwo\u202ethree\u200b', 'one twothree'],
    ['key AKIAABCDEFGHIJKLMNOP', 'key [secret removed]'],
  ])('%j becomes %j', (text, shown) => {
    expect(plain(text)).toBe(shown);
  });

  it('has no link, no @ and no second line left, and does not change when done twice', () => {
    const parts = fc.constantFrom(
      'http://',
      'evil.example',
      '@',
      '.',
      'com',
      '\n',
      '[.]',
      '203.0.113.7',
      ' ',
      'a',
      '/',
      ':',
    );
    fc.assert(
      fc.property(fc.array(parts, { maxLength: 20 }), (given) => {
        const shown = plain(given.join(''));
        expect(shown).not.toMatch(/https?:\/\/|@|\n/);
        expect(shown).not.toMatch(/[a-z]\.[a-z]+(?![[.\w])/i);
        expect(plain(shown)).toBe(shown);
      }),
    );
  });
});
