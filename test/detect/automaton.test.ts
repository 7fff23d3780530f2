import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Automaton, type Literal } from '../../src/detect/automaton.ts';
import { fold } from '../../src/detect/fold.ts';

/** Few letters, so that literals overlap; some whose case folds to ASCII, grows, or is special. */
const letters = fc.constantFrom('a', 'b', 'A', 'k', 'K', 's', 'ſ', 'σ', 'ς', 'İ', ':');
const word = (minLength: number, maxLength: number) =>
  fc.array(letters, { minLength, maxLength }).map((all) => all.join(''));

function literals(texts: string[], start: boolean, end: boolean): Literal[] {
  return texts.map((text, id) => ({ text: fold(text), start, end, id }));
}

function found(all: Literal[], text: string): number[] {
  const ids = new Set<number>();
  new Automaton(all).scan(text, (hit) => {
    for (const id of hit) ids.add(id);
  });
  return [...ids].sort((a, b) => a - b);
}

function expected(all: Literal[], text: string): number[] {
  const folded = fold(text);
  const is = ({ text: wanted, start, end }: Literal) =>
    start && end
      ? folded === wanted
      : start
        ? folded.startsWith(wanted)
        : end
          ? folded.endsWith(wanted)
          : folded.includes(wanted);
  return all.filter(is).map(({ id }) => id);
}

// Below and above the length from which parts of a text are skipped.
test.each([
  [1, 4],
  [6, 9],
])('finds the literals a text holds, and no others (%i to %i letters)', (least, most) => {
  fc.assert(
    fc.property(
      fc.array(word(least, most), { minLength: 1, maxLength: 8 }),
      fc.boolean(),
      fc.boolean(),
      word(0, 12),
      word(0, 12),
      fc.nat(),
      (texts, start, end, before, behind, which) => {
        const all = literals(texts, start, end);
        for (const text of [before, `${before}${texts[which % texts.length]}${behind}`])
          expect(found(all, text)).toEqual(expected(all, text));
      },
    ),
    { numRuns: 2_000 },
  );
});

test('finds a long literal wherever it stands in a long text', () => {
  const [only] = literals(['Sekurlsa::LogonPasswords'], false, false);
  const all = only ? [only] : [];
  for (let at = 0; at < 60; at += 1) {
    const text = `${'s'.repeat(at)}SEKURLSA::logonpasswords${'e'.repeat(40)}`;
    expect(found(all, text)).toEqual([0]);
    expect(found(all, text.replace('::', ':'))).toEqual([]);
  }
});
