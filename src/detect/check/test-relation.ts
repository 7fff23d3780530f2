import { passes } from '../evaluate-test.ts';
import type { Comparison, Test } from '../expression.ts';
import { fold } from '../fold.ts';
import { type Glob, literalOf, mapLiterals, run } from '../glob.ts';
import { apart, within } from './glob-relation.ts';

type Text = Extract<Test, { is: 'text' }>;

/**
 * Whether every value that passes `a` passes `b`, so that a field with several values that passes `a` passes `b` too.
 * False when that cannot be told; of tests that ask the same nothing is told here.
 */
export function implies(a: Test, b: Test): boolean {
  if (b.is === 'exists') return b.present && isOfValues(a);
  if (a.is === 'text' && b.is === 'text') {
    if (!b.cased) return within(foldedGlob(a), foldedGlob(b));
    return a.cased && within(a.glob, b.glob);
  }
  if (b.is === 'text' && a.is === 'regex') return regexHolds(a.regex.literals, b);
  if (a.is === 'text') {
    const whole = literalOf(a.glob);
    return whole !== undefined && (a.cased || blindToCase(b, whole)) && passes(b, [whole], () => undefined);
  }
  if (a.is === 'cidr' && b.is === 'cidr') return contains(b.block, a.block);
  const [inner, outer] = [range(a, b), range(b, a)];
  if (!inner || !outer) return false;
  const low = inner.low.at > outer.low.at || tighter(inner.low, outer.low);
  return low && (inner.high.at < outer.high.at || tighter(inner.high, outer.high));
}

/** Whether no single value passes both. False when that cannot be told. */
export function disjoint(a: Test, b: Test): boolean {
  if (a.is === 'null' || b.is === 'null') return isOfValues(a.is === 'null' ? b : a);
  if (a.is === 'text' && b.is === 'text') {
    return a.cased && b.cased ? apart(a.glob, b.glob) : apart(foldedGlob(a), foldedGlob(b));
  }
  if (a.is === 'text') return failsWhole(a, b);
  if (b.is === 'text') return failsWhole(b, a);
  if (a.is === 'cidr' && b.is === 'cidr') return !contains(a.block, b.block) && !contains(b.block, a.block);
  const [one, other] = [range(a, b), range(b, a)];
  return one !== undefined && other !== undefined && (below(one.high, other.low) || below(other.high, one.low));
}

/** Tests that only a value that is there can pass. */
function isOfValues(test: Test): boolean {
  return test.is !== 'null' && test.is !== 'exists';
}

function failsWhole(text: Text, other: Test): boolean {
  const whole = literalOf(text.glob);
  if (whole === undefined || other.is === 'field' || other.is === 'exists') return false;
  return (text.cased || blindToCase(other, whole)) && !passes(other, [whole], () => undefined);
}

/** Whether a test answers the same however the letters of a text are written. */
function blindToCase(test: Test, text: string): boolean {
  if (test.is === 'compare' || test.is === 'time' || test.is === 'cidr') return true;
  if (test.is === 'text') return !test.cased;
  return test.is === 'regex' && (text.toLowerCase() === text.toUpperCase() || (test.regex.flags.i && isAscii(text)));
}

function isAscii(text: string): boolean {
  return /^[\x20-\x7e]*$/.test(text);
}

/** Every text a regular expression matches holds one of its literals. */
function regexHolds(literals: readonly string[], wanted: Text): boolean {
  if (wanted.cased || literals.length === 0) return false;
  return literals.every((literal) => within([run, literal, run], foldedGlob(wanted)));
}

const folded = new WeakMap<Glob, Glob>();

function foldedGlob({ glob }: Text): Glob {
  const known = folded.get(glob) ?? mapLiterals(glob, fold);
  folded.set(glob, known);
  return known;
}

type Block = Extract<Test, { is: 'cidr' }>['block'];

function contains(outer: Block, inner: Block): boolean {
  return (
    outer[0].kind() === inner[0].kind() && inner[1] >= outer[1] && inner[0].match(outer as [(typeof inner)[0], number])
  );
}

/** An end of a range: `open` leaves the number itself out. */
interface End {
  at: number;
  open: boolean;
}

/** The numbers a test takes, where `other` speaks of the same thing. */
function range(test: Test, other: Test): { low: End; high: End } | undefined {
  if (test.is === 'compare' && other.is === 'compare') return ends(test.by, test.to);
  if (test.is !== 'time' || other.is !== 'time' || test.part !== other.part) return undefined;
  // Parts of a time are whole numbers.
  const { by, to } = test;
  if (by === 'gt') return ends('gte', Math.floor(to) + 1);
  if (by === 'lt') return ends('lte', Math.ceil(to) - 1);
  return by === 'eq' ? { low: { at: to, open: false }, high: { at: to, open: false } } : ends(by, to);
}

function ends(by: Comparison, to: number): { low: End; high: End } {
  const open = by === 'gt' || by === 'lt';
  const none = (at: number): End => ({ at, open: false });
  return by === 'gt' || by === 'gte'
    ? { low: { at: to, open }, high: none(Number.POSITIVE_INFINITY) }
    : { low: none(Number.NEGATIVE_INFINITY), high: { at: to, open } };
}

/** Of two ends at the same number, whether the first leaves out what the second does. */
function tighter(inner: End, outer: End): boolean {
  return inner.at === outer.at && (inner.open || !outer.open);
}

/** Whether a range that ends at `high` has nothing of one that begins at `low`. */
function below(high: End, low: End): boolean {
  return high.at < low.at || (high.at === low.at && (high.open || low.open));
}
