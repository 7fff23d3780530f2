import { promisify } from 'node:util';
import { createGunzip, zstdDecompress } from 'node:zlib';
import { isSkippable, zstdFrameEnd } from './zstd-frames.ts';

/** Largest body before and after decompression, in bytes. */
export const bodyLimit = 25 * 1024 * 1024;

/** Most zstd frames of one body: a frame a record. Each costs about 0.1 ms, however little is in it. */
export const framesLimit = 20_000;

export type Decompressed = { bytes: Buffer } | { status: 413 | 415 | 422 | 429; message: string };

const unzstd = promisify(zstdDecompress);
const tooLarge = { status: 413, message: `The body is larger than ${bodyLimit} bytes.` } as const;
const noRoom = { status: 429, message: 'Too much at once; come back.' } as const;

/** Counts bytes as they are made; false when there is no room for them. */
type Take = (bytes: number) => boolean;

/** Undoes `content-encoding`. Trailing bytes are an error, and no more than `bodyLimit` bytes are ever made. */
export async function decompress(body: Buffer, encoding: string, take: Take = () => true): Promise<Decompressed> {
  if (encoding === '' || encoding === 'identity') return { bytes: body };
  if (encoding === 'gzip' || encoding === 'x-gzip') return await gunzipAll(body, take);
  if (encoding === 'zstd') return await unzstdAll(body, take);
  return { status: 415, message: `content-encoding ${encoding} is not known; send plain, gzip or zstd.` };
}

async function gunzipAll(body: Buffer, take: Take): Promise<Decompressed> {
  const parts: Buffer[] = [];
  let rest = body;
  let size = 0;
  while (rest.length > 0) {
    const gunzip = createGunzip();
    try {
      gunzip.end(rest);
      for await (const part of gunzip as AsyncIterable<Buffer>) {
        size += part.length;
        if (size > bodyLimit) return tooLarge;
        if (!take(part.length)) return noRoom;
        parts.push(part);
      }
    } catch {
      return { status: 422, message: 'The body is not valid gzip, or something follows it.' };
    } finally {
      gunzip.destroy();
    }
    // zlib stops silently at bytes that are no gzip member; what it did not read is looked at as one of its own.
    if (gunzip.bytesWritten <= 0) break;
    rest = rest.subarray(gunzip.bytesWritten);
  }
  return { bytes: Buffer.concat(parts) };
}

/** Node's zlib silently stops after the first zstd frame, so each frame is found and read by itself. */
async function unzstdAll(body: Buffer, take: Take): Promise<Decompressed> {
  const parts: Buffer[] = [];
  let size = 0;
  let from = 0;
  for (let frames = 0; from < body.length; frames += 1) {
    if (frames === framesLimit) return { status: 413, message: `The body has more than ${framesLimit} zstd frames.` };
    const end = zstdFrameEnd(body, from);
    if (end === undefined) return { status: 422, message: `The body is not valid zstd at byte ${from}.` };
    try {
      if (!isSkippable(body, from)) {
        const part = await unzstd(body.subarray(from, end), { maxOutputLength: bodyLimit - size + 1 });
        size += part.length;
        if (!take(part.length)) return noRoom;
        parts.push(part);
      }
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') return tooLarge;
      return { status: 422, message: `The zstd frame at byte ${from} cannot be read.` };
    }
    if (size > bodyLimit) return tooLarge;
    from = end;
  }
  return { bytes: Buffer.concat(parts) };
}
