import { anyCase, type CodePoints, inverse, union } from './code-points.ts';
import { posix, readEscape } from './regex-escape.ts';
import type { RegexReader } from './regex-reader.ts';

type Member = { char: number } | { set: CodePoints };

/** Reads a class whose `[` has been read: `[a-z\d_]`, `[^"]`, `[[:alpha:]]`. */
export function readClass(reader: RegexReader, folded: boolean): CodePoints {
  const start = reader.at - 1;
  const not = reader.take('^');
  const chars: [number, number][] = [];
  const sets: CodePoints[] = [];
  for (let first = true; first || !reader.take(']'); first = false) {
    if (reader.over) reader.refuse('a class without its end', start);
    const at = reader.at;
    const member = readMember(reader, folded);
    const ranged = reader.match(/-(?!\])/y) !== undefined;
    if (!ranged) {
      if ('char' in member) chars.push([member.char, member.char]);
      else sets.push(member.set);
      continue;
    }
    const to = reader.over ? reader.refuse('a class without its end', start) : readMember(reader, folded);
    if (!('char' in member && 'char' in to)) reader.refuse('a range from or to a class', at);
    if (to.char < member.char) reader.refuse('a range that ends before it begins', at);
    chars.push([member.char, to.char]);
  }
  const written = union(chars);
  // Case is disregarded in what is written out, as in PCRE: `\w` does not become more than it is.
  const all = union(folded ? anyCase(written) : written, ...sets);
  return not ? inverse(all) : all;
}

function readMember(reader: RegexReader, folded: boolean): Member {
  const at = reader.at;
  if (reader.match(/\[[.=]/y)) reader.refuse('a collating element', at);
  const named = reader.match(/\[:(\^?)([a-z]+):\]/y);
  if (named)
    return { set: posixClass(named[2] ?? '', named[1] === '^', folded) ?? reader.refuse('an unknown class', at) };
  const char = reader.next();
  if (char !== '\\') return { char: char.codePointAt(0) ?? 0 };
  if (reader.take('b')) return { char: 8 };
  if (/[1-9QEKGABCNRXZz]/.test(reader.peek())) reader.refuse(`\\${reader.peek()} inside a class`, at);
  const escaped = readEscape(reader, folded) ?? reader.refuse(`an unknown escape \\${reader.peek()}`, at);
  return escaped.is === 'char' ? { char: escaped.point } : { set: escaped.of };
}

function posixClass(name: string, not: boolean, folded: boolean): CodePoints | undefined {
  const set = posix[folded && (name === 'lower' || name === 'upper') ? 'alpha' : name];
  return set && (not ? inverse(set) : set);
}
