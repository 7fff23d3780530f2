import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { promisify } from 'node:util';
import { createGunzip, zstdDecompress } from 'node:zlib';
import { YaguraError } from '../../domain/error.ts';
import { isSkippable, zstdFrameEnd } from '../../ingest/zstd-frames.ts';
import { jsonValues } from './json-values.ts';

/** A record of a file: a JSON value, a line of text, or what is wrong with it. */
export type FileRecord = { value: unknown } | { line: string } | { wrong: string };

/** Longest line and longest file that is no NDJSON, in bytes: those are held in memory whole. */
const longestLine = 64 * 1024 * 1024;
const longestDocument = 512 * 1024 * 1024;

/** Records are handed on in groups of about this many. */
const groupSize = 512;

/**
 * The records of a file, `-` for standard input: NDJSON, arrays, objects one after the other over any number of lines,
 * plain lines of text; also compressed by gzip or zstd, which is seen by the first bytes. Throws `YaguraError` when the
 * file cannot be read.
 */
export async function* readRecords(file: string, stdin: Readable): AsyncGenerator<Iterable<FileRecord>> {
  try {
    yield* records(
      linesOf(await decompressed(file === '-' ? stdin : createReadStream(file, { highWaterMark: 1 << 20 }))),
    );
  } catch (cause) {
    if (cause instanceof YaguraError) throw cause;
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new YaguraError('input', `${file} cannot be read: ${reason}.`, { cause });
  }
}

async function decompressed(input: Readable): Promise<AsyncIterable<Buffer>> {
  const chunks = input[Symbol.asyncIterator]() as AsyncIterator<Buffer | string>;
  const first = await chunks.next();
  const head = first.done ? Buffer.alloc(0) : Buffer.from(first.value);
  async function* all() {
    yield head;
    for (let next = await chunks.next(); !next.done; next = await chunks.next()) yield Buffer.from(next.value);
  }
  if (head[0] === 0x1f && head[1] === 0x8b) return through(all(), createGunzip());
  if (head.length >= 4 && head.readUInt32LE(0) === 0xfd2fb528) return unzstd(all());
  return all();
}

const decompressFrame = promisify(zstdDecompress);

/** Node's zlib stops silently after the first frame, so each is found and read by itself. */
async function* unzstd(input: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of input) chunks.push(chunk);
  const body = Buffer.concat(chunks);
  for (let from = 0; from < body.length; ) {
    const end = zstdFrameEnd(body, from);
    if (end === undefined) throw new YaguraError('input', `It is no whole zstd at byte ${from}.`);
    if (!isSkippable(body, from))
      yield await decompressFrame(body.subarray(from, end), { maxOutputLength: longestDocument });
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

/** Lines as they come, in groups; the last one need not end. */
async function* linesOf(chunks: AsyncIterable<Buffer>): AsyncGenerator<string[]> {
  let rest: Buffer[] = [];
  let held = 0;
  for await (const chunk of chunks) {
    const end = chunk.lastIndexOf(0x0a);
    if (end < 0) {
      rest.push(chunk);
      held += chunk.length;
      if (held > longestLine) throw new YaguraError('input', `A line is longer than ${longestLine} bytes.`);
      continue;
    }
    const whole = Buffer.concat([...rest, chunk.subarray(0, end)]);
    rest = [chunk.subarray(end + 1)];
    held = chunk.length - end - 1;
    yield split(whole);
  }
  const last = Buffer.concat(rest);
  if (last.length > 0) yield split(last);
}

/** Line by line, so that no line keeps the whole block it was cut from in memory. */
function split(block: Buffer): string[] {
  const lines: string[] = [];
  let from = 0;
  for (let end = block.indexOf(0x0a); from <= block.length; end = block.indexOf(0x0a, from)) {
    const line = block.toString('utf8', from, end < 0 ? block.length : end);
    if (line.trim() !== '') lines.push(line);
    if (end < 0) break;
    from = end + 1;
  }
  return lines;
}

async function* records(groups: AsyncIterable<string[]>): AsyncGenerator<Iterable<FileRecord>> {
  let kind: 'unknown' | 'lines' | 'document' = 'unknown';
  const document: string[] = [];
  let length = 0;
  for await (const group of groups) {
    const [first = ''] = group;
    if (kind === 'unknown' && first !== '') kind = kindOf(first);
    if (kind !== 'document') {
      for (let k = 0; k < group.length; k += groupSize) yield recordsOf(group.slice(k, k + groupSize));
      continue;
    }
    for (const line of group) length += line.length;
    if (length > longestDocument)
      throw new YaguraError('input', `It is no NDJSON and longer than ${longestDocument} bytes.`);
    document.push(...group);
  }
  if (kind !== 'document') return;
  let ready: FileRecord[] = [];
  for (const text of jsonValues(document.join('\n'))) {
    ready.push(...parsed(text, `A value is not JSON: ${text.slice(0, 80)}`));
    if (ready.length >= groupSize) {
      yield ready;
      ready = [];
    }
  }
  yield ready;
}

/** A first line that begins a JSON value and does not end it begins a document of many lines. */
function kindOf(first: string): 'lines' | 'document' {
  const start = first.replace(/^\uFEFF/, '').trimStart();
  if (!start.startsWith('{') && !/^\[\s*(?:[[{"]|$)/.test(start)) return 'lines';
  try {
    JSON.parse(start);
    return 'lines';
  } catch {
    return 'document';
  }
}

/** Read one by one as they are asked for, so that the values of one die young. */
function* recordsOf(lines: readonly string[]): Generator<FileRecord> {
  for (const line of lines) yield* recordsOfLine(line);
}

function recordsOfLine(line: string): FileRecord[] {
  const first = line.charCodeAt(0);
  if (first === 0x7b) return parsed(line, 'A line is not JSON');
  const start = line.replace(/^\uFEFF/, '').trimStart();
  if (start.startsWith('{') || /^\[\s*[[{\]]/.test(start)) return parsed(start, 'A line is not JSON');
  return [{ line }];
}

function parsed(text: string, otherwise: string): FileRecord[] {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value.map((one: unknown) => ({ value: one })) : [{ value }];
  } catch {
    return [{ wrong: otherwise }];
  }
}
