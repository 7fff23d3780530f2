import { ownersOf } from '../domain/codeowners.ts';
import type { Incident } from '../domain/incident.ts';
import type { AlertView, IncidentView } from '../domain/incident-view.ts';
import { ends } from '../domain/life.ts';
import type { Policy } from '../domain/policy.ts';
import { updateOf } from '../domain/update-branch.ts';
import { timeToMend } from '../domain/vulnerability.ts';
import type { Sql } from '../ports/store.ts';
import { installedVersions } from './installed-versions.ts';
import { mendFacts } from './mend-facts.ts';
import { loadGuides } from './repository-guides.ts';

/** Where a dependency graph names no file, only patterns that own everything say who owns it. */
const anyFile = 'a file that is not named';

/** How a vulnerability stands, and who is to mend it where. */
export async function mendingOf(
  sql: Sql,
  incident: Incident,
  alerts: readonly AlertView[],
  policy: Pick<Policy, 'vulnerabilities' | 'context'>,
): Promise<Pick<IncidentView, 'mending'>> {
  const placed = alerts.flatMap(({ id, place, lifecycle }) => (place ? [{ id, place, lifecycle }] : []));
  if (incident.kind !== 'vulnerability' || placed.length === 0) return {};
  const facts = (await mendFacts(sql, [incident.id], policy)).get(incident.id);
  if (facts === undefined) return {};
  const guides = await loadGuides(sql, [...new Set(placed.map(({ place }) => place.repository))]);
  const installed = await installedVersions(
    sql,
    placed.filter(({ lifecycle }) => !ends(lifecycle)),
  );
  const places = placed.map(({ id, place }) => {
    const guide = guides.get(place.repository.toLowerCase());
    const owners = guide?.owners === undefined ? [] : ownersOf(guide.owners, place.manifest ?? anyFile);
    const update = updateOf(guide?.updates ?? [], place.package);
    const version = installed.get(id);
    const known = { ...(update !== undefined && { update }), ...(version !== undefined && { installed: version }) };
    return [id, { owners, ...known }] as const;
  });
  return {
    mending: {
      ...timeToMend(incident, facts, policy.vulnerabilities),
      listed: policy.vulnerabilities.kev !== undefined,
      places: Object.fromEntries(places),
      all: { places: facts.places, open: facts.open, ...(facts.fixed !== undefined && { fixed: facts.fixed }) },
    },
  };
}
