import type { Readable } from 'node:stream';
import type { BlockAnswer } from '../../detect/block-answer.ts';
import { linesOfBlock } from '../../detect/block-lines.ts';
import { EngineFailure, EnginePool, type EngineSetup } from '../../detect/engine-pool.ts';
import type { Pipeline } from '../../detect/processing-pipeline.ts';
import { Recognizer } from '../../detect/recognize.ts';
import type { NativeEvent } from '../../detect/rule.ts';
import { YaguraError } from '../../domain/error.ts';
import { readBlocks } from './read-blocks.ts';
import { type FileRecord, recordsOf } from './read-records.ts';

/** Bytes of a block, at least: enough that handing it over costs nothing beside matching it. */
const blockSize = 1 << 20;

/** How a file is looked at: by threads, or record by record. */
export type Way = { answers: AsyncIterable<BlockAnswer> } | { records: AsyncIterable<Iterable<FileRecord>> };

/** The threads of `--workers`, for files of NDJSON whose events are recognized as they are. */
export class Threads {
  private readonly pool: EnginePool;
  private readonly recognizer: Recognizer;
  private readonly known: boolean;

  constructor(setup: EngineSetup, threads: number, pipelines: readonly Pipeline[]) {
    this.pool = new EnginePool(setup, threads);
    this.recognizer = new Recognizer(pipelines);
    this.known = setup.logsource !== undefined;
  }

  /** Judges by the first line: in other files threads would only hand back what they are given. */
  async read(file: string, stdin: Readable): Promise<Way> {
    const blocks = readBlocks(file, stdin, blockSize);
    const first = await blocks.next();
    if (first.done) return { records: recordsOf(blocks) };
    const all = startingWith(first.value, blocks);
    return this.takes(first.value) ? { answers: this.answers(all) } : { records: recordsOf(all) };
  }

  async close(): Promise<void> {
    await this.pool.close();
  }

  private takes(block: Buffer): boolean {
    const [line = ''] = linesOfBlock(block);
    if (!line.startsWith('{')) return false;
    try {
      const event = JSON.parse(line) as NativeEvent;
      return this.known || this.recognizer.recognize(event) !== undefined;
    } catch {
      return false;
    }
  }

  private async *answers(blocks: AsyncIterable<Buffer<ArrayBuffer>>): AsyncGenerator<BlockAnswer> {
    try {
      yield* this.pool.match(blocks);
    } catch (cause) {
      if (!(cause instanceof EngineFailure)) throw cause;
      throw new YaguraError('internal', cause.message, { cause });
    }
  }
}

async function* startingWith<T>(first: T, others: AsyncIterable<T>): AsyncGenerator<T> {
  yield first;
  yield* others;
}
