/** A piece of a body: one record's exact bytes, or why there is none at this index. */
export type Piece = { bytes: Buffer; value: Record<string, unknown> } | { code: string; message: string };

/** What a body is made of: one JSON value or array, JSON a line, or a line of text each. */
export type BodyForm = 'json' | 'ndjson' | 'lines';

/** Longest single record, in bytes. */
export const recordLimit = 1024 * 1024;

/** Most records of one body; no more than the inbox takes. */
export const recordsLimit = 20_000;

const space = new Set([0x20, 0x09, 0x0a, 0x0d]);

/**
 * Splits a body into its records without changing a byte of them: lines, array elements, or one object. Each is read
 * when it is asked for, so that the values of a whole body are never in memory together. A line of text has its text as
 * `message`. Undefined when there are more than `recordsLimit`.
 */
export function splitBody(body: Buffer, form: BodyForm): Iterable<Piece> | undefined {
  if (form === 'lines') return readPieces(lines(body), readLine);
  if (form === 'ndjson') return readPieces(lines(body));
  let start = 0;
  while (start < body.length && space.has(body[start] ?? 0)) start += 1;
  if (body[start] !== 0x5b) return [readPiece(trim(body, start, body.length))];
  const elements = arrayElements(body, start);
  if (elements) return readPieces(elements);
  return [{ code: 'invalid-json', message: 'The body is not a complete JSON array.' }];
}

type Read = (bytes: Buffer) => Piece;

function readPieces(pieces: Buffer[], read: Read = readPiece): Iterable<Piece> | undefined {
  return pieces.length > recordsLimit ? undefined : readEach(pieces, read);
}

function* readEach(pieces: Buffer[], read: Read): Iterable<Piece> {
  for (const bytes of pieces) yield read(bytes);
}

function readLine(bytes: Buffer): Piece {
  return bytes.length > recordLimit ? tooLarge(bytes) : { bytes, value: { message: bytes.toString('utf8') } };
}

function tooLarge(bytes: Buffer): Piece {
  return { code: 'too-large', message: `The record has ${bytes.length} bytes; ${recordLimit} are allowed.` };
}

function readPiece(bytes: Buffer): Piece {
  if (bytes.length > recordLimit) return tooLarge(bytes);
  let value: unknown;
  try {
    value = JSON.parse(bytes.toString('utf8'));
  } catch {
    return { code: 'invalid-json', message: 'The record is not valid JSON.' };
  }
  if (value === null || typeof value !== 'object' || Array.isArray(value))
    return { code: 'not-an-object', message: 'The record is not a JSON object.' };
  return { bytes, value: value as Record<string, unknown> };
}

function lines(body: Buffer): Buffer[] {
  const found: Buffer[] = [];
  let from = 0;
  while (from < body.length && found.length <= recordsLimit) {
    const end = body.indexOf(0x0a, from);
    const line = trim(body, from, end < 0 ? body.length : end);
    if (line.length > 0) found.push(line);
    if (end < 0) break;
    from = end + 1;
  }
  return found;
}

function trim(body: Buffer, from: number, to: number): Buffer {
  let a = from;
  let b = to;
  while (a < b && space.has(body[a] ?? 0)) a += 1;
  while (b > a && space.has(body[b - 1] ?? 0)) b -= 1;
  return body.subarray(a, b);
}

/** The elements of the array that starts at `start`, by counting brackets outside strings; undefined when it does not end. */
function arrayElements(body: Buffer, start: number): Buffer[] | undefined {
  const found: Buffer[] = [];
  let depth = 0;
  let from = start + 1;
  let inString = false;
  for (let i = start; i < body.length; i += 1) {
    const c = body[i];
    if (inString) {
      if (c === 0x5c) i += 1;
      else if (c === 0x22) inString = false;
    } else if (c === 0x22) inString = true;
    else if (c === 0x5b || c === 0x7b) depth += 1;
    else if (c === 0x5d || c === 0x7d) {
      depth -= 1;
      if (depth === 0) {
        if (c !== 0x5d) return undefined;
        const last = trim(body, from, i);
        if (last.length > 0 || found.length > 0) found.push(last);
        return trim(body, i + 1, body.length).length === 0 ? found : undefined;
      }
    } else if (c === 0x2c && depth === 1) {
      found.push(trim(body, from, i));
      if (found.length > recordsLimit) return found;
      from = i + 1;
    }
  }
  return undefined;
}
