import { constants, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bodyLimit, decompress, framesLimit } from '../../src/ingest/decompress.ts';

const hello = Buffer.from('{"hello":"world"}');
const checksum = { params: { [constants.ZSTD_c_checksumFlag]: 1 } };

/** RFC 8878, 3.1.2: a frame that readers pass over. */
function skippable(text: string): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt32LE(0x184d2a53, 0);
  head.writeUInt32LE(text.length, 4);
  return Buffer.concat([head, Buffer.from(text)]);
}

async function text(body: Buffer, encoding: string): Promise<string> {
  const plain = await decompress(body, encoding);
  return 'bytes' in plain ? plain.bytes.toString() : `${plain.status}`;
}

describe.each([
  ['gzip', (data: Buffer) => gzipSync(data)],
  ['zstd', (data: Buffer) => zstdCompressSync(data)],
])('%s', (encoding, compress) => {
  it('comes back whole, in one piece or in many', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.uint8Array({ maxLength: 2000 }), { minLength: 1, maxLength: 5 }), async (parts) => {
        const body = Buffer.concat(parts.map((part) => compress(Buffer.from(part))));
        expect(await decompress(body, encoding)).toEqual({ bytes: Buffer.concat(parts) });
      }),
      { numRuns: 40 },
    );
  });

  it.each([
    ['text', 'x'],
    ['zeros', '\0\0\0\0'],
    ['more text', 'garbage at the end'],
  ])('is refused with %s after it', async (_, tail) => {
    expect(await text(Buffer.concat([compress(hello), Buffer.from(tail)]), encoding)).toBe('422');
  });

  it('is refused cut anywhere', async () => {
    const body = compress(hello);
    for (let length = 1; length < body.length; length += 1)
      expect(await text(body.subarray(0, length), encoding)).toBe('422');
    expect(await text(Buffer.concat([body, body.subarray(0, 12)]), encoding)).toBe('422');
  });

  it('is refused when a byte of it was changed and it has a checksum', async () => {
    const body = encoding === 'gzip' ? gzipSync(hello) : zstdCompressSync(hello, checksum);
    const last = body.length - 3;
    body[last] = (body[last] ?? 0) ^ 1;
    expect(await text(body, encoding)).toBe('422');
  });

  it('may grow to the limit and not by one byte more', async () => {
    expect((await text(compress(Buffer.alloc(bodyLimit, 0x61)), encoding)).length).toBe(bodyLimit);
    expect(await text(compress(Buffer.alloc(bodyLimit + 1, 0x61)), encoding)).toBe('413');
  });

  it('may not pass the limit in several pieces either', async () => {
    const piece = compress(Buffer.alloc(10 * 1024 * 1024, 0x61));
    expect(await text(Buffer.concat([piece, piece, piece]), encoding)).toBe('413');
  });

  it('stops when there is no room for what it becomes', async () => {
    const taken: number[] = [];
    const take = (bytes: number) => taken.push(bytes) < 3;
    const piece = compress(Buffer.alloc(200_000, 0x61));
    const plain = await decompress(Buffer.concat([piece, piece, piece, piece]), encoding, take);
    expect(plain).toMatchObject({ status: 429 });
    expect(taken).toHaveLength(3);
  });

  it('is empty when it holds nothing', async () => {
    expect(await text(compress(Buffer.alloc(0)), encoding)).toBe('');
    expect(await text(Buffer.alloc(0), encoding)).toBe('');
  });
});

describe('zstd frames', () => {
  it('are read with a content checksum, without a content size, and with runs of one byte', async () => {
    const unsized = { params: { [constants.ZSTD_c_contentSizeFlag]: 0 } };
    for (const options of [checksum, unsized, {}])
      for (const data of [hello, Buffer.alloc(300_000, 0x62), Buffer.from('b'.repeat(70_000) + 'cd'.repeat(50_000))]) {
        const body = Buffer.concat([zstdCompressSync(data, options), zstdCompressSync(hello, options)]);
        expect(await text(body, 'zstd')).toBe(`${data.toString()}${hello.toString()}`);
      }
  });

  it('that are to be skipped are skipped, wherever they stand', async () => {
    const frame = zstdCompressSync(hello);
    const body = Buffer.concat([skippable('index'), frame, skippable(''), frame, skippable('end')]);
    expect(await text(body, 'zstd')).toBe(hello.toString().repeat(2));
    expect(await text(Buffer.concat([frame, skippable('cut short').subarray(0, 12)]), 'zstd')).toBe('422');
  });
});

describe('more zstd frames than records are allowed', () => {
  it('are refused, skipped or not', async () => {
    const skipped = Array<Buffer>(framesLimit - 1).fill(skippable(''));
    const frame = zstdCompressSync(hello);
    expect(await text(Buffer.concat([...skipped, frame]), 'zstd')).toBe(hello.toString());
    expect(await text(Buffer.concat([...skipped, frame, frame]), 'zstd')).toBe('413');
  });
});

describe('other encodings', () => {
  it('pass plain bodies as they are and refuse what is not known', async () => {
    expect(await text(hello, '')).toBe(hello.toString());
    expect(await text(hello, 'identity')).toBe(hello.toString());
    expect(await text(deflateSync(hello), 'deflate')).toBe('415');
    expect(await text(hello, 'gzip, zstd')).toBe('415');
  });
});
