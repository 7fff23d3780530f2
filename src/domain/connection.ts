import type { RawRecord } from './record.ts';

type From = Pick<RawRecord, 'source' | 'origin'>;
type Heard = From & Pick<RawRecord, 'receivedAt'>;

/** Who sent a record: its source, and which of its installations where it has several: `github:42`. */
export function connectionOf({ source, origin }: From): string {
  const installation = origin?.installation ?? null;
  return installation === null ? source : `${source}:${String(installation)}`;
}

/**
 * What an alert counts as new with: who sent its record, and below an installation which of its products found it, such
 * as a scanner that is switched on later: `github:42:GitHub secret scanning`.
 */
export function feedOf(from: From, product: string): string {
  const connection = connectionOf(from);
  return connection === from.source ? connection : `${connection}:${product}`;
}

/** When the first of these records came from each connection, and the first alert from each feed. */
export function firstHeard(
  raws: readonly Heard[],
  alerts: readonly { raw: Heard; parsed: { product: string } }[],
): Map<string, Date> {
  const first = new Map<string, Date>();
  const hear = (name: string, at: Date) => {
    if (!first.has(name)) first.set(name, at);
  };
  for (const raw of raws) hear(connectionOf(raw), raw.receivedAt);
  for (const { raw, parsed } of alerts) hear(feedOf(raw, parsed.product), raw.receivedAt);
  return first;
}
