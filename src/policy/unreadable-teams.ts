import type { NamedTeam, PolicyProblem } from '../domain/policy.ts';
import { type Forge, ForgeError } from '../ports/forge.ts';

/** Teams that are asked for at most; policy names a handful. */
const most = 100;

/**
 * A problem for each place that names a team which cannot be read, since such a team gives nobody a right. Throws
 * `ForgeError` when the forge does not say.
 */
export async function unreadableTeams(
  forge: Pick<Forge, 'self' | 'isTeamMember'>,
  named: readonly NamedTeam[],
): Promise<PolicyProblem[]> {
  const teams = [...new Set(named.map(({ team }) => team))].slice(0, most);
  if (teams.length === 0) return [];
  const { botLogin } = await forge.self();
  const why = new Map<string, string>();
  for (const team of teams) {
    // Whoever is asked about: the answer is a refusal when the team cannot be read.
    const refusal = await forge.isTeamMember(team, botLogin).then(() => undefined, refusalOf);
    if (refusal !== undefined) why.set(team, refusal);
  }
  return named.flatMap(({ team, origin }) => {
    const because = why.get(team);
    return because === undefined ? [] : [{ ...origin, message: `The team ${team} cannot be read: ${because}` }];
  });
}

function refusalOf(error: unknown): string {
  if (!(error instanceof ForgeError)) throw error;
  if (error.reason === 'forbidden') return 'the app may not read the members of that organization.';
  if (error.reason !== 'not-found') throw error;
  // Said by us, who know no installation there; or by GitHub, which says no more.
  return error.status === 0
    ? 'the app is not installed in that organization.'
    : 'there is no such team, or the app may not see it.';
}
