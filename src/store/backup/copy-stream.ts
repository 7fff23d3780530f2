import { once } from 'node:events';
import type { Duplex } from 'node:stream';
import { Readable } from 'node:stream';
import type { ClientBase, Submittable } from 'pg';

/** The part of pg's connection that speaks COPY; its type declarations leave it out. */
interface CopyConnection {
  stream: Duplex;
  query(text: string): void;
  sendCopyFromChunk(chunk: Buffer): void;
  endCopyFrom(): void;
  sendCopyFail(reason: string): void;
}

const BLOCK_BYTES = 64 * 1024;

/** The output of `COPY … TO STDOUT`, in blocks; the socket waits while nobody reads. */
export function copyOut(client: ClientBase, statement: string): Readable {
  const query = new CopyOutQuery(statement);
  client.query(query);
  return query.output;
}

/** Feeds `COPY … FROM STDIN` and resolves to the number of rows the server took. */
export async function copyIn(client: ClientBase, statement: string, input: AsyncIterable<Buffer>): Promise<number> {
  const query = new CopyInQuery(statement, input);
  client.query(query);
  return query.result;
}

class CopyOutQuery implements Submittable {
  readonly output: Readable;
  readonly #statement: string;
  #connection: CopyConnection | undefined;
  #block: Buffer[] = [];
  #bytes = 0;

  constructor(statement: string) {
    this.#statement = statement;
    this.output = new Readable({
      highWaterMark: 4 * BLOCK_BYTES,
      read: () => void this.#connection?.stream.resume(),
    });
  }

  submit(connection: object): void {
    this.#connection = connection as CopyConnection;
    this.#connection.query(this.#statement);
  }

  handleCopyData({ chunk }: { chunk: Buffer }): void {
    // Copied, because the parser uses its buffer again.
    this.#block.push(Buffer.from(chunk));
    this.#bytes += chunk.length;
    if (this.#bytes >= BLOCK_BYTES && !this.#flush()) this.#connection?.stream.pause();
  }

  handleCommandComplete(): void {
    if (this.#bytes > 0) this.#flush();
  }

  handleReadyForQuery(): void {
    // The last block may have paused the socket, and an ended output asks for nothing more.
    this.#connection?.stream.resume();
    this.output.push(null);
  }

  handleError(error: Error): void {
    this.#connection?.stream.resume();
    this.output.destroy(error);
  }

  #flush(): boolean {
    const block = Buffer.concat(this.#block);
    this.#block = [];
    this.#bytes = 0;
    return this.output.push(block);
  }
}

class CopyInQuery implements Submittable {
  readonly result: Promise<number>;
  readonly #statement: string;
  readonly #input: AsyncIterable<Buffer>;
  readonly #resolve: (rows: number) => void;
  readonly #reject: (error: unknown) => void;
  readonly #failed = new AbortController();
  #rows = 0;

  constructor(statement: string, input: AsyncIterable<Buffer>) {
    this.#statement = statement;
    this.#input = input;
    const { promise, resolve, reject } = Promise.withResolvers<number>();
    this.result = promise;
    this.#resolve = resolve;
    this.#reject = reject;
  }

  submit(connection: object): void {
    (connection as CopyConnection).query(this.#statement);
  }

  handleCopyInResponse(connection: CopyConnection): void {
    this.#send(connection).catch((error: unknown) => {
      this.#reject(error);
      if (!this.#failed.signal.aborted) connection.sendCopyFail('the source failed');
    });
  }

  handleCommandComplete({ text }: { text: string }): void {
    this.#rows = Number(/^COPY (\d+)/.exec(text)?.[1] ?? 0);
  }

  handleReadyForQuery(): void {
    this.#resolve(this.#rows);
  }

  handleError(error: Error): void {
    this.#reject(error);
    this.#failed.abort(error);
  }

  async #send(connection: CopyConnection): Promise<void> {
    const { signal } = this.#failed;
    for await (const chunk of this.#input) {
      signal.throwIfAborted();
      connection.sendCopyFromChunk(chunk);
      if (connection.stream.writableNeedDrain) await once(connection.stream, 'drain', { signal });
    }
    connection.endCopyFrom();
  }
}
