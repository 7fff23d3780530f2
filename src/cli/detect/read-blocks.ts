import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { promisify } from 'node:util';
import { createGunzip, zstdDecompress } from 'node:zlib';
import { YaguraError } from '../../domain/error.ts';
import { isSkippable, zstdFrameEnd } from '../../ingest/zstd-frames.ts';

/** Longest line and longest frame of zstd, in bytes: those are held in memory whole. */
const longestLine = 64 * 1024 * 1024;
const longestFrame = 512 * 1024 * 1024;

/**
 * A file in blocks that end where a line ends, `-` for standard input; uncompressed when it is gzip or zstd, which is
 * seen by the first bytes. A block is as long as what comes at once, or at least `size` bytes, and has its memory for
 * itself. Throws `YaguraError` when the file cannot be read, after the lines before.
 */
export async function* readBlocks(file: string, stdin: Readable, size = 0): AsyncGenerator<Buffer<ArrayBuffer>> {
  const input = file === '-' ? stdin : createReadStream(file, { highWaterMark: 1 << 20 });
  try {
    yield* blocksOf(await decompressed(input), size);
  } catch (cause) {
    if (cause instanceof YaguraError) throw cause;
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new YaguraError('input', `${file} cannot be read: ${reason}.`, { cause });
  } finally {
    // Whoever stops early must not wait for more of it.
    input.destroy();
  }
}

async function decompressed(input: Readable): Promise<AsyncIterable<Buffer>> {
  const chunks = input[Symbol.asyncIterator]() as AsyncIterator<Buffer | string>;
  const first = await chunks.next();
  const head = first.done ? Buffer.alloc(0) : bytesOf(first.value);
  async function* all() {
    yield head;
    for (let next = await chunks.next(); !next.done; next = await chunks.next()) yield bytesOf(next.value);
  }
  if (head[0] === 0x1f && head[1] === 0x8b) return through(all(), createGunzip());
  if (head.length >= 4 && head.readUInt32LE(0) === 0xfd2fb528) return unzstd(all());
  return all();
}

function bytesOf(chunk: Buffer | string): Buffer {
  return typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
}

const decompressFrame = promisify(zstdDecompress);

/** Node's zlib stops silently after the first frame, so each is found and read by itself. */
async function* unzstd(input: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of input) chunks.push(chunk);
  const body = Buffer.concat(chunks);
  for (let from = 0; from < body.length; ) {
    const end = zstdFrameEnd(body, from);
    if (end === undefined) throw new Error(`what is at byte ${from} is no whole frame of zstd`);
    if (!isSkippable(body, from))
      yield await decompressFrame(body.subarray(from, end), { maxOutputLength: longestFrame });
    from = end;
  }
}

async function* through(input: AsyncIterable<Buffer>, transform: ReturnType<typeof createGunzip>) {
  const fed = (async () => {
    for await (const chunk of input) {
      if (!transform.write(chunk)) await new Promise((resolve) => transform.once('drain', resolve));
    }
    transform.end();
  })();
  fed.catch((error: Error) => transform.destroy(error));
  yield* transform as AsyncIterable<Buffer>;
  await fed;
}

/** The last block need not end with a line end. */
async function* blocksOf(chunks: AsyncIterable<Buffer>, size: number): AsyncGenerator<Buffer<ArrayBuffer>> {
  const held = new HeldChunks();
  try {
    for await (const chunk of chunks) {
      held.add(chunk);
      if (held.lines > 0 && held.lines >= size) yield held.takeLines();
      if (held.line > longestLine) throw new Error(`a line is longer than ${longestLine} bytes`);
    }
  } catch (error) {
    if (held.lines > 0) yield held.takeLines();
    throw error;
  }
  if (held.lines + held.line > 0) yield held.takeAll();
}

/** Chunks that wait until they make a block. */
class HeldChunks {
  /** Bytes of whole lines, and of the line after them that has not ended. */
  lines = 0;
  line = 0;
  private chunks: Buffer[] = [];

  add(chunk: Buffer): void {
    this.chunks.push(chunk);
    const end = chunk.lastIndexOf(0x0a) + 1;
    if (end > 0) this.lines += this.line + end;
    this.line = chunk.length - end + (end > 0 ? 0 : this.line);
  }

  takeLines(): Buffer<ArrayBuffer> {
    return this.take(this.lines);
  }

  takeAll(): Buffer<ArrayBuffer> {
    return this.take(this.lines + this.line);
  }

  private take(length: number): Buffer<ArrayBuffer> {
    const block = Buffer.allocUnsafeSlow(length);
    let at = 0;
    const rest: Buffer[] = [];
    for (const chunk of this.chunks) {
      const copied = chunk.copy(block, at);
      at += copied;
      if (copied < chunk.length) rest.push(chunk.subarray(copied));
    }
    this.chunks = rest;
    this.line -= length - this.lines;
    this.lines = 0;
    return block;
  }
}
