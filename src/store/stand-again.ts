import type { Alert } from '../domain/alert.ts';
import { matches } from '../domain/condition.ts';
import { connectionOf, feedOf } from '../domain/connection.ts';
import type { Policy } from '../domain/policy.ts';
import { adoptedByPolicy } from '../domain/quiet.ts';
import { type Severity, severities, severityId } from '../domain/severity.ts';
import type { Growth } from '../domain/standing.ts';
import { dayOf } from '../domain/zoned-time.ts';
import type { Sql, Store } from '../ports/store.ts';
import { askAnew } from './asking.ts';
import { loadSourceDays } from './connections.ts';
import { appendLedger } from './ledger.ts';
import { type Movable, moveStanding } from './move-standing.ts';
import { markDirty } from './publications.ts';

/** Alerts of the inventory that are held against the policy in one go. */
const batch = 500;

/** What another policy makes of an incident without an issue. */
interface Under {
  now: Date;
  policy: Policy;
}

/** Open incidents that are pressing since the policy changed: that is news, wherever they stand. */
export async function standPressing(tx: Sql, under: Under, incidents: readonly string[]): Promise<void> {
  await askAnew(tx, incidents);
  await stand(tx, under, incidents, { news: true, adopted: false });
}

/**
 * Gives backlog that the policy adopts an issue, and what stands in a digest of these days and would open one now, the
 * worst first, as many as there may be today; the others wait for another day. Says whether any has one now.
 */
export async function adoptListed(store: Store, under: Under): Promise<boolean> {
  const room = await roomToday(store, under);
  if (room === 0) return false;
  const ids = [...(await aboveDigest(store, under, room)), ...(await adoptedBacklog(store, under, room))];
  const stood = await store.transaction((tx) => stand(tx, under, ids, { news: false, adopted: true }));
  return stood.some(({ stands }) => stands === 'issue');
}

/** What is in a digest since yesterday, by whatever clock, and too bad for one; not what is held back for its source. */
async function aboveDigest(sql: Sql, { now, policy }: Under, room: number): Promise<string[]> {
  const { on, digestBelow } = policy.quiet;
  const found = await sql.query<{ id: string }>(
    `select i.id from incident i where i.stands = 'digest' and i.status = 'open' and (not i.held or not $1)
       and i.severity = any($2::text[]) and i.id in (select incident_id from digest_entry where day >= $3::date - 1)
     order by array_position($4::text[], i.severity) desc, i.id limit $5`,
    [on, on ? severities.slice(severityId(digestBelow)) : severities, dayOf(now, policy.timeZone), severities, room],
  );
  return found.rows.map(({ id }) => id);
}

/** Reads all of the inventory once, a page at a time. */
async function adoptedBacklog(store: Store, { policy }: Under, room: number): Promise<string[]> {
  const { adopt, on } = policy.quiet;
  if (!on || adopt.length === 0) return [];
  let worst: Listed[] = [];
  let after: Pick<Listed, 'incident' | 'id'> = { incident: '0', id: '0' };
  for (;;) {
    const page = await loadBacklog(store, after);
    const wanted = page.filter((alert) => adopt.some((when) => matches(when, alert)));
    const incidents = new Map([...worst, ...wanted].map((alert) => [alert.incident, alert]));
    worst = [...incidents.values()].sort((a, b) => severityId(b.severity) - severityId(a.severity)).slice(0, room);
    const last = page.at(-1);
    if (!last || page.length < batch) return worst.map(({ incident }) => incident);
    after = last;
  }
}

/** How many issues of what policy adopts may be opened today still. */
async function roomToday(sql: Sql, { now, policy }: Under): Promise<number> {
  const { baselineDays, issuesADay } = policy.quiet;
  const days = await loadSourceDays(sql, [adoptedByPolicy], { now, day: dayOf(now, policy.timeZone), baselineDays });
  return Math.max(0, issuesADay - (days.get(adoptedByPolicy)?.opened ?? 0));
}

type Listed = Pick<Alert, 'id' | 'kind' | 'source' | 'rule' | 'title' | 'effectiveSeverity' | 'entities' | 'scope'> & {
  incident: string;
  /** Of the incident. */
  severity: Severity;
};

/** A page of the inventory by incident and alert; both bounds are said, so that no page walks over those before it. */
async function loadBacklog(sql: Sql, after: Pick<Listed, 'incident' | 'id'>): Promise<Listed[]> {
  const found = await sql.query<Listed>(
    `with next as (
       select a.*, i.severity as worst from incident i join alert a on a.incident_id = i.id
       where i.stands = 'inventory' and i.status = 'open' and coalesce(a.lifecycle not in ('fixed', 'dismissed'), true)
         and i.id >= $1::bigint and a.incident_id >= $1::bigint and (i.id, a.id) > ($1::bigint, $2::bigint)
       order by i.id, a.id limit $3)
     select n.id, n.incident_id as incident, n.kind, n.source, n.rule, n.title, n.effective_severity as "effectiveSeverity",
       n.scope, n.worst as severity, coalesce((select jsonb_agg(
           jsonb_build_object('type', e.type, 'value', e.value, 'from', e.found_in))
         from alert_entity e where e.alert_id = n.id), '[]') as entities
     from next n order by n.incident_id, n.id`,
    [after.incident, after.id, batch],
  );
  return found.rows;
}

type Row = Movable &
  Pick<Growth, 'kind' | 'severity'> & {
    pressing: boolean;
    stands: NonNullable<Growth['stands']>;
    source: string;
    product: string;
    installation: string | null;
  };

async function stand(tx: Sql, { now, policy }: Under, ids: readonly string[], why: Pick<Growth, 'news' | 'adopted'>) {
  if (ids.length === 0) return [];
  const found = await tx.query<Row>(
    `select i.id, i.room, i.stands, i.kind, i.pressing, i.severity, a.source, a.product, a.scope->>'installation' as installation
     from incident i cross join lateral (select a.source, a.product, a.scope from alert a where a.incident_id = i.id
       order by array_position($2::text[], a.effective_severity) desc, a.id limit 1) as a
     where i.id = any($1::bigint[]) and i.stands <> 'issue' and i.status = 'open' order by i.id for no key update of i`,
    [ids, severities],
  );
  const rows = found.rows;
  const growths = rows.map(({ id, source, installation, product, kind, pressing, severity, stands }): Growth => {
    const from = { source, origin: { installation } };
    const heard = { connection: connectionOf(from), feed: feedOf(from, product) };
    return { incident: id, kind, pressing, severity, stands, atOnce: false, ...why, ...heard };
  });
  const { stood, entries } = await moveStanding(tx, { now, policy, rows, growths });
  const opened = stood.flatMap(({ incident, stands }) => (stands === 'issue' ? [incident] : []));
  await markDirty(tx, now, opened, 'issue');
  await appendLedger(tx, now, policy.commit, entries);
  return stood;
}
