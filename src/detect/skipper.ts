/** Literals shorter than this leave too little to skip. */
const shortest = 6;

/** A pair of ASCII characters as a number. */
const pairs = 128 * 128;

const lower = Uint8Array.from({ length: 128 }, (_, code) => (code >= 65 && code <= 90 ? code + 32 : code));

/**
 * Tells of most texts, without reading all of them, that none of some long literals is in them (Wu and Manber, 1994):
 * the pair of characters at the end of a window says how far the window can move, by nearly its whole length where the
 * pair is in no literal.
 */
export class Skipper {
  /** What the window spans: the length of the shortest literal. */
  private readonly span: number;
  private readonly shifts: Uint8Array;
  /** Pairs that stand two before the window's last in a literal whose last pair in the window is known. */
  private readonly before = new Uint8Array(pairs);

  private constructor(literals: readonly string[], span: number) {
    this.span = span;
    this.shifts = new Uint8Array(pairs).fill(span - 1);
    for (const text of literals) {
      for (let end = 1; end < span; end += 1) {
        const pair = text.charCodeAt(end - 1) * 128 + text.charCodeAt(end);
        this.shifts[pair] = Math.min(this.shifts[pair] as number, span - 1 - end);
      }
      this.before[text.charCodeAt(span - 4) * 128 + text.charCodeAt(span - 3)] = 1;
    }
  }

  /** For folded literals; undefined where there is nothing to gain. */
  static of(literals: readonly string[]): Skipper | undefined {
    const span = Math.min(255, ...literals.map((text) => text.length));
    const plain = literals.every((text) => /^[\0-\x7f]*$/.test(text));
    return literals.length > 0 && plain && span >= shortest ? new Skipper(literals, span) : undefined;
  }

  /** False only when none of the literals is in the text, whatever the case of its letters. */
  mayHold(text: string): boolean {
    const { span, shifts, before } = this;
    for (let end = span - 1; end < text.length; ) {
      const a = text.charCodeAt(end - 1);
      const b = text.charCodeAt(end);
      // Other letters may fold to ASCII; whoever asks then looks closer.
      if ((a | b) >= 128) return true;
      const shift = shifts[(lower[a] as number) * 128 + (lower[b] as number)] as number;
      if (shift > 0) {
        end += shift;
        continue;
      }
      const c = text.charCodeAt(end - 3);
      const d = text.charCodeAt(end - 2);
      if ((c | d) >= 128 || before[(lower[c] as number) * 128 + (lower[d] as number)] === 1) return true;
      end += 1;
    }
    return false;
  }
}
