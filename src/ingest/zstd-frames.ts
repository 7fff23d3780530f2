/** A frame that holds no content. */
export function isSkippable(body: Buffer, at: number): boolean {
  return at + 8 <= body.length && (body.readUInt32LE(at) & 0xfffffff0) >>> 0 === 0x184d2a50;
}

/** Where the frame at `at` ends, by its headers (RFC 8878, 3.1); undefined when there is no whole frame. */
export function zstdFrameEnd(body: Buffer, at: number): number | undefined {
  if (at + 8 > body.length) return undefined;
  if (isSkippable(body, at)) {
    const end = at + 8 + body.readUInt32LE(at + 4);
    return end <= body.length ? end : undefined;
  }
  if (body.readUInt32LE(at) !== 0xfd2fb528) return undefined;
  const descriptor = body.readUInt8(at + 4);
  const singleSegment = (descriptor & 0x20) !== 0;
  const dictionaryBytes = [0, 1, 2, 4][descriptor & 3] ?? 0;
  const sizeFlag = descriptor >> 6;
  const sizeBytes = sizeFlag === 0 ? (singleSegment ? 1 : 0) : 1 << sizeFlag;
  let position = at + 5 + (singleSegment ? 0 : 1) + dictionaryBytes + sizeBytes;
  for (;;) {
    if (position + 3 > body.length) return undefined;
    const header = body.readUIntLE(position, 3);
    const runLength = ((header >> 1) & 3) === 1;
    position += 3 + (runLength ? 1 : header >> 3);
    if ((header & 1) === 1) break;
  }
  const end = position + ((descriptor & 4) !== 0 ? 4 : 0);
  return end <= body.length ? end : undefined;
}
