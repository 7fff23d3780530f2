/** A part of a text of bounded length. Empty ones do not appear. */
export interface Part {
  text: string;
  /** What is taken instead when `text` does not fit. */
  shorter?: string;
  /** Lower ones are given their room first; among equals the order of reading counts. */
  rank: number;
  /** Characters of the whole text that this part may fill up to. */
  limit: number;
}

/** The parts that fit beside `taken` characters, in the order of reading; `cut` when one did not, or only shorter. */
export function fitting(parts: Part[], taken: number): { texts: string[]; cut: boolean } {
  let size = taken;
  let cut = false;
  const kept = new Map<Part, string>();
  for (const part of [...parts].sort((a, b) => a.rank - b.rank)) {
    if (part.text === '') continue;
    const text = [part.text, part.shorter ?? ''].find((one) => one !== '' && size + one.length + 2 <= part.limit);
    cut ||= text !== part.text;
    if (text === undefined) continue;
    kept.set(part, text);
    size += text.length + 2;
  }
  return { texts: parts.flatMap((part) => kept.get(part) ?? []), cut };
}
