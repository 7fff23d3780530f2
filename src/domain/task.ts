import type { Entity } from './entity.ts';

/**
 * planned → applying → active (verified) → expired | undone; or failed. `unverified` is applied without proof.
 * Every state but planned and applying is one a person can read and act on.
 */
export type TaskStatus = 'planned' | 'applying' | 'active' | 'unverified' | 'undoing' | 'undone' | 'expired' | 'failed';

/** One action on one target on one resource, numbered T1, T2 … in its incident. */
export interface Task {
  /** `T1` */
  id: string;
  incidentId: string;
  recommendation: string;
  action: string;
  target: Entity;
  resource: string;
  status: TaskStatus;
  /** Until when it holds; unset means until undone. */
  expiresAt?: Date;
  requestedBy: string;
  approvedBy: string[];
  policyCommit: string;
  /** One sentence: what the connector saw last. */
  detail: string;
  createdAt: Date;
  updatedAt: Date;
}
