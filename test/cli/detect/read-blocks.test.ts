import { Readable } from 'node:stream';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readBlocks } from '../../../src/cli/detect/read-blocks.ts';

async function blocksOf(chunks: Iterable<Buffer>, size: number): Promise<Buffer[]> {
  const blocks: Buffer[] = [];
  for await (const block of readBlocks('-', Readable.from(chunks), size)) blocks.push(block);
  return blocks;
}

const chunked = fc.array(
  fc.array(fc.constantFrom('a', 'ü', '\n', '{"k":1}\n'), { maxLength: 8 }).map((texts) => Buffer.from(texts.join(''))),
  { maxLength: 20 },
);

describe('the blocks of a file', () => {
  it('are the file, cut only where lines end, as long as asked for', async () => {
    await fc.assert(
      fc.asyncProperty(chunked, fc.nat(40), async (chunks, size) => {
        const blocks = await blocksOf(chunks, size);
        expect(Buffer.concat(blocks).toString()).toBe(Buffer.concat(chunks).toString());
        for (const block of blocks) expect(block.length).toBeGreaterThan(0);
        for (const block of blocks.slice(0, -1)) {
          expect(block.at(-1)).toBe(0x0a);
          expect(block.length).toBeGreaterThanOrEqual(size);
        }
      }),
    );
  });

  it('have their memory for themselves', async () => {
    const [block] = await blocksOf([Buffer.from('{}\n')], 0);
    expect(block?.buffer.byteLength).toBe(3);
  });

  it('hold every whole line before the place where reading fails', async () => {
    function* failing() {
      yield Buffer.from('one\ntwo\nthr');
      throw new Error('the disk is gone');
    }
    const blocks: string[] = [];
    const reading = (async () => {
      for await (const block of readBlocks('-', Readable.from(failing()), 1000)) blocks.push(block.toString());
    })();
    await expect(reading).rejects.toThrow('- cannot be read: the disk is gone.');
    expect(blocks).toEqual(['one\ntwo\n']);
  });
});
