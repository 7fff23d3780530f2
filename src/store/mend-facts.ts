import type { Policy } from '../domain/policy.ts';
import { exposedRepositories, type MendFacts } from '../domain/vulnerability.ts';
import type { Sql } from '../ports/store.ts';
import { followed } from './settle.ts';

/** How the places of a vulnerability stand, all of them, however many an issue shows. */
export interface Places extends MendFacts {
  places: number;
  open: number;
  /** The version that mends every open one, where it is the same. */
  fixed?: string;
}

interface Row {
  id: string;
  places: number;
  open: number;
  epss: number | null;
  known: boolean | null;
  exposed: boolean | null;
  fixed: string | null;
}

/** Of each of the incidents that has places. Where Dependabot follows one, what an advisory says of it is the same again. */
export async function mendFacts(
  sql: Sql,
  incidents: readonly string[],
  { vulnerabilities, context }: Pick<Policy, 'vulnerabilities' | 'context'>,
): Promise<Map<string, Places>> {
  const found = await sql.query<Row>(
    `with placed as (
       select a.incident_id as id, a.place, coalesce(a.lifecycle not in ('fixed', 'dismissed'), true) as open,
         ${followed} as followed
       from alert a where a.incident_id = any($1::bigint[]) and a.place is not null),
     counted as (
       select id, count(*)::int as places, (count(*) filter (where open))::int as open,
         max((place ->> 'epss')::float8) filter (where open) as epss,
         bool_or(upper(place ->> 'cve') = any($2::text[])) filter (where open) as known,
         bool_or(lower(place ->> 'repository') = any($3::text[])) filter (where open) as exposed,
         min(coalesce(place ->> 'fixed', '')) filter (where open) as first,
         max(coalesce(place ->> 'fixed', '')) filter (where open) as last
       from placed where not followed group by id)
     select id, places, open, epss, known, exposed, case when first = last then nullif(first, '') end as fixed from counted`,
    [incidents, vulnerabilities.kev ?? [], exposedRepositories(context)],
  );
  return new Map(
    found.rows.map(({ id, places, open, epss, known, exposed, fixed }) => [
      id,
      {
        ...{ places, open, known: known === true, exposed: exposed === true },
        ...(epss !== null && { epss }),
        ...(fixed !== null && { fixed }),
      },
    ]),
  );
}
