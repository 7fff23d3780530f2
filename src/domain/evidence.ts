import { canonicalJson, sha256 } from './canonical.ts';
import type { Sentence } from './sentence.ts';

/** Three different results, never mixed: it was found, nothing was found, it could not be looked at. */
export type EvidenceOutcome = 'found' | 'nothing' | 'could-not-look';

/** How far what a tool returned may be believed: our own ledger and policy, a product, or free text. */
export type Trust = 'own' | 'product' | 'untrusted';

/** What a tool returned, append-only. */
export interface Evidence {
  /** `E1` … within its incident. */
  id: string;
  incidentId: string;
  tool: string;
  /** What was asked, as data. */
  query: Record<string, unknown>;
  outcome: EvidenceOutcome;
  /** One sentence; for `could-not-look` what is missing and where to add it. */
  summary: Sentence;
  /** The full result. */
  result: unknown;
  trust: Trust;
  at: Date;
  /** SHA-256 (hex) of the canonical JSON of tool, query, outcome and result. */
  hash: string;
}

/** What evidence is known by. */
export function evidenceHash({
  tool,
  query,
  outcome,
  result,
}: Pick<Evidence, 'tool' | 'query' | 'outcome' | 'result'>) {
  return sha256(canonicalJson([tool, query, outcome, result]));
}
