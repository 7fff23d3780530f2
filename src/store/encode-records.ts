import type { IncomingRecord } from '../domain/record.ts';

/** What every binary COPY begins with: a signature, no flags, no extension. */
const signature = Buffer.from('PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0', 'latin1');
/** The columns of `raw_record` that `encodeRecords` writes, in its order. */
export const copiedColumns = 'source, content, content_hash, identity, received_at, origin';
const columns = 6;

/** Most bytes UTF-8 takes for a unit of a JavaScript string. */
const widest = 3;
/** PostgreSQL counts its microseconds from here. */
const epochMs = Date.UTC(2000, 0, 1);

/** Records as PostgreSQL's binary COPY: each field its length in four bytes, -1 for null, and its bytes. */
export function encodeRecords(at: Date, records: IncomingRecord[]): Buffer {
  const origins = records.map((r) => (r.origin === null ? undefined : JSON.stringify(r.origin)));
  let room = signature.length + 2;
  for (const [k, r] of records.entries()) {
    const text = r.source.length + r.contentHash.length + r.identity.length + (origins[k]?.length ?? 0);
    room += 2 + 4 * columns + 9 + r.content.length + widest * text;
  }
  const to = Buffer.allocUnsafe(room);
  let end = signature.copy(to);
  const text = (value: string) => {
    const length = to.write(value, end + 4);
    to.writeInt32BE(length, end);
    end += 4 + length;
  };
  const receivedAt = BigInt(at.getTime() - epochMs) * 1000n;
  for (const [k, r] of records.entries()) {
    end = to.writeInt16BE(columns, end);
    text(r.source);
    end = to.writeInt32BE(r.content.length, end);
    end += r.content.copy(to, end);
    text(r.contentHash);
    text(r.identity);
    end = to.writeInt32BE(8, end);
    end = to.writeBigInt64BE(receivedAt, end);
    const origin = origins[k];
    if (origin === undefined) end = to.writeInt32BE(-1, end);
    // jsonb: a version byte, then its text.
    else text(`\x01${origin}`);
  }
  return to.subarray(0, to.writeInt16BE(-1, end));
}
