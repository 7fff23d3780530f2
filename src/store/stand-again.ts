import type { Alert } from '../domain/alert.ts';
import { matches } from '../domain/condition.ts';
import { connectionOf, feedOf } from '../domain/connection.ts';
import type { Policy } from '../domain/policy.ts';
import { severities } from '../domain/severity.ts';
import type { Growth } from '../domain/standing.ts';
import type { Sql, Store } from '../ports/store.ts';
import { askAnew } from './asking.ts';
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
 * Gives backlog that the policy adopts an issue, the worst first, as many as there may be today; the others wait for
 * another day. Says whether any has one now.
 */
export async function adoptBacklog(store: Store, under: Under): Promise<boolean> {
  const { adopt, on } = under.policy.quiet;
  if (!on || adopt.length === 0) return false;
  let any = false;
  let after: Pick<Listed, 'rank' | 'id'> = { rank: severities.length + 1, id: '0' };
  for (;;) {
    const page = await loadBacklog(store, after);
    const wanted = page.filter((alert) => adopt.some((when) => matches(when, alert)));
    const ids = [...new Set(wanted.map(({ incident }) => incident))];
    const stood = await store.transaction((tx) => stand(tx, under, ids, { news: false, adopted: true }));
    any ||= stood.some(({ stands }) => stands === 'issue');
    const last = page.at(-1);
    const full = stood.some(({ stands }) => stands !== 'issue');
    if (full || !last || page.length < batch) return any;
    after = last;
  }
}

type Listed = Pick<Alert, 'id' | 'kind' | 'source' | 'rule' | 'title' | 'effectiveSeverity' | 'entities' | 'scope'> & {
  incident: string;
  /** Of its severity, 1 for the least. */
  rank: number;
};

async function loadBacklog(sql: Sql, after: Pick<Listed, 'rank' | 'id'>): Promise<Listed[]> {
  const found = await sql.query<Listed>(
    `with next as (
       select a.*, r.rank from alert a join incident i on i.id = a.incident_id
       cross join lateral (select array_position($3::text[], a.effective_severity) as rank) as r
       where i.stands = 'inventory' and i.status = 'open' and coalesce(a.lifecycle not in ('fixed', 'dismissed'), true)
         and (r.rank < $1 or (r.rank = $1 and a.id > $2::bigint))
       order by r.rank desc, a.id limit $4)
     select n.id, n.incident_id as incident, n.kind, n.source, n.rule, n.title, n.effective_severity as "effectiveSeverity",
       n.scope, n.rank, coalesce((select jsonb_agg(jsonb_build_object('type', e.type, 'value', e.value, 'from', e.found_in))
         from alert_entity e where e.alert_id = n.id), '[]') as entities
     from next n order by n.rank desc, n.id`,
    [after.rank, after.id, severities, batch],
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
