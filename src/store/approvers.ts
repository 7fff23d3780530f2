import { approversFor } from '../domain/approvers.ts';
import type { Policy } from '../domain/policy.ts';
import type { Recommendation } from '../domain/recommendation.ts';
import type { Sql } from '../ports/store.ts';
import { ownParts } from './own-part.ts';

/**
 * Who can give an approval that is missing, without those who are part of the incident: people, teams and roles as the
 * policy writes them. Of whom a team or a role gives the right is only known when they type.
 */
export async function approversHere(
  sql: Sql,
  r: Recommendation,
  policy: Pick<Policy, 'grants' | 'responses' | 'context' | 'people'>,
): Promise<string[]> {
  const named = new Set(policy.grants.responder.people);
  const all = approversFor(r, policy);
  const people = all.filter((who) => named.has(who));
  const parts = await ownParts(sql, r.incidentId, people, policy);
  return all.filter((who) => !parts.has(who));
}
