import type { Account } from './account.ts';
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
  /** Their id on GitHub; unset for Yagura's own. */
  requestedById?: number;
  status: 'open' | 'replaced' | 'rejected' | 'executed' | 'withdrawn' | 'expired';
  replacedBy?: string;
  /** When GitHub confirmed a body that shows it, by GitHub's clock; unset until then. */
  confirmedAt?: Date;
  /** Since when it waits for an approval that somebody asked for or began; unset when it does not. */
  waitsSince?: Date;
  /** Logins of the people who approved so far. */
  approvals: string[];
  /** Their ids on GitHub in the same order; shorter or with a gap where one is not known. */
  approverIds?: (number | undefined)[];
}

/** What an approval binds to: the content of a recommendation without its life. Hex SHA-256. */
export function recommendationHash(r: Recommendation): string {
  const { id, incidentId, action, target, resources, duration, rule, evidence, requestedBy, requestedById } = r;
  const asked = requestedById === undefined ? { requestedBy } : { requestedBy, requestedById };
  return sha256(canonicalJson({ id, incidentId, action, target, resources, duration, rule, evidence, ...asked }));
}

/** Who asked for it. */
export function requesterOf(r: Pick<Recommendation, 'requestedBy' | 'requestedById'>): Account {
  return r.requestedById === undefined ? { login: r.requestedBy } : { login: r.requestedBy, id: r.requestedById };
}

/** Who approved it so far. */
export function approversOf(r: Pick<Recommendation, 'approvals' | 'approverIds'>): Account[] {
  return r.approvals.map((login, k) => {
    const id = r.approverIds?.[k];
    return id === undefined ? { login } : { login, id };
  });
}

/** What a recommendation keeps of those who approved it. */
export function approvedBy(accounts: Account[]): Required<Pick<Recommendation, 'approvals' | 'approverIds'>> {
  return { approvals: accounts.map(({ login }) => login), approverIds: accounts.map(({ id }) => id) };
}
