import type { Duplex } from 'node:stream';
import pg from 'pg';

/** The part of pg's connection that speaks COPY; its type declarations leave it out. */
interface CopyConnection {
  stream: Duplex;
  endCopyFrom(): void;
}

type Answers<Row> = { rows: Row[] }[];

/** A query that gives `data` to the `copy … from stdin` in it. */
class CopyQuery extends pg.Query {
  readonly #data: Buffer;

  constructor(text: string, data: Buffer, done: (error: Error | undefined, result: never) => void) {
    super(text, done);
    this.#data = data;
  }

  handleCopyInResponse(connection: CopyConnection): void {
    // What `sendCopyFromChunk` sends; that would copy `data` twice before.
    const head = Buffer.from('d\0\0\0\0');
    head.writeInt32BE(4 + this.#data.length, 1);
    connection.stream.write(head);
    connection.stream.write(this.#data);
    connection.endCopyFrom();
  }
}

/** Runs statements as one transaction, one of them a `copy … from stdin` of `data`; resolves to the rows of each. */
export function copyQuery<Row>(client: pg.ClientBase, statements: string, data: Buffer): Promise<Answers<Row>> {
  return new Promise((resolve, reject) => {
    const done = (error: Error | undefined, answers: Answers<Row>) => (error ? reject(error) : resolve(answers));
    client.query(new CopyQuery(statements, data, done));
  });
}
