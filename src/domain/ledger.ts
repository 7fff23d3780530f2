import { canonicalJson, sha256 } from './canonical.ts';

export const ledgerKinds = [
  'alert',
  'repeat',
  'incident.opened',
  'incident.merged',
  'incident.closed',
  'incident.reopened',
  'incident.changed',
  'evidence',
  'report',
  'recommendation',
  'recommendation.confirmed',
  'recommendation.replaced',
  'command',
  'approval',
  'emergency.approved',
  'emergency.confirmed',
  'emergency.undone',
  'verdict',
  'task',
  'publication',
  'notification',
  'tamper',
  'redaction',
] as const;
export type LedgerKind = (typeof ledgerKinds)[number];

/** What is to be written down. */
export interface LedgerEntry {
  kind: LedgerKind;
  incidentId: string | null;
  body: Record<string, unknown>;
}

/** A written row. `body` is canonical JSON. */
export interface LedgerRow {
  seq: number;
  /** ISO 8601, milliseconds. */
  at: string;
  kind: string;
  incidentId: string | null;
  policyCommit: string;
  body: string;
  hash: string;
}

/** The hash before the first row. */
export const ledgerGenesis = 'yagura';

/** Chains one row to the one before it; hex SHA-256 over canonical JSON of everything in the row. */
export function ledgerHash(previous: string, row: Omit<LedgerRow, 'hash'>): string {
  return sha256(canonicalJson([previous, row.seq, row.at, row.kind, row.incidentId, row.policyCommit, row.body]));
}
