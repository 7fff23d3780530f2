import { describe, expect, it } from 'vitest';
import { brief } from '../../src/publish/brief.ts';
import { clause, code, oneLine, titleText } from '../../src/publish/text.ts';

const segmenter = new Intl.Segmenter('ja', { granularity: 'grapheme' });
const signsOf = (text: string) => [...segmenter.segment(text)].map(({ segment }) => segment);

/** Signs of more than one code point each. */
const signs: [string, string][] = [
  ['a flag', '🇯🇵'],
  ['a family', '👨‍👩‍👧'],
  ['kana with a combining dakuten', 'か\u3099'],
  ['Hangul in jamo', '\u1112\u1161\u11ab'],
  ['a letter with two marks', 'e\u0301\u0323'],
];

describe('text that is cut', () => {
  it.each(signs)('never ends within %s', (_, sign) => {
    const shown = oneLine(sign.repeat(40), 1_000);
    const whole = new Set([...signsOf(shown), '…']);
    for (let limit = 10; limit < 40; limit += 1) {
      const cut = oneLine(sign.repeat(40), limit);
      expect(cut.endsWith('…')).toBe(true);
      expect(cut.length).toBeLessThanOrEqual(limit);
      for (const seen of signsOf(cut)) expect(whole).toContain(seen);
      for (const text of [code(sign.repeat(40), limit), titleText(sign.repeat(40), limit)])
        expect(text.replace(/[`…]/g, '').length % (signsOf(shown)[0]?.length ?? 1)).toBe(0);
    }
  });

  it('keeps Japanese up to the cut, where no space parts its words', () => {
    const text = `web-01 で ${'不審なログインが続いています'.repeat(20)}`;
    const cut = brief([text], 100);
    expect(cut).toMatch(/^web-01 で 不審な.*…$/);
    expect(cut.length).toBeGreaterThan(95);
    expect(brief([`${'word '.repeat(30)}`], 23)).toBe('word word word word…');
  });

  it('loses the full stop of either language where ours goes on', () => {
    expect(clause('見つかりました。')).toBe('見つかりました');
    expect(brief(['It was found.'])).toBe('It was found');
  });
});
