import { defaultRoom, openRooms } from '../domain/room.ts';
import type { ClosedIncident, Facts, KeptRecord, OtherAlert } from '../ports/facts.ts';
import type { RepoRef } from '../ports/forge.ts';
import type { PolicySource } from '../ports/policy-source.ts';
import type { Sql } from '../ports/store.ts';

/** How incidents of other rooms are named, and which of them may be. */
export interface FactsPlace {
  policy: Pick<PolicySource, 'current'>;
  /** The default issue repository. */
  repo: RepoRef;
}

/**
 * The `Facts` port over the store: queries only. Of a restricted room an incident elsewhere hears how many there are, and
 * nothing else. Without `place` there is the default room alone.
 */
export function createFacts(sql: Sql, place?: FactsPlace): Facts {
  const open = () => (place ? openRooms(place.policy.current()) : [defaultRoom]);
  const nameOf = (room: string) => (room === defaultRoom ? `${place?.repo.owner}/${place?.repo.name}` : room);
  /** Where an issue stands, said only when it is another repository than that of the incident that asks. */
  const placed = (row: { issue: string | null; room: string; here: boolean }) => ({
    issue: row.issue === null ? null : Number(row.issue),
    ...(row.here || row.issue === null ? {} : { repository: nameOf(row.room) }),
  });

  return {
    async alertsOf(entity, { exceptIncident, limit }) {
      const carrying = `from alert_entity e join alert a on a.id = e.alert_id join incident i on i.id = a.incident_id
         join incident own on own.id = $3
         where e.type = $1 and e.value = $2 and a.incident_id <> $3`;
      const given = [entity.type, entity.value, exceptIncident, open()];
      const found = await sql.query<{
        title: string;
        titles: OtherAlert['titles'];
        product: string;
        time: Date;
        issue: string | null;
        room: string;
        here: boolean;
        total: number;
      }>(
        `select a.title, a.titles, a.product, a.time, i.issue, i.room, i.room = own.room as here, count(*) over ()::int as total
         ${carrying} and (i.room = own.room or i.room = any($4)) order by a.time desc limit $5`,
        [...given, limit],
      );
      const unseen = await sql.query<{ n: number }>(
        `select count(distinct i.id)::int as n ${carrying} and not (i.room = own.room or i.room = any($4))`,
        given,
      );
      const alerts = found.rows.map(({ title, titles, product, time, ...row }) => ({
        ...{ title, ...(titles ? { titles } : {}), product, time },
        ...placed(row),
      }));
      const restricted = unseen.rows[0]?.n ?? 0;
      return { total: found.rows[0]?.total ?? 0, alerts, ...(restricted > 0 ? { restricted } : {}) };
    },
    async closedIncidents(limit, forIncident) {
      const found = await sql.query<
        Omit<ClosedIncident, 'issue'> & { issue: string | null; room: string; here: boolean }
      >(
        `select i.id, i.issue, i.room, i.room = own.room as here, i.title, i.verdict, coalesce(i.verdict_why, '') as why,
           i.closed_at as "closedAt",
           (select string_agg(distinct a.title || ' ' || a.rule, E'\\n') from alert a where a.incident_id = i.id) || E'\\n' ||
           coalesce((select string_agg(distinct e.value, ' ') from alert_entity e join alert a on a.id = e.alert_id
             where a.incident_id = i.id), '') as text
         from incident i join incident own on own.id = $2
         where i.status = 'closed' and i.closed_at is not null and (i.room = own.room or i.room = any($3))
         order by i.closed_at desc limit $1`,
        [limit, forIncident, open()],
      );
      return found.rows.map(({ issue, room, here, ...row }) => ({
        ...row,
        text: row.text ?? row.title,
        ...placed({ issue, room, here }),
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
