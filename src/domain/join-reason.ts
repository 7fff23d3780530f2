/** Why an alert is in its incident. */
export type JoinReason =
  | { is: 'first' }
  /** A source said more of what was closed here. */
  | { is: 'step' }
  /** The same alert came back after its incident was closed. */
  | { is: 'returned' }
  /** It shares a key with what was there. */
  | { is: 'shares'; label: string; far: Far }
  /** In words that this version does not write. */
  | { is: 'said'; text: string };

/** How far from the time in which its key was seen. */
export type Far = { side: 'within' } | { side: 'after' | 'before'; lengths: Length[] };

/** One count of a length of time: `2 min`. */
export interface Length {
  count: number;
  unit: 's' | 'min' | 'h';
}

const said = {
  first: 'first alert of this incident',
  step: 'a step of an alert that was closed here',
  returned: 'the same alert came back after this was closed',
} as const;

const sides = {
  within: 'seen before and after it',
  after: 'after it was last seen',
  before: 'before it was first seen',
} as const;

/** As the store, the ledger and the command line have it; `readJoinReason` reads it back. */
export function joinReasonText(reason: JoinReason): string {
  if (reason.is === 'said') return reason.text;
  if (reason.is !== 'shares') return said[reason.is];
  const { far } = reason;
  const length = far.side === 'within' ? '' : far.lengths.map(({ count, unit }) => `${count} ${unit} `).join('');
  return `shares ${reason.label}, ${length}${sides[far.side]}`;
}

/** Nothing in a label can be taken for what stands behind it: that is one of few forms, and ends the text. */
const shares =
  /^shares (?<label>.+), (?:seen before and after it|(?<lengths>(?:\d+ (?:s|min|h) )+)(?<side>after it was last|before it was first) seen)$/s;

/** The reason in a text of `joinReasonText`. */
export function readJoinReason(text: string): JoinReason {
  for (const is of ['first', 'step', 'returned'] as const) if (text === said[is]) return { is };
  const { label, lengths, side } = shares.exec(text)?.groups ?? {};
  if (label === undefined) return { is: 'said', text };
  if (lengths === undefined) return { is: 'shares', label, far: { side: 'within' } };
  const read = [...lengths.matchAll(/(\d+) (s|min|h) /g)].map(
    ([, count, unit]): Length => ({ count: Number(count), unit: unit as Length['unit'] }),
  );
  return { is: 'shares', label, far: { side: side?.startsWith('after') ? 'after' : 'before', lengths: read } };
}
