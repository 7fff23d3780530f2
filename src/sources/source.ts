import type { ParsedAlert, ParseFailure } from '../domain/alert.ts';
import type { NativeEventRecord } from '../normalize/native-event-record.ts';

/** What the receiver knows of a record beside its content. */
export interface ParseContext {
  receivedAt: Date;
}

interface AnySource {
  /** Equal to the file's name and to `<source>` of `POST /ingest/<source>`. */
  name: string;
  product: { vendor: string; name: string };
  /** The product's own id of this record, the same when it is delivered again; undefined when it has none. */
  eventId?(record: unknown): string | undefined;
  /** True when the record is of this product, for records that come without saying so. */
  recognise?(record: unknown): boolean;
}

/** A product that says what is an alert. */
export interface AlertSource extends AnySource {
  /**
   * The alerts of one record: none when the product says something that is no alert, several when it packs them
   * together. Pure, tolerant of unknown keys, never throws: what cannot be read is returned as a failure.
   */
  parse(record: unknown, context: ParseContext): ParsedAlert[] | ParseFailure;
}

/** A product that writes down what happens; only what a Sigma rule matches becomes an alert. */
export interface EventSource extends AnySource {
  /**
   * Its records may be lines of text: sent as `text/plain` one a line, or as JSON objects with the line in `message`,
   * `log` or `line`. `read` and `recognise` then get a string or an object.
   */
  lines?: true;
  /**
   * The events of one record: several when it packs them together, none when it is an empty pack. Pure, tolerant of
   * unknown keys, never throws: what cannot be read is returned as a failure.
   */
  read(record: unknown, context: ParseContext): NativeEventRecord[] | ParseFailure;
  /**
   * For products that write one event in several records: the events that the parts of one make together, beside the
   * parts. Parts are those with an equal `partOf` that come soon after one another. Pure, never throws.
   */
  join?(parts: readonly NativeEventRecord[]): NativeEventRecord[];
}

/**
 * A product whose records Yagura reads: one file in this folder, which exports a constant of the file's name. Being
 * in the folder makes it exist; `source.ts` is the contract, and folders below hold parts of one product.
 */
export type Source = AlertSource | EventSource;
