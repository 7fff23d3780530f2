import type { ParsedAlert, ParseFailure } from '../domain/alert.ts';

/** What the receiver knows of a record beside its content. */
export interface ParseContext {
  receivedAt: Date;
}

/**
 * A product whose records Yagura reads: one file in this folder, which exports a constant of the file's name. Being
 * in the folder makes it exist; `source.ts` is the contract, and folders below hold parts of one product.
 */
export interface Source {
  /** Equal to the file's name and to `<source>` of `POST /ingest/<source>`. */
  name: string;
  product: { vendor: string; name: string };
  /** The product's own id of this record, the same when it is delivered again; undefined when it has none. */
  eventId?(record: unknown): string | undefined;
  /** True when the record is of this product, for records that come without saying so. */
  recognise?(record: unknown): boolean;
  /**
   * The alerts of one record: none when the product says something that is no alert, several when it packs them
   * together. Pure, tolerant of unknown keys, never throws: what cannot be read is returned as a failure.
   */
  parse(record: unknown, context: ParseContext): ParsedAlert[] | ParseFailure;
}
