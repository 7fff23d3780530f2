import { Worker } from 'node:worker_threads';
import type { BlockAnswer } from './block-answer.ts';
import type { RuleFile } from './read-rules.ts';
import type { Logsource } from './rule.ts';

/** What engines of a pool are made of: each reads the rules by itself, since compiled ones do not cross threads. */
export interface EngineSetup {
  files: RuleFile[];
  placeholders?: ReadonlyMap<string, string[]>;
  /** Overrides what events are recognized as. */
  logsource?: Logsource;
}

/** Blocks that a thread has under way, at most: one it works on, and the next. */
const mostUnderWay = 2;

/** A thread of the pool came to an end, so that blocks stay without an answer. */
export class EngineFailure extends Error {}

/** Engines in threads of their own, for blocks of NDJSON. To be closed when no longer needed, or the process stays. */
export class EnginePool {
  private readonly threads: EngineThread[];

  constructor(setup: EngineSetup, threads: number) {
    this.threads = Array.from({ length: threads }, () => new EngineThread(setup));
  }

  /**
   * The answers to blocks, in the order of the blocks; takes them no faster than they are matched. A block is whole
   * lines and the pool's from then on: its memory moves to the thread. When the blocks end in an error, it is thrown
   * after the answers to those before.
   * @throws EngineFailure when a thread fails.
   */
  async *match(blocks: AsyncIterable<Uint8Array<ArrayBuffer>>): AsyncGenerator<BlockAnswer> {
    const waiting: Promise<BlockAnswer>[] = [];
    for await (const { answer } of this.asked(blocks)) {
      // Its time to be waited for comes; until then a failure is nobody's.
      answer.catch(() => undefined);
      waiting.push(answer);
      if (waiting.length < this.threads.length * mostUnderWay) continue;
      const first = await waiting.shift();
      if (first) yield first;
    }
    for (const answer of waiting) yield await answer;
  }

  async close(): Promise<void> {
    await Promise.all(this.threads.map((thread) => thread.close()));
  }

  private async *asked(
    blocks: AsyncIterable<Uint8Array<ArrayBuffer>>,
  ): AsyncGenerator<{ answer: Promise<BlockAnswer> }> {
    try {
      for await (const block of blocks) yield { answer: this.idlest().match(block) };
    } catch (error) {
      yield { answer: Promise.reject(error) };
    }
  }

  private idlest(): EngineThread {
    return this.threads.reduce((a, b) => (b.underWay < a.underWay ? b : a));
  }
}

interface Asked {
  resolve: (answer: BlockAnswer) => void;
  reject: (failure: EngineFailure) => void;
}

class EngineThread {
  private readonly worker: Worker;
  /** In the order in which they are answered. */
  private readonly asked: Asked[] = [];
  private failure: EngineFailure | undefined;

  constructor(workerData: EngineSetup) {
    this.worker = new Worker(new URL('./engine-worker.ts', import.meta.url), { workerData });
    this.worker.on('message', (answer: BlockAnswer) => this.asked.shift()?.resolve(answer));
    this.worker.on('messageerror', (cause) => this.fail('gave an answer that cannot be read', cause));
    this.worker.on('error', (cause) => this.fail(cause instanceof Error ? cause.message : String(cause), cause));
    this.worker.on('exit', (code) => this.fail(`it ended with code ${code}`));
  }

  get underWay(): number {
    return this.asked.length;
  }

  match(block: Uint8Array<ArrayBuffer>): Promise<BlockAnswer> {
    return new Promise((resolve, reject) => {
      if (this.failure) {
        reject(this.failure);
        return;
      }
      this.asked.push({ resolve, reject });
      this.worker.postMessage(block, [block.buffer]);
    });
  }

  async close(): Promise<void> {
    await this.worker.terminate();
  }

  private fail(reason: string, cause?: unknown): void {
    this.failure ??= new EngineFailure(`A thread that matches events failed: ${reason}.`, { cause });
    for (const { reject } of this.asked.splice(0)) reject(this.failure);
  }
}
