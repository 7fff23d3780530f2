import { sha256 } from '../domain/canonical.ts';

/**
 * What makes two deliveries the same record, in order: the sender's `Idempotency-Key` with the record's index, the
 * product's own event id, or the bytes (for 24 hours).
 */
export function identityOf(record: {
  source: string;
  contentHash: string;
  idempotencyKey: string | undefined;
  index: number;
  eventId: string | undefined;
}): { identity: string; byBytes: boolean } {
  const { source, contentHash, idempotencyKey, index, eventId } = record;
  // An empty header says nothing: taken as a key it would make every later record a duplicate.
  if (idempotencyKey !== undefined && idempotencyKey.trim() !== '')
    return { identity: `${source}:key:${sha256(`${index}:${idempotencyKey}`)}`, byBytes: false };
  if (eventId !== undefined) return { identity: `${source}:event:${sha256(eventId)}`, byBytes: false };
  return { identity: `${source}:bytes:${contentHash}`, byBytes: true };
}
