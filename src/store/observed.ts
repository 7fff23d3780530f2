import type { ObservedIncident } from '../domain/quiet-lists.ts';
import { severities } from '../domain/severity.ts';
import type { Verdict } from '../domain/verdict.ts';
import type { Sql } from '../ports/store.ts';
import type { DigestOf } from './digest.ts';
import { ownTitles } from './own-titles.ts';

/** Proposals of one incident that a digest names. */
const proposalsListed = 4;

type Row = Omit<ObservedIncident, 'issue'> & { issue: string | null; total: number };

/**
 * Incidents of a digest's day that have an issue, with what is proposed for them, and the critical ones it holds back; the
 * most severe first; and how many.
 */
export async function loadObserved(
  sql: Sql,
  { day, room }: DigestOf,
  { limit, quiet }: { limit: number; quiet: readonly Verdict[] },
): Promise<{ observed: ObservedIncident[]; total: number }> {
  const found = await sql.query<Row>(
    `with worst as (
       select i.*, count(*) over ()::int as total from digest_entry d join incident i on i.id = d.incident_id
       where d.day = $1::date and i.room = $2 and i.status <> 'merged'
         and (i.stands = 'issue' or (i.stands = 'digest' and i.held and i.status = 'open' and i.severity = 'critical'))
       order by array_position($4::text[], i.severity) desc, i.first_seen, i.id limit $3)
     select i.id as number, i.issue, i.stands, i.kind, i.pressing, i.severity, i.title, ${ownTitles('i')} as titles, i.total,
       coalesce(i.report->>'verdictBy' is not null and i.report->>'verdict' = any($5), false) as nothing,
       coalesce((select jsonb_agg(jsonb_build_object('action', r.action, 'rule', r.rule,
           'target', jsonb_build_object('type', r.target_type, 'value', r.target_value)) order by r.number)
         from (select * from recommendation o where o.incident_id = i.id and o.status in ('open', 'executed')
           and o.requested_by = 'yagura' order by o.number limit $6) as r), '[]') as proposed
     from worst i order by array_position($4::text[], i.severity) desc, i.first_seen, i.id`,
    [day, room, limit, severities, quiet, proposalsListed],
  );
  const observed = found.rows.map(({ total: _, issue, ...row }) => ({
    ...row,
    issue: issue === null ? undefined : Number(issue),
  }));
  return { observed, total: found.rows[0]?.total ?? 0 };
}
