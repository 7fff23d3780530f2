import { sameAccount } from './account.ts';
import type { Policy } from './policy.ts';
import { approversOf, type Recommendation, requesterOf } from './recommendation.ts';

/**
 * Who can give an approval that is missing: people, teams and roles as the policy writes them, without who gave one, and
 * without who asked where the rule says so.
 */
export function approversFor(r: Recommendation, { grants, responses }: Pick<Policy, 'grants' | 'responses'>): string[] {
  const { people, teams, roles } = grants.responder;
  const rule = responses.find((one) => one.id === r.rule && one.action === r.action);
  const without = [...approversOf(r), ...(rule?.requesterMayApprove ? [] : [requesterOf(r)])];
  return [
    ...people.filter((login) => !without.some((one) => sameAccount(one, { login }))),
    ...teams,
    ...roles.map((role) => `role ${role}`),
  ];
}
