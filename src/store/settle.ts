import type { LedgerEntry } from '../domain/ledger.ts';
import type { Sql } from '../ports/store.ts';

/** Of alerts `a`, all of their incidents: what an advisory says of a place that Dependabot follows, whose word alone counts. */
export const followed = `coalesce(a.place ->> 'by' = 'advisory', false) and bool_or(a.place ->> 'by' = 'dependabot') over (
  partition by a.incident_id, a.place ->> 'ghsa', lower(a.place ->> 'repository'), a.place ->> 'key')`;

/** An advisory that is out stays out: where its package stands is what is mended. */
const published = `a.kind = 'advisory' and coalesce(a.lifecycle <> 'dismissed', true) and exists (
  select 1 from alert v where v.incident_id = a.incident_id and v.kind = 'vulnerability')`;

/**
 * Closes those of the incidents in which every alert is over, as their sources say: fixed, or dismissed there. Not for
 * threats: that somebody archived a finding does not end an attack. One that a source closed may still get another reason.
 * Returns what to write down.
 */
export async function settleIncidents(tx: Sql, now: Date, incidents: readonly string[]): Promise<LedgerEntry[]> {
  if (incidents.length === 0) return [];
  const settled = await tx.query<{ id: string; settled: string; product: string; why: string | null }>(
    `update incident i set status = 'closed', closed_at = coalesce(i.closed_at, $2), closed_by = s.product, settled = s.settled,
       settled_why = s.why, investigate_at = null, snoozed_until = null
     from (
       select a.incident_id as id, case when bool_and(a.lifecycle = 'fixed') then 'fixed' else 'dismissed' end as settled,
         (array_agg(a.product order by a.step_at desc, a.id))[1] as product,
         (array_agg(a.step_why order by a.step_at desc, a.id))[1] as why
       from (select a.*, ${followed} as followed from alert a where a.incident_id = any($1::bigint[])) as a
       where not a.followed and not (${published})
       group by a.incident_id having bool_and(coalesce(a.lifecycle in ('fixed', 'dismissed'), false))) as s
     where i.id = s.id and i.kind <> 'threat'
       and (i.status = 'open' or (i.status = 'closed' and i.settled <> s.settled))
     returning i.id, s.settled, s.product, s.why`,
    [incidents, now],
  );
  const ids = settled.rows.map(({ id }) => id);
  if (ids.length === 0) return [];
  await tx.query(
    `update recommendation set status = 'withdrawn' where incident_id = any($1::bigint[]) and status = 'open'`,
    [ids],
  );
  return settled.rows.map(({ id, settled: how, product, why }) => ({
    kind: 'incident.closed',
    incidentId: id,
    body: { by: product, how, why },
  }));
}
