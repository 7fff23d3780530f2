import type { IncomingRecord, StoredRecord } from '../domain/record.ts';

/** Writes records durably in one transaction; `stored[k]` belongs to `records[k]`. */
export type WriteRecords = (records: IncomingRecord[]) => Promise<StoredRecord[]>;

/** Records waiting for the disk at most; past it senders are asked to come back. */
export const inboxBound = 20_000;

/** Records, and bytes of them, that one transaction takes at most; a single larger request goes alone. */
const groupSize = 2_000;
const groupBytes = 8 * 1024 * 1024;

interface Waiting {
  records: IncomingRecord[];
  resolve: (stored: StoredRecord[]) => void;
  reject: (error: unknown) => void;
}

export interface Inbox {
  /** Resolves once every record is on disk; undefined when the inbox is full and nothing was taken. */
  put(records: IncomingRecord[]): Promise<StoredRecord[]> | undefined;
  /** Resolves when everything taken is on disk. */
  drain(): Promise<void>;
}

/**
 * Group commit: while one transaction is on its way to the disk, the next one gathers. One transaction at a time,
 * so ids are committed in order and a reader may follow them by a cursor.
 */
export function createInbox(write: WriteRecords, onStored: () => void): Inbox {
  let waiting: Waiting[] = [];
  let held = 0;
  let flushing: Promise<void> | undefined;

  async function flush(): Promise<void> {
    while (waiting.length > 0) {
      const group = takeGroup();
      const records = group.flatMap((w) => w.records);
      try {
        const stored = await write(records);
        let from = 0;
        for (const w of group) {
          w.resolve(stored.slice(from, from + w.records.length));
          from += w.records.length;
        }
        onStored();
      } catch (error) {
        for (const w of group) w.reject(error);
      }
      held -= records.length;
    }
  }

  function takeGroup(): Waiting[] {
    let size = 0;
    let bytes = 0;
    let count = 0;
    for (const { records } of waiting) {
      const more = records.reduce((sum, record) => sum + record.content.length, 0);
      if (count > 0 && (size + records.length > groupSize || bytes + more > groupBytes)) break;
      size += records.length;
      bytes += more;
      count += 1;
    }
    const group = waiting.slice(0, count);
    waiting = waiting.slice(count);
    return group;
  }

  function start(): void {
    flushing ??= flush().finally(() => {
      flushing = undefined;
      if (waiting.length > 0) start();
    });
  }

  return {
    put(records) {
      if (held > 0 && held + records.length > inboxBound) return undefined;
      held += records.length;
      const stored = new Promise<StoredRecord[]>((resolve, reject) => waiting.push({ records, resolve, reject }));
      start();
      return stored;
    },
    async drain() {
      while (flushing) await flushing;
    },
  };
}
