import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fold } from '../../src/detect/fold.ts';
import { type LinearRegex, linearRegex } from '../../src/detect/regex.ts';

function flagsOf(letters: string) {
  return { i: letters.includes('i'), m: letters.includes('m'), s: letters.includes('s') };
}

function compiled(source: string, letters = ''): LinearRegex {
  const regex = linearRegex(source, flagsOf(letters));
  if ('refused' in regex) throw new Error(`${source}: ${regex.refused}`);
  return regex;
}

function refusal(source: string, letters = ''): string | undefined {
  const regex = linearRegex(source, flagsOf(letters));
  return 'refused' in regex ? regex.refused : undefined;
}

describe('a regular expression is read as PCRE reads it', () => {
  it.each<[source: string, flags: string, matches: string[], not: string[]]>([
    ['net\\s+user', '', ['x net \t user y', 'net\vuser'], ['netuser', 'NET USER']],
    ['net\\s+user', 'i', ['NET  User'], ['netuser']],
    ['(?i)echo.*clip', '', ['ECHO x CLIP'], ['clip echo']],
    ['a(?i)b|c', '', ['aB', 'C'], ['AB']],
    ['(?i:a)b', '', ['Ab'], ['AB']],
    ['(a(?i)b)c', '', ['aBc'], ['aBC']],
    ['(?i)a(?-i)b', '', ['Ab'], ['AB']],
    ['(?x) a b # a comment\n c', '', ['abc'], ['a b c']],
    ['a(?#nothing)b', '', ['ab'], []],
    ['[Rr]un\\.exe$', '', ['x run.exe', 'Run.exe\n'], ['run.exe\n\n', 'runxexe', 'run.exe.']],
    ['a$', 'm', ['a\nb', 'a'], ['ab']],
    ['^b', '', ['b'], ['a\nb']],
    ['^b', 'm', ['a\nb'], ['a b']],
    ['a\\Z', 'm', ['a\n'], ['a\nb']],
    ['a\\z', '', ['a'], ['a\n']],
    ['\\Aa', 'm', ['a'], ['b\na']],
    ['foo($|\\s).*', '', ['foo', 'foo\n', 'foo bar'], ['foobar']],
    ['a.b', '', ['a\rb', 'a\u2028b', 'a😀b'], ['a\nb']],
    ['a.b', 's', ['a\nb'], ['ab']],
    ['a\\Nb', 's', ['axb'], ['a\nb']],
    ['^..$', '', ['😀😀'], ['😀']],
    ['\\d\\w\\W', '', ['1_-'], ['١a-']],
    ['\\ba', '', ['é a', 'éa'], ['ba']],
    ['^\\h\\v$', '', ['\u00a0\u2028', '\t\n'], ['a\n']],
    ['[[:alpha:]][[:^digit:]][^[:space:]]', '', ['axx'], ['1xx', 'a1x', 'ax ']],
    ['[[:upper:]]', 'i', ['a'], ['1']],
    ['[]a][^]a]', '', [']b'], ['b]']],
    ['[a-c\\d_-]x', '', ['bx', '7x', '-x', '_x'], ['dx']],
    ['[\\b]', '', ['\b'], ['b']],
    ['\\-\\_\\"\\/\\<\\@\\%\\ ', '', ['-_"/<@% '], ['-_']],
    ['\\x41\\x{1F600}\\o{101}\\0', '', ['A😀A\0'], ['A']],
    ['\\t\\n\\r\\f\\e\\a\\cA', '', ['\t\n\r\f\x1b\x07\x01'], ['t']],
    ['\\Qa.b*\\E+', '', ['a.b**'], ['axb']],
    ['(?<name>a)(?P<other>b)(?:c)(?|d)', '', ['abcd'], []],
    ['a{2}b{1,}c{0,1}d??e+?', '', ['aabbe', 'aabce'], ['abe']],
    ['\\{x{x}y{,', '', ['{x{x}y{,'], []],
    ['\\p{Lu}\\PL\\p{^N}', '', ['Ä-x'], ['ä-x', 'Ä-1']],
    ['[^\\s\\S]', '', [], ['a', '']],
    ['(|a)b', '', ['b'], ['a']],
    ['\\String', '', ['xtring', '-tring'], ['String'.slice(1), ' tring']],
  ])('%j with flags %j', (source, flags, matches, not) => {
    const regex = compiled(source, flags);
    for (const text of matches) expect([text, regex.test(text)]).toEqual([text, true]);
    for (const text of not) expect([text, regex.test(text)]).toEqual([text, false]);
  });

  it.each([
    ['k', 'K'],
    ['σ', 'ς'],
    ['Σ', 'ς'],
    ['é', 'É'],
    ['[α-ω]', 'Σ'],
  ])('without regard to case %s matches %s, as fold says', (source, text) => {
    expect(compiled(source, 'i').test(text)).toBe(true);
    expect(compiled(source).test(text)).toBe(false);
  });

  it('without regard to case matches exactly the characters that fold to the same, below U+20000', () => {
    const byFold = Map.groupBy(
      Array.from({ length: 0x20000 }, (_, point) => String.fromCodePoint(point)).filter((char) => char.isWellFormed()),
      fold,
    );
    const groups = [...byFold.values()].filter((group) => group.length > 1);
    expect(groups.length).toBeGreaterThan(1000);
    for (const group of groups.filter((_, index) => index % 20 === 0)) {
      for (const char of group) {
        const regex = compiled(`^\\x{${char.codePointAt(0)?.toString(16)}}$`, 'i');
        for (const other of group) expect([char, other, regex.test(other)]).toEqual([char, other, true]);
      }
    }
    expect(compiled('s', 'i').test('ſ')).toBe(fold('ſ') === 's');
    for (let point = 0x20000; point < 0x110000; point++) {
      const char = String.fromCodePoint(point);
      if (fold(char) !== char) expect.unreachable(`${point.toString(16)} has a case`);
    }
  });
});

describe('a regular expression is refused with a sentence', () => {
  it.each([
    ['a(?=b)', 'a look-ahead at character 2'],
    ['a(?!b)', 'a look-ahead'],
    ['(?<=a)b', 'a look-behind at character 1'],
    ['(?<!a)b', 'a look-behind'],
    ['(a)\\1', 'a back-reference at character 4'],
    ['(?<n>a)\\k<n>', 'a back-reference'],
    ['(?P<n>a)(?P=n)', 'a back-reference'],
    ['(a)\\g{1}', 'a back-reference'],
    ['(?>a)b', 'an atomic group'],
    ['a++b', 'a possessive repetition at character 2'],
    ['a{1,2}+b', 'a possessive repetition'],
    ['(a(?R)?b)', 'a recursion'],
    ['(?1)(a)', 'a recursion'],
    ['(?(1)a|b)', 'a conditional group'],
    ['(*UTF8)a', 'a verb'],
    ['a\\K', '\\K'],
    ['\\Gx', '\\G'],
    ['(a', 'a group without its end'],
    ['a)', 'a closing bracket without its opening one'],
    ['[a', 'a class without its end'],
    ['[z-a]', 'a range that ends before it begins'],
    ['[\\w-z]', 'a range from or to a class'],
    ['[[:letter:]]', 'an unknown class'],
    ['*a', 'a repetition of nothing'],
    ['a**', 'a repetition of a repetition'],
    ['a{2,1}', 'the wrong way round'],
    ['a{,3}', 'some versions of PCRE'],
    ['\\y', 'an unknown escape \\y'],
    ['\\u0041', 'an unknown escape \\u'],
    ['a\\', 'a backslash with nothing behind it'],
    ['\\p{Greek}', 'a Unicode property that is no general category'],
    ['(?z)a', 'an unknown kind of group'],
    ['a$\\n', 'a `$` with a place or a line break behind it'],
    ['(\\w?$\\n?){2}\\w?$\\n', 'a `$` with a place or a line break behind it'],
    ['(?:[a\\n]$){2}', 'a `$` with a place or a line break behind it'],
    ['a$\\b', 'a `$` with a place'],
    ['\ud800', 'half of a surrogate pair'],
    ['a{1001}', 'more than 1000 copies'],
    ['(a{1000}){1000}', 'more than 1000 copies'],
    ['(?:a?){20,}(?:(?:b{10}){10}){11}', 'more than 1000 copies'],
    ['(?:[a-z]{900}x){0,1}'.repeat(6), 'over 5000'],
    [`${'('.repeat(150)}a${')'.repeat(150)}`, 'more than 100 deep'],
    ['a'.repeat(10_001), 'over the bound of 10000'],
  ])('%j', (source, words) => {
    expect(refusal(source)).toContain(words);
    expect(refusal(source)).toMatch(/^The regular expression has .*\.$/s);
  });

  it('when `^` of several lines could stand behind the last line break, where PCRE differs', () => {
    expect(refusal('^\\s*', 'm')).toContain('a `^` of several lines');
    expect(refusal('^\\s*')).toBeUndefined();
  });
});

describe('literals', () => {
  it.each<[source: string, flags: string, literals: string[]]>([
    ['net\\s+CONFIG', '', ['config']],
    ['\\\\PipeName[0-9a-f]{2}', '', ['\\pipename']],
    ['[Rr][Uu][Nn][Dd][Ll][Ll]32', '', ['rundll32']],
    ['(system32|SysWOW64)\\\\.*', '', ['system32\\', 'syswow64\\']],
    ['https?://', '', ['https://', 'http://']],
    ['(?i)kiss', '', ['kiss']],
    ['(?:ab){3}', '', ['ababab']],
    ['.*(first|).*second', '', ['second']],
    ['(abc|.)', '', []],
    ['a*', '', []],
    ['', '', []],
    ['x', '', []],
    ['.{1000,}', '', []],
    ['ΟΔΟΣ', '', ['οδοσ']],
  ])('of %j with flags %j', (source, flags, literals) => {
    expect(compiled(source, flags).literals.toSorted()).toEqual(literals.toSorted());
  });

  it('are at most 32 of at least two characters', () => {
    const words = (count: number) => Array.from({ length: count }, (_, index) => `word${index + 10}x`).join('|');
    expect(compiled(words(32)).literals).toHaveLength(32);
    expect(compiled(words(33)).literals).toEqual([]);
    expect(compiled('[a-f][a-f]').literals).toEqual([]);
    expect(compiled('[a-e][a-f]').literals).toHaveLength(30);
  });
});

/** Backtracking would need longer than the universe for the first, and hours for those of a polynomial. */
describe('no text makes it slow: each is done with', () => {
  const mixed = (length: number) =>
    Array.from({ length }, (_, at) => ((Math.imul(at, 2654435761) >>> 13) % 3 ? 'a' : 'b')).join('');
  it.each<[source: string, text: string]>([
    ['(a+)+$', `${'a'.repeat(40_000)}!`],
    ['z(a|a)*!z', `!z z${'a'.repeat(40_000)}`],
    ['(.*a){20}c', `c\n${'a'.repeat(40_000)}`],
    ['x*x*x*x*x*x*x*x*xy', `y${'x'.repeat(40_000)}`],
    ['(\\w+\\s?)*\\b!$', `! ${'ab '.repeat(13_000)}`],
    ['(a|b)*a(a|b){20}c', `c\n${mixed(20_000)}`],
    ['a[ab]{900}b[ab]{900}c', `c\n${mixed(10_000)}`],
    ['(?:a?){900}a{90}c', `c\n${'a'.repeat(40_000)}`],
    ['(x+x+)+y', `y\n${'x'.repeat(40_000)}`],
  ])('%s', (source, text) => {
    expect(compiled(source).test(text)).toBe(false);
  });
});

/** An expression of what JavaScript reads as PCRE does, and a text that it matches. */
const sample: fc.Arbitrary<{ source: string; text: string }> = fc.letrec((tie) => {
  type Sample = { source: string; text: string };
  const inner = tie('sample') as fc.Arbitrary<Sample>;
  const char = fc.constantFrom('a', 'b', 'c', 'K', 's', 'Σ', 'σ', 'İ', 'é', 'k', 'ſ', '-', '0', '😀');
  const literal = fc.string({ unit: char, minLength: 1, maxLength: 4 }).map((text) => ({ source: text, text }));
  const oneOf = fc
    .tuple(fc.constantFrom('[abc0]', '[^x]', '[\\da-c]', '\\w', '[a-z0-9]', '.'), fc.constantFrom('a', 'b', 'c', '0'))
    .map(([source, text]) => ({ source, text }));
  const sequence = fc.array(inner, { minLength: 1, maxLength: 3 }).map((parts) => ({
    source: parts.map((part) => part.source).join(''),
    text: parts.map((part) => part.text).join(''),
  }));
  const either = fc.tuple(fc.array(inner, { minLength: 2, maxLength: 3 }), fc.nat(1)).map(([parts, which]) => ({
    source: `(?:${parts.map((part) => part.source).join('|')})`,
    text: parts[which]?.text ?? '',
  }));
  const repeat = fc
    .tuple(inner, fc.constantFrom('*', '+', '?', '{2}', '{1,3}', '{2,}'), fc.nat(1))
    .map(([{ source, text }, sign, more]) => {
      const least = { '*': 0, '+': 1, '?': 0, '{2}': 2, '{1,3}': 1, '{2,}': 2 }[sign] ?? 0;
      return { source: `(?:${source})${sign}`, text: text.repeat(sign === '{2}' ? 2 : least + more) };
    });
  return { sample: fc.oneof({ depthSize: 'small', withCrossShrink: true }, literal, oneOf, sequence, either, repeat) };
}).sample as fc.Arbitrary<{ source: string; text: string }>;

type Translation = readonly [pcre: string, once: string, lines: string];

/** The same in PCRE and, without flags and with the flag m, in what JavaScript understands by it. */
const translated: fc.Arbitrary<Translation[]> = fc.letrec((tie) => {
  const same = (source: string): Translation => [source, source, source];
  const end = '(?=\\n?(?![^]))';
  const atom = fc.constantFrom<Translation>(
    ...['a', 'b', '0', '[^a]', '\\d', '\\w', '[\\n-]', '\\b', '\\B'].map(same),
    ['.', '[^\\n]', '[^\\n]'],
    ['$', end, '(?=\\n|(?![^]))'],
    ['\\Z', end, end],
    ['^', '(?<![^])', '(?:(?<![^])|(?<=\\n)(?=[^]))'],
    ['\\s', '[\\t-\\r ]', '[\\t-\\r ]'],
    ['\\z', '(?![^])', '(?![^])'],
  );
  const group = fc
    .tuple(
      tie('parts') as fc.Arbitrary<Translation[]>,
      tie('parts') as fc.Arbitrary<Translation[]>,
      fc.constantFrom('', '*', '+', '?', '{2}', '{0,2}'),
    )
    .map(([one, other, sign]): Translation => {
      const join = (at: 0 | 1 | 2) =>
        `(?:${one.map((part) => part[at]).join('')}|${other.map((part) => part[at]).join('')})${sign}`;
      return [join(0), join(1), join(2)];
    });
  const piece = fc.oneof({ depthSize: 'small' }, atom, group);
  return { parts: fc.array(piece, { maxLength: 4, depthIdentifier: 'regex' }) };
}).parts as fc.Arbitrary<Translation[]>;

const around = fc.string({ unit: fc.constantFrom('a', 'b', 'x', 'Σ', 'k', ' ', '\n', '0'), maxLength: 5 });

describe('laws', () => {
  it('a text made from an expression matches it, and contains one of its literals', () => {
    fc.assert(
      fc.property(sample, around, around, fc.boolean(), ({ source, text }, before, after, i) => {
        const whole = before + text + after;
        const regex = compiled(source, i ? 'i' : '');
        expect(regex.test(whole)).toBe(true);
        const folded = fold(whole);
        expect(regex.literals.length === 0 || regex.literals.some((literal) => folded.includes(literal))).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('whatever text matches contains one of its literals', () => {
    const texts = fc.string({
      unit: fc.constantFrom('a', 'b', 'c', 'k', 'K', 'ς', 'Σ', 'S', 'ſ', '0', '-'),
      maxLength: 12,
    });
    fc.assert(
      fc.property(sample, fc.array(texts, { minLength: 5, maxLength: 10 }), ({ source }, some) => {
        const regex = compiled(source, 'i');
        if (regex.literals.length === 0) return;
        for (const text of some.filter((one) => regex.test(one))) {
          expect(regex.literals.some((literal) => fold(text).includes(literal))).toBe(true);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('it agrees with RegExp, where that is told what PCRE means', () => {
    const texts = fc.string({ unit: fc.constantFrom('a', 'b', 'K', '0', '-', ' ', '\n', '\v'), maxLength: 8 });
    let agreed = 0;
    fc.assert(
      fc.property(translated, fc.boolean(), fc.array(texts, { minLength: 8, maxLength: 8 }), (parts, m, some) => {
        const regex = linearRegex(parts.map(([ours]) => ours).join(''), { i: false, m, s: false });
        if ('refused' in regex) {
          expect(regex.refused).toMatch(/ a `[$^]` | steps | copies /);
          return;
        }
        agreed++;
        const own = new RegExp(parts.map(([, once, lines]) => (m ? lines : once)).join(''), 'u');
        for (const text of some)
          expect([regex.source, text, regex.test(text)]).toEqual([regex.source, text, own.test(text)]);
      }),
      { numRuns: 2000 },
    );
    expect(agreed).toBeGreaterThan(500);
  });
});
