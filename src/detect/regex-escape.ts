import { type CodePoints, inverse, union } from './code-points.ts';
import type { RegexReader } from './regex-reader.ts';

const digit: CodePoints = [[0x30, 0x39]];
const word: CodePoints = [
  [0x30, 0x39],
  [0x41, 0x5a],
  [0x5f, 0x5f],
  [0x61, 0x7a],
];
const space: CodePoints = [
  [0x09, 0x0d],
  [0x20, 0x20],
];
const horizontal: CodePoints = [
  [0x09, 0x09],
  [0x20, 0x20],
  [0xa0, 0xa0],
  [0x1680, 0x1680],
  [0x180e, 0x180e],
  [0x2000, 0x200a],
  [0x202f, 0x202f],
  [0x205f, 0x205f],
  [0x3000, 0x3000],
];
const vertical: CodePoints = [
  [0x0a, 0x0d],
  [0x85, 0x85],
  [0x2028, 0x2029],
];
export const lineBreak: CodePoints = [[0x0a, 0x0a]];

/** As PCRE without its Unicode properties: ASCII only, and the vertical tab is a space. */
const shorthands: Record<string, CodePoints> = {
  d: digit,
  w: word,
  s: space,
  h: horizontal,
  v: vertical,
  D: inverse(digit),
  W: inverse(word),
  S: inverse(space),
  H: inverse(horizontal),
  V: inverse(vertical),
};

const controls: Record<string, number> = { a: 7, e: 27, f: 12, n: 10, r: 13, t: 9 };

/** An escape that stands for one code point or for one of a set. */
export type Escape = { is: 'char'; point: number } | { is: 'set'; of: CodePoints };

/**
 * Reads what follows a backslash where it means the same inside a class and outside; undefined, with nothing read,
 * when it means something else, which is for the caller to know. Any sign that is no ASCII letter or digit is itself.
 */
export function readEscape(reader: RegexReader, anyCase: boolean): Escape | undefined {
  const start = reader.at;
  const letter = reader.next();
  if (letter === '') reader.refuse('a backslash with nothing behind it', start - 1);
  const shorthand = shorthands[letter];
  if (shorthand) return { is: 'set', of: shorthand };
  const control = controls[letter];
  if (control !== undefined) return { is: 'char', point: control };
  if (letter === 'x') return { is: 'char', point: hexadecimal(reader) };
  if (letter === 'o') return { is: 'char', point: Number.parseInt(must(reader, /\{([0-7]{1,7})\}/y, '\\o'), 8) };
  if (letter === '0') return { is: 'char', point: Number.parseInt(reader.match(/[0-7]{0,2}/y)?.[0] || '0', 8) };
  if (letter === 'c')
    return {
      is: 'char',
      point:
        must(reader, /([ -~])/y, '\\c')
          .toUpperCase()
          .charCodeAt(0) ^ 64,
    };
  if (letter === 'p' || letter === 'P') return { is: 'set', of: property(reader, letter === 'P', anyCase) };
  if (!/[A-Za-z0-9]/.test(letter)) return { is: 'char', point: letter.codePointAt(0) ?? 0 };
  reader.at = start;
  return undefined;
}

function must(reader: RegexReader, sticky: RegExp, name: string): string {
  return reader.match(sticky)?.[1] ?? reader.refuse(`an incomplete ${name}`, reader.at - 2);
}

function hexadecimal(reader: RegexReader): number {
  const at = reader.at - 2;
  const digits = reader.match(/\{([0-9a-fA-F]{1,6})\}/y)?.[1] ?? reader.match(/[0-9a-fA-F]{2}/y)?.[0];
  const point = Number.parseInt(digits ?? reader.refuse('an incomplete \\x', at), 16);
  return point <= 0x10ffff ? point : reader.refuse('a code point beyond Unicode', at);
}

const properties = new Map<string, CodePoints>();

/** General categories, `\pL` or `\p{Lu}`; scripts mean different things in different versions of PCRE. */
function property(reader: RegexReader, not: boolean, anyCase: boolean): CodePoints {
  const at = reader.at - 2;
  const found = reader.match(/(?:\{(\^?)([A-Z][a-z]?)\}|([A-Z]))/y);
  const name = found?.[2] ?? found?.[3] ?? reader.refuse('a Unicode property that is no general category', at);
  if (anyCase && /^L[ult]$/.test(name)) reader.refuse(`\\p{${name}} without regard to case`, at);
  const known = properties.get(name) ?? categoryOf(name) ?? reader.refuse(`an unknown Unicode category ${name}`, at);
  properties.set(name, known);
  return not !== (found?.[1] === '^') ? inverse(known) : known;
}

function categoryOf(name: string): CodePoints | undefined {
  let category: RegExp;
  try {
    category = new RegExp(`^\\p{General_Category=${name}}$`, 'u');
  } catch {
    return undefined;
  }
  const ranges: [number, number][] = [];
  for (let point = 0; point <= 0x10ffff; point++) {
    if (!category.test(String.fromCodePoint(point))) continue;
    const before = ranges.at(-1);
    if (before && before[1] === point - 1) before[1] = point;
    else ranges.push([point, point]);
  }
  return union(ranges);
}

/** POSIX classes of PCRE, `[:alpha:]` and so on. */
export const posix: Record<string, CodePoints> = {
  alnum: [...digit, [0x41, 0x5a], [0x61, 0x7a]],
  alpha: [
    [0x41, 0x5a],
    [0x61, 0x7a],
  ],
  ascii: [[0, 0x7f]],
  blank: [
    [0x09, 0x09],
    [0x20, 0x20],
  ],
  cntrl: [
    [0, 0x1f],
    [0x7f, 0x7f],
  ],
  digit,
  graph: [[0x21, 0x7e]],
  lower: [[0x61, 0x7a]],
  print: [[0x20, 0x7e]],
  punct: [
    [0x21, 0x2f],
    [0x3a, 0x40],
    [0x5b, 0x60],
    [0x7b, 0x7e],
  ],
  space,
  upper: [[0x41, 0x5a]],
  word,
  xdigit: [...digit, [0x41, 0x46], [0x61, 0x66]],
};
