import { sha256 } from '../domain/canonical.ts';

/**
 * What makes two deliveries the same record, in order: the sender's `Idempotency-Key` with the record's index, the
 * product's own event id, or the bytes (for 24 hours). Lines of text may well be equal, one request after another within
 * a second: of such, in one body, each is a record of its own, and the same body again brings none.
 */
export function identityOf(record: {
  source: string;
  contentHash: string;
  idempotencyKey: string | undefined;
  index: number;
  eventId: string | undefined;
  /** Equal lines before it in the same body. */
  earlier?: number;
}): { identity: string; byBytes: boolean } {
  const { source, contentHash, idempotencyKey, index, eventId, earlier = 0 } = record;
  // An empty header says nothing: taken as a key it would make every later record a duplicate.
  if (idempotencyKey !== undefined && idempotencyKey.trim() !== '')
    return { identity: `${source}:key:${sha256(`${index}:${idempotencyKey}`)}`, byBytes: false };
  if (eventId !== undefined) return { identity: `${source}:event:${sha256(eventId)}`, byBytes: false };
  const nth = earlier === 0 ? '' : `:${earlier}`;
  return { identity: `${source}:bytes:${contentHash}${nth}`, byBytes: true };
}
