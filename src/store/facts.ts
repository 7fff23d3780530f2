import type { ClosedIncident, Facts, KeptRecord, Sql } from '../ports.ts';

/** The `Facts` port over the store: queries only. */
export function createFacts(sql: Sql): Facts {
  return {
    async alertsOf(entity, { exceptIncident, limit }) {
      const found = await sql.query<{
        title: string;
        product: string;
        time: Date;
        issue: string | null;
        total: number;
      }>(
        `select a.title, a.product, a.time, i.issue, count(*) over ()::int as total
         from alert_entity e join alert a on a.id = e.alert_id join incident i on i.id = a.incident_id
         where e.type = $1 and e.value = $2 and a.incident_id <> $3 order by a.time desc limit $4`,
        [entity.type, entity.value, exceptIncident, limit],
      );
      const alerts = found.rows.map(({ total: _total, issue, ...alert }) => ({
        ...alert,
        issue: issue === null ? null : Number(issue),
      }));
      return { total: found.rows[0]?.total ?? 0, alerts };
    },
    async closedIncidents(limit) {
      const found = await sql.query<Omit<ClosedIncident, 'issue'> & { issue: string | null }>(
        `select i.id, i.issue, i.title, i.verdict, coalesce(i.verdict_why, '') as why, i.closed_at as "closedAt",
           (select string_agg(distinct a.title || ' ' || a.rule, E'\\n') from alert a where a.incident_id = i.id) || E'\\n' ||
           coalesce((select string_agg(distinct e.value, ' ') from alert_entity e join alert a on a.id = e.alert_id
             where a.incident_id = i.id), '') as text
         from incident i where i.status = 'closed' and i.closed_at is not null order by i.closed_at desc limit $1`,
        [limit],
      );
      return found.rows.map((row) => ({
        ...row,
        text: row.text ?? row.title,
        issue: row.issue === null ? null : Number(row.issue),
      }));
    },
    async rawRecord(incident, alert) {
      const found = await sql.query<KeptRecord>(
        `select r.id, r.source, r.received_at as "receivedAt", r.content_hash as hash, r.content,
           r.redacted_by as "redactedBy", r.redacted_at as "redactedAt"
         from alert a join alert_raw x on x.alert_id = a.id join raw_record r on r.id = x.raw_id
         where a.incident_id = $1 and a.id = $2 order by r.id limit 1`,
        [incident, alert],
      );
      return found.rows[0];
    },
  };
}
