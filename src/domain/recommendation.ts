import { canonicalJson, sha256 } from './canonical.ts';
import type { Entity } from './entity.ts';

/**
 * A proposed action, numbered R1, R2 … in its incident. Immutable: when any of its content changes it gets a
 * new number and the old one reads "replaced by". It never runs by itself.
 */
export interface Recommendation {
  /** `R1` */
  id: string;
  incidentId: string;
  action: string;
  target: Entity;
  /** Resource ids, one task each. */
  resources: string[];
  /** Time to live in seconds. */
  duration: number;
  /** The response rule that proposes it, and the policy commit it stands in. */
  rule: string;
  policyCommit: string;
  evidence: string[];
  because: string;
  /** Login of the person whose command asked for it; `yagura` for Yagura's own. */
  requestedBy: string;
  status: 'open' | 'replaced' | 'rejected' | 'executed' | 'withdrawn';
  replacedBy?: string;
  /** When GitHub confirmed a body that shows it, by GitHub's clock; unset until then. */
  confirmedAt?: Date;
  /** People who approved so far. */
  approvals: string[];
}

/** What an approval binds to: the content of a recommendation without its life. Hex SHA-256. */
export function recommendationHash(r: Recommendation): string {
  const { id, incidentId, action, target, resources, duration, rule, evidence, requestedBy } = r;
  return sha256(canonicalJson({ id, incidentId, action, target, resources, duration, rule, evidence, requestedBy }));
}
