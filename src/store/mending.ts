import { ownersOf } from '../domain/codeowners.ts';
import type { Incident } from '../domain/incident.ts';
import type { AlertView, IncidentView } from '../domain/incident-view.ts';
import { ends } from '../domain/life.ts';
import type { Policy } from '../domain/policy.ts';
import { updateOf } from '../domain/update-branch.ts';
import { timeToMend } from '../domain/vulnerability.ts';
import type { Sql } from '../ports/store.ts';
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
  const guides = await loadGuides(sql, [...new Set(placed.map(({ place }) => place.repository))]);
  const places = placed.map(({ id, place }) => {
    const guide = guides.get(place.repository.toLowerCase());
    const owners = guide?.owners === undefined ? [] : ownersOf(guide.owners, place.manifest ?? anyFile);
    const update = updateOf(guide?.updates ?? [], place.package);
    return [id, { owners, ...(update !== undefined && { update }) }] as const;
  });
  const open = placed.filter(({ lifecycle }) => !ends(lifecycle)).map(({ place }) => place);
  return {
    mending: {
      ...timeToMend(incident, open, policy),
      listed: policy.vulnerabilities.kev !== undefined,
      places: Object.fromEntries(places),
      all: await countPlaces(sql, incident.id),
    },
  };
}

/** Where Dependabot follows a place, what an advisory says of it is the same again. */
async function countPlaces(sql: Sql, incident: string): Promise<{ places: number; open: number }> {
  const found = await sql.query<{ places: number; open: number }>(
    `with placed as (
       select place ->> 'by' as by, lifecycle, bool_or(place ->> 'by' = 'dependabot') over (
         partition by lower(place ->> 'repository'), lower(place ->> 'package')) as followed
       from alert where incident_id = $1 and place is not null)
     select count(*)::int as places,
       (count(*) filter (where lifecycle is null or lifecycle not in ('fixed', 'dismissed')))::int as open
     from placed where not (by = 'advisory' and followed)`,
    [incident],
  );
  return found.rows[0] ?? { places: 0, open: 0 };
}
