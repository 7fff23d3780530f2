import type { RawRecord } from './record.ts';

type From = Pick<RawRecord, 'source' | 'origin'>;

/** Who sent a record: its source, and which of its installations where it has several: `github:42`. */
export function connectionOf({ source, origin }: From): string {
  const installation = origin?.installation ?? null;
  return installation === null ? source : `${source}:${String(installation)}`;
}

/** When the first of these records came from each connection. */
export function firstHeard(raws: readonly (From & Pick<RawRecord, 'receivedAt'>)[]): Map<string, Date> {
  const first = new Map<string, Date>();
  for (const raw of raws) if (!first.has(connectionOf(raw))) first.set(connectionOf(raw), raw.receivedAt);
  return first;
}
