import { type Glob, literalOf, matchesGlob, one, run } from '../glob.ts';

/** Stand for the wildcards of one glob while it is read as a text; private characters no rule writes. */
const runMark = '\uE000';
const oneMark = '\uE001';

/** Whether every text of the form of `inner` is of the form of `outer`; false when that cannot be told. */
export function within(inner: Glob, outer: Glob): boolean {
  if (inner.some((part) => typeof part === 'string' && /[\uE000\uE001]/.test(part))) return false;
  const text = inner.map((part) => (part === run ? runMark : part === one ? oneMark : part)).join('');
  return outer.includes(one) ? withinOnes(text, outer) : matchesGlob(outer, text);
}

/** The same where `outer` has `?`, which takes one character or `?`, never a `*`. */
function withinOnes(text: string, outer: Glob): boolean {
  const wanted = outer.flatMap((part): Glob => (typeof part === 'string' ? part.split('') : [part]));
  // Places of the text that the parts so far may end at.
  let ends = new Set([0]);
  for (const part of wanted) {
    const next = new Set<number>();
    for (const at of ends) {
      if (part === run) for (let to = at; to <= text.length; to += 1) next.add(to);
      else if (at < text.length && (part === one ? text[at] !== runMark : text[at] === part)) next.add(at + 1);
    }
    ends = next;
  }
  return ends.has(text.length);
}

/** Whether no text is of both forms; false when that cannot be told. */
export function apart(a: Glob, b: Glob): boolean {
  const wholeA = literalOf(a);
  const wholeB = literalOf(b);
  if (wholeA !== undefined) return !matchesGlob(b, wholeA);
  if (wholeB !== undefined) return !matchesGlob(a, wholeB);
  const [startA, startB] = [textAt(a, 0), textAt(b, 0)];
  if (!startA.startsWith(startB) && !startB.startsWith(startA)) return true;
  const [endA, endB] = [textAt(a, -1), textAt(b, -1)];
  return !endA.endsWith(endB) && !endB.endsWith(endA);
}

function textAt(glob: Glob, place: number): string {
  const part = glob.at(place);
  return typeof part === 'string' ? part : '';
}
