import { sameAccount } from '../domain/account.ts';
import type { Policy } from '../domain/policy.ts';
import { approversOf, type Recommendation, requesterOf } from '../domain/recommendation.ts';
import { rightsWords } from '../messages/rights.ts';
import type { Sql } from '../ports/store.ts';
import { ownParts } from './own-part.ts';

type Ruled = Pick<Policy, 'grants' | 'context' | 'people' | 'language'>;

/**
 * Who can approve in an incident, without those who are part of it: people, teams and roles as the policy writes them. Of
 * whom a team or a role gives the right is only known when they type.
 */
export async function respondersHere(sql: Sql, incident: string, policy: Ruled): Promise<string[]> {
  const { people, teams, roles } = policy.grants.responder;
  const parts = await ownParts(sql, incident, people, policy);
  const { roleNamed } = rightsWords(policy.language);
  return [...people.filter((login) => !parts.has(login)), ...teams, ...roles.map(roleNamed)];
}

/**
 * Who can give an approval that is missing: without who gave one, and without who asked where the rule says so; of people
 * those who can read it, where `reads` tells.
 */
export async function approversHere(
  sql: Sql,
  r: Recommendation,
  policy: Ruled & Pick<Policy, 'responses'>,
  reads: (login: string) => Promise<boolean> = async () => true,
): Promise<string[]> {
  const rule = policy.responses.find((one) => one.id === r.rule && one.action === r.action);
  const without = [...approversOf(r), ...(rule?.requesterMayApprove ? [] : [requesterOf(r)])];
  const all = await respondersHere(sql, r.incidentId, policy);
  const others = all.filter((who) => !without.some((one) => sameAccount(one, { login: who })));
  // All at once: it may be asked where an incident is held, and a forge that does not answer takes its time for each.
  const readable = await Promise.all(others.map((who) => !policy.grants.responder.people.includes(who) || reads(who)));
  return others.filter((_, k) => readable[k]);
}
