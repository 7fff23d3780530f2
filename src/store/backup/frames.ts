import { createHash } from 'node:crypto';
import { YaguraError } from '../../domain/error.ts';
import type { AppliedMigration } from '../migrate.ts';

/** Head of a backup. */
export interface BackupHeader {
  format: 'yagura-backup';
  version: 1;
  /** Number of the newest migration its database had. */
  schema: number;
  migrations: AppliedMigration[];
  /** ISO time. */
  at: string;
}

/** One table: its data frames follow, then its end. */
export interface TableHead {
  schema: string;
  name: string;
  columns: string[];
}

export interface SequenceState {
  schema: string;
  name: string;
  /** Decimal, because it may exceed what a JSON number holds. */
  value: string;
  called: boolean;
}

/** The parts of a backup, in order: header, for each table (table, data …, rows), sequences. */
export type Frame =
  | { type: 'header'; value: BackupHeader }
  | { type: 'table'; value: TableHead }
  | { type: 'data'; value: Buffer }
  | { type: 'rows'; value: number }
  | { type: 'sequences'; value: SequenceState[] };

const TYPES = ['header', 'table', 'data', 'rows', 'sequences'] as const;
/** One byte of type and four of length before each payload. */
const HEAD_BYTES = 5;
const CHECKSUM_TYPE = 255;
/** Data is cut into pieces of this size; COPY does not mind where. */
const PIECE_BYTES = 256 * 1024;
/** No frame is longer; a length beyond it means the file is damaged, and must not cost its memory. */
const MAX_PAYLOAD = 16 * 1024 * 1024;

/** Frames as bytes, with the SHA-256 of all of them as the last. */
export async function* encodeFrames(frames: AsyncIterable<Frame>): AsyncGenerator<Buffer> {
  const hash = createHash('sha256');
  for await (const { type, value } of frames) {
    const payload = type === 'data' ? value : Buffer.from(JSON.stringify(value));
    const step = type === 'data' ? PIECE_BYTES : payload.length;
    for (let start = 0; start < payload.length; start += step) {
      const piece = payload.subarray(start, start + step);
      const bytes = Buffer.concat([head(TYPES.indexOf(type), piece.length), piece]);
      hash.update(bytes);
      yield bytes;
    }
  }
  const digest = hash.digest();
  yield Buffer.concat([head(CHECKSUM_TYPE, digest.length), digest]);
}

/** Bytes as frames; throws at the end unless the checksum is there and right. */
export async function* decodeFrames(bytes: AsyncIterable<Buffer>, file: string): AsyncGenerator<Frame> {
  const hash = createHash('sha256');
  let buffer: Buffer = Buffer.alloc(0);
  let checked = false;
  for await (const chunk of bytes) {
    buffer = buffer.length === 0 ? chunk : Buffer.concat([buffer, chunk]);
    for (let end = frameEnd(buffer, file); end !== undefined; end = frameEnd(buffer, file)) {
      const bytesOfFrame = buffer.subarray(0, end);
      const payload = bytesOfFrame.subarray(HEAD_BYTES);
      buffer = buffer.subarray(end);
      if (checked) throw damaged(file, 'it goes on after its end');
      if (bytesOfFrame[0] === CHECKSUM_TYPE) {
        if (!hash.digest().equals(payload)) throw damaged(file, 'its checksum is wrong');
        checked = true;
        continue;
      }
      hash.update(bytesOfFrame);
      yield decode(bytesOfFrame[0] ?? CHECKSUM_TYPE, payload, file);
    }
  }
  if (!checked || buffer.length > 0) throw damaged(file, 'it ends in the middle');
}

/** The refusal of a backup that cannot be read. */
export function damaged(file: string, why: string, cause?: unknown): YaguraError {
  return new YaguraError('input', `${file} is not a whole backup of Yagura: ${why}.`, { cause });
}

function head(type: number, length: number): Buffer {
  const bytes = Buffer.alloc(HEAD_BYTES);
  bytes.writeUInt8(type, 0);
  bytes.writeUInt32BE(length, 1);
  return bytes;
}

function frameEnd(buffer: Buffer, file: string): number | undefined {
  if (buffer.length < HEAD_BYTES) return undefined;
  const length = buffer.readUInt32BE(1);
  if (length > MAX_PAYLOAD) throw damaged(file, 'its contents make no sense');
  return buffer.length < HEAD_BYTES + length ? undefined : HEAD_BYTES + length;
}

function decode(code: number, payload: Buffer, file: string): Frame {
  const type = TYPES[code];
  if (type === undefined) throw damaged(file, 'its contents make no sense');
  if (type === 'data') return { type, value: payload };
  try {
    return { type, value: JSON.parse(payload.toString('utf8')) } as Frame;
  } catch (cause) {
    throw damaged(file, 'its contents make no sense', cause);
  }
}
