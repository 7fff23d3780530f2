import {
  appendFileSync,
  closeSync,
  existsSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readFileSync,
  renameSync,
} from 'node:fs';
import { join } from 'node:path';
import { YaguraError } from '../../domain/error.ts';
import type { Entities, Kind } from './entities.ts';

/** A put, or with `null` a removal, of the entity under that key. */
export type Change = { [K in Kind]: [kind: K, key: string, entity: Entities[K] | null] }[Kind];

/** What one transaction changed; `next` is the next free id, kept so that an id is never given out twice. */
export interface JournalLine {
  next: number;
  changes: Change[];
}

/**
 * The forge's only file of state: one line a transaction, handed to the operating system before the answer leaves, so
 * that a killed process loses nothing it acknowledged. (A power cut may: the embedded forge is not a database.)
 */
export interface Journal {
  /** True when the history has grown so far beyond the state that the caller should open the journal anew. */
  append(line: JournalLine): boolean;
  close(): void;
}

/** Calls `each` for every whole line. A torn last line was never acknowledged and is dropped. */
export function readJournal(dataDir: string, each: (line: JournalLine) => void): void {
  const file = join(dataDir, 'journal.ndjson');
  if (!existsSync(file)) return;
  const bytes = readFileSync(file);
  let start = 0;
  for (let end = bytes.indexOf(10); end >= 0; end = bytes.indexOf(10, start)) {
    each(parseLine(file, bytes.toString('utf8', start, end)));
    start = end + 1;
  }
}

function parseLine(file: string, text: string): JournalLine {
  try {
    return JSON.parse(text) as JournalLine;
  } catch (cause) {
    throw new YaguraError('forge', `The forge's state in ${file} is damaged: a line is not JSON.`, {
      hint: 'Restore the directory from a copy or start with a new one.',
      cause,
    });
  }
}

/** The journal is rewritten while running once it is this large and this many times the size of the state. */
const COMPACT_BYTES = 67_108_864;
const COMPACT_FACTOR = 3;

/** Writes the state as it stands in place of the history, then opens the journal for appending. */
export function openJournal(dataDir: string, snapshot: Iterable<JournalLine>): Journal {
  const file = join(dataDir, 'journal.ndjson');
  const fresh = `${file}.new`;
  const copy = openSync(fresh, 'a', 0o600);
  ftruncateSync(copy);
  let size = 0;
  const write = (line: JournalLine) => {
    const bytes = Buffer.from(`${JSON.stringify(line)}\n`);
    try {
      appendFileSync(copy, bytes);
    } catch (error) {
      // Half a line (a full disk) would make one damaged line of itself and the next.
      ftruncateSync(copy, size);
      throw error;
    }
    size += bytes.length;
  };
  for (const line of snapshot) write(line);
  fsyncSync(copy);
  renameSync(fresh, file);
  const limit = Math.max(COMPACT_BYTES, size * COMPACT_FACTOR);
  return {
    append: (line) => {
      write(line);
      return size > limit;
    },
    close: () => {
      fsyncSync(copy);
      closeSync(copy);
    },
  };
}
