import type { Readable } from 'node:stream';
import { linesOfBlock } from '../../detect/block-lines.ts';
import { YaguraError } from '../../domain/error.ts';
import { jsonValues } from './json-values.ts';
import { readBlocks } from './read-blocks.ts';

/** A record of a file: a JSON value, a line of text, or what is wrong with it. */
export type FileRecord = { value: unknown } | { line: string } | { wrong: string };

/** Longest file that is no NDJSON, in characters: it is held in memory whole. */
const longestDocument = 512 * 1024 * 1024;

/** Records are handed on in groups of about this many. */
const groupSize = 512;

/**
 * The records of a file, `-` for standard input: NDJSON, arrays, objects one after the other over any number of lines,
 * plain lines of text; also compressed by gzip or zstd. Throws `YaguraError` when the file cannot be read.
 */
export function readRecords(file: string, stdin: Readable): AsyncGenerator<Iterable<FileRecord>> {
  return recordsOf(readBlocks(file, stdin));
}

/** The records of a file that is read in blocks of whole lines. */
export async function* recordsOf(blocks: AsyncIterable<Buffer>): AsyncGenerator<Iterable<FileRecord>> {
  let kind: 'unknown' | 'lines' | 'document' = 'unknown';
  const document: string[] = [];
  let length = 0;
  for await (const block of blocks) {
    const group = [...linesOfBlock(block)];
    const [first = ''] = group;
    if (kind === 'unknown' && first !== '') kind = kindOf(first);
    if (kind !== 'document') {
      for (let k = 0; k < group.length; k += groupSize) yield eachOf(group.slice(k, k + groupSize));
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
function* eachOf(lines: readonly string[]): Generator<FileRecord> {
  for (const line of lines) yield* recordsOfLine(line);
}

/** What a line of NDJSON or of a log holds. */
export function recordsOfLine(line: string): FileRecord[] {
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
