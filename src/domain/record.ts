/** One record as it will be stored: exact bytes and the identity that makes a second delivery a duplicate. */
export interface IncomingRecord {
  source: string;
  content: Buffer;
  contentHash: string;
  /** See `identityOf`. */
  identity: string;
  /** True when the identity is only the bytes, which counts for 24 hours. */
  byBytes: boolean;
  /** Where a webhook came from; null for the ingest endpoint. */
  origin: Record<string, unknown> | null;
}

/** What became of it. `id` is the raw record's, of the first delivery when it is a duplicate. */
export interface StoredRecord {
  id: string;
  duplicate: boolean;
}

/** How long equal bytes without any other identity count as the same delivery, in milliseconds. */
export const bytesIdentityMs = 24 * 3600 * 1000;

/** A record as it lies in the store. */
export interface RawRecord {
  id: string;
  source: string;
  content: Buffer;
  receivedAt: Date;
  origin: Record<string, unknown> | null;
}
