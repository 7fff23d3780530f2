import type { Buffer } from 'node:buffer';

/** The lines of a block that are not empty; each by itself, so that none keeps the whole block in memory. */
export function* linesOfBlock(block: Buffer): Generator<string> {
  let from = 0;
  while (from < block.length) {
    const found = block.indexOf(0x0a, from);
    const end = found < 0 ? block.length : found;
    const line = block.toString('utf8', from, end);
    if (line.trim() !== '') yield line;
    from = end + 1;
  }
}
