import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { YaguraError } from '../domain/error.ts';

/** A line of NDJSON and where it stands. */
export interface Line {
  text: string;
  /** `file:line`; `-` is standard input. */
  place: string;
}

/** Lines that are not empty, of files in order or of standard input when there are none. */
export async function* readLines(files: string[], stdin: Readable): AsyncGenerator<Line> {
  for (const file of files.length > 0 ? files : ['-']) {
    const input = file === '-' ? stdin : createReadStream(file);
    const failed = new Promise<never>((_, reject) => {
      input.once('error', (cause: Error) =>
        reject(new YaguraError('input', `${file} cannot be read: ${cause.message}.`, { cause })),
      );
    });
    // Awaited below through the race; a file that opens never rejects.
    failed.catch(() => undefined);
    const lines = createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })[Symbol.asyncIterator]();
    for (let number = 1; ; number += 1) {
      const next = await Promise.race([lines.next(), failed]);
      if (next.done) break;
      if (next.value.trim() !== '') yield { text: next.value, place: `${file}:${number}` };
    }
  }
}
