import { describe, expect, it } from 'vitest';
import { cutText } from '../../src/domain/cut.ts';

const family = '👨‍👩‍👧‍👦';

describe('cutText', () => {
  it('leaves a text that is short enough as it is', () => {
    expect(cutText('short', 5)).toBe('short');
    expect(cutText('', 0)).toBe('');
  });

  it('cuts plain text at the limit', () => {
    expect(cutText('abcdef', 3)).toBe('abc');
    expect(cutText('不審なログイン', 3)).toBe('不審な');
    expect(cutText('abc', 0)).toBe('');
  });

  it.each([
    ['an accent that stands alone', 'cafe\u0301s', 4, 'caf'],
    ['a dakuten that stands alone', 'か\u3099ぎ', 1, ''],
    ['a surrogate pair', '𠮷野家', 1, ''],
    ['a variant of a kanji', '葛\u{E0100}城', 2, ''],
    ['a family', `a${family}b`, 5, 'a'],
    ['a flag', '🇯🇵🇯🇵', 6, '🇯🇵'],
    ['a line break of two signs', 'a\r\nb', 2, 'a'],
    ['a syllable of Hangul', '\u1112\u1161\u11ab.', 2, ''],
  ])('never parts %s', (_, text, limit, expected) => {
    expect(cutText(text, limit)).toBe(expected);
  });

  it('keeps a sign that ends exactly at the limit', () => {
    expect(cutText(`${family}が見た`, family.length)).toBe(family);
    expect(cutText('か\u3099ぎ', 2)).toBe('か\u3099');
  });

  it('cuts marks heaped on one letter, which are no sign anybody writes, and leaves it well-formed', () => {
    const heap = `e${'\u0301'.repeat(5_000)}`;
    expect(cutText(heap, 1_000)).toHaveLength(1_000);
    const pairs = `x${'\u{E0101}'.repeat(5_000)}`;
    expect(cutText(pairs, 1_000)).toHaveLength(999);
    expect(cutText(pairs, 1_000).isWellFormed()).toBe(true);
  });

  it('ends everywhere between two signs of a mixed text', () => {
    const text = `log: ${family} が 𠮷野 で か\u3099 cafe\u0301 を開いた。`.repeat(40);
    const ends = new Set([...new Intl.Segmenter('und').segment(text)].map(({ index }) => index));
    for (let limit = 1; limit < text.length; limit += 1) {
      const { length } = cutText(text, limit);
      expect(ends.has(length), `limit ${limit}`).toBe(true);
      expect(limit - length).toBeLessThan(family.length);
    }
  });

  it('looks at the place of the cut alone, however long the text is', () => {
    const long = '𠮷'.repeat(4_000_000);
    for (let n = 0; n < 20_000; n += 1) cutText(long, 4_001);
    expect(cutText(long, 4_001)).toHaveLength(4_000);
  });
});
