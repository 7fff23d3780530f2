import { anyCase, type CodePoints, everything, inverse, union } from './code-points.ts';
import { readClass } from './regex-class.ts';
import { lineBreak, readEscape } from './regex-escape.ts';
import { RegexReader } from './regex-reader.ts';
import type { Place, RegexFlags, RegexTree } from './regex-tree.ts';

/** Flags as they are in one place of the source; `x` is there only inside of it. */
interface State extends RegexFlags {
  x: boolean;
  depth: number;
}

const deepest = 100;

/** Reads a regular expression as PCRE does, without its Unicode properties; throws `RegexRefusal`. */
export function parseRegex(source: string, flags: RegexFlags): RegexTree {
  const reader = new RegexReader(source);
  if (!source.isWellFormed()) reader.refuse('half of a surrogate pair', source.search(/\p{Surrogate}/u));
  if (reader.match(/\(\*/y)) reader.refuse('a verb (*…)', 0);
  const tree = readEither(reader, { ...flags, x: false, depth: 0 });
  if (!reader.over) reader.refuse('a closing bracket without its opening one');
  return tree;
}

/** Up to the end of a group or of all. Flags set on the way hold to there, through later alternatives too. */
function readEither(reader: RegexReader, state: State): RegexTree {
  if (state.depth > deepest) reader.refuse(`groups within groups, more than ${deepest} deep,`);
  const branches: RegexTree[] = [];
  do branches.push(readSequence(reader, state));
  while (reader.take('|'));
  const [only] = branches;
  return only && branches.length === 1 ? only : { is: 'either', of: branches };
}

function readSequence(reader: RegexReader, state: State): RegexTree {
  const of: RegexTree[] = [];
  for (;;) {
    if (state.x && reader.match(/[ \t-\r]+|#[^\n]*\n?/y)) continue;
    if (reader.over || /[|)]/.test(reader.peek())) return { is: 'sequence', of };
    if (reader.take('\\Q')) {
      of.push(...quoted(reader, state));
      continue;
    }
    if (reader.take('\\E')) continue;
    const at = reader.at;
    const atom = readAtom(reader, state);
    if (atom) of.push(readRepeat(reader, state, atom, at));
  }
}

function quoted(reader: RegexReader, state: State): RegexTree[] {
  const text = reader.match(/([\s\S]*?)(?:\\E|$)/y)?.[1] ?? '';
  const chars = [...text].map((char) => one(char.codePointAt(0) ?? 0, state));
  const final = chars.pop();
  return final ? [...chars, readRepeat(reader, state, final, reader.at)] : [];
}

function one(point: number, state: State): RegexTree {
  const own: CodePoints = [[point, point]];
  return { is: 'one', of: state.i ? anyCase(own) : own };
}

function readAtom(reader: RegexReader, state: State): RegexTree | undefined {
  const at = reader.at;
  const char = reader.next();
  const place = (name: Place): RegexTree => ({ is: 'place', place: name, at });
  switch (char) {
    case '(':
      return readGroup(reader, state, at);
    case '[':
      return { is: 'one', of: readClass(reader, state.i) };
    case '.':
      return { is: 'one', of: state.s ? everything : inverse(lineBreak) };
    case '^':
      return place(state.m ? 'line-start' : 'start');
    case '$':
      return place(state.m ? 'line-end' : 'end');
    case '\\':
      return readBackslash(reader, state, at);
    case '*':
    case '+':
    case '?':
      return reader.refuse('a repetition of nothing', at);
    default:
      return one(char.codePointAt(0) ?? 0, state);
  }
}

const places: Record<string, Place> = { A: 'start', Z: 'end', z: 'very-end', b: 'boundary', B: 'no-boundary' };

function readBackslash(reader: RegexReader, state: State, at: number): RegexTree {
  const letter = reader.peek();
  const place = places[letter];
  if (place) {
    reader.next();
    return { is: 'place', place, at };
  }
  if (/[1-9gk]/.test(letter)) reader.refuse('a back-reference', at);
  if (/[GKXC]/.test(letter)) reader.refuse(`\\${letter}, which is not supported,`, at);
  if (reader.take('N')) return { is: 'one', of: inverse(lineBreak) };
  if (reader.take('R')) return reader.refuse('\\R, to be written as (?:\\r\\n|\\v),', at);
  const escaped = readEscape(reader, state.i) ?? reader.refuse(`an unknown escape \\${letter}`, at);
  return escaped.is === 'char' ? one(escaped.point, state) : { is: 'one', of: union(escaped.of) };
}

const refusedGroups: [RegExp, string][] = [
  [/\*/y, 'a verb (*…)'],
  [/\?(?:=|!)/y, 'a look-ahead'],
  [/\?<(?:=|!)/y, 'a look-behind'],
  [/\?>/y, 'an atomic group'],
  [/\?\(/y, 'a conditional group'],
  [/\?(?:R|[+-]?\d|&|P>)/y, 'a recursion'],
  [/\?P=/y, 'a back-reference'],
  [/\?C/y, 'a callout'],
];

/** A group whose bracket has been read; undefined for a comment and for flags, which are put into `state`. */
function readGroup(reader: RegexReader, state: State, at: number): RegexTree | undefined {
  for (const [pattern, name] of refusedGroups) if (reader.match(pattern)) reader.refuse(name, at);
  if (reader.match(/\?#/y))
    return reader.match(/[^)]*\)/y) ? undefined : reader.refuse('a comment without its end', at);
  const inner: State = { ...state, depth: state.depth + 1 };
  if (!reader.match(/\?(?:[:|]|P?<[A-Za-z_]\w*>|'[A-Za-z_]\w*')/y)) {
    const set = reader.match(/\?([imsxnUJ]*)(?:-([imsxnUJ]*))?([:)])/y);
    if (!set && reader.peek() === '?') reader.refuse('an unknown kind of group', at);
    if (set) setFlags(set[3] === ')' ? state : inner, set[1] ?? '', set[2] ?? '');
    if (set?.[3] === ')') return undefined;
  }
  const tree = readEither(reader, inner);
  return reader.take(')') ? tree : reader.refuse('a group without its end', at);
}

function setFlags(state: State, on: string, off: string): void {
  for (const flag of ['i', 'm', 's', 'x'] as const) {
    if (on.includes(flag)) state[flag] = true;
    if (off.includes(flag)) state[flag] = false;
  }
}

/** What is behind an atom: how often it stands there. Lazy and greedy find the same texts. */
function readRepeat(reader: RegexReader, state: State, of: RegexTree, start: number): RegexTree {
  if (state.x) reader.match(/(?:[ \t-\r]+|#[^\n]*\n?)+/y);
  const at = reader.at;
  if (reader.match(/\{(?:,\d+| [\d, ]*|\d[\d,]* [\d, ]*|, [\d ]*)\}/y)) {
    reader.refuse('a repetition that some versions of PCRE read as such and others as text', at);
  }
  const found = reader.match(/[*+?]|\{(\d+)(,?)(\d*)\}/y);
  if (!found) return of;
  const [least, most] = boundsOf(found);
  if (most < least) reader.refuse('a repetition whose bounds are the wrong way round', at);
  if (reader.take('+')) reader.refuse('a possessive repetition', at);
  reader.take('?');
  if (reader.match(/[*+?]|\{\d+,?\d*\}/y)) reader.refuse('a repetition of a repetition', at);
  return { is: 'repeat', of, least, most, at: start };
}

function boundsOf([sign, least, comma, most]: RegExpExecArray): [least: number, most: number] {
  if (sign === '*') return [0, Number.POSITIVE_INFINITY];
  if (sign === '+') return [1, Number.POSITIVE_INFINITY];
  if (sign === '?') return [0, 1];
  const from = Number(least);
  if (comma === '') return [from, from];
  return [from, most === '' ? Number.POSITIVE_INFINITY : Number(most)];
}
