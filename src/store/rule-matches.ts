import type { AlertEntity } from '../domain/entity.ts';
import type { Scope } from '../domain/scope.ts';
import type { Sql } from '../ports/store.ts';

/** A match that correlation rules count. */
export interface RuleMatch {
  rawId: string;
  /** Which of the record's events, from 0. */
  event: number;
  /** The rule's id, or what stands for it. */
  rule: string;
  at: Date;
  /** Values of the fields that correlations asked for. */
  values: Record<string, unknown>;
  entities: AlertEntity[];
  /** Where the event comes from. */
  scope: Scope;
}

const columns = 'raw_id as "rawId", event, rule, at, field_values as values, entities, scope';

export async function saveRuleMatches(tx: Sql, matches: readonly RuleMatch[]): Promise<void> {
  if (matches.length === 0) return;
  await tx.query(
    `insert into rule_match (raw_id, event, rule, at, field_values, entities, scope)
     select * from unnest($1::bigint[], $2::int[], $3::text[], $4::timestamptz[], $5::jsonb[], $6::jsonb[], $7::jsonb[])
     on conflict do nothing`,
    [
      matches.map((one) => one.rawId),
      matches.map((one) => one.event),
      matches.map((one) => one.rule),
      matches.map((one) => one.at),
      matches.map((one) => JSON.stringify(one.values)),
      matches.map((one) => JSON.stringify(one.entities)),
      matches.map((one) => JSON.stringify(one.scope)),
    ],
  );
}

/**
 * Matches of records after one, not older than `reachMs` before the newest there is, in the order they came; the newest
 * of them when there are more than `limit`.
 */
export async function loadRuleMatches(
  sql: Sql,
  { reachMs, after, limit }: { reachMs: number; after: string; limit: number },
): Promise<RuleMatch[]> {
  const found = await sql.query<RuleMatch>(
    `select ${columns} from rule_match
     where raw_id > $3 and at >= (select max(at) from rule_match) - make_interval(secs => $1)
     order by raw_id desc, event desc limit $2`,
    [reachMs / 1000, limit, after],
  );
  return found.rows.reverse();
}

/** What the events named `raw:event` brought along. */
export async function entitiesOfMatches(sql: Sql, refs: readonly string[]): Promise<AlertEntity[]> {
  const found = await sql.query<{ entities: AlertEntity[] }>(
    `select entities from rule_match
     where (raw_id, event) in (select * from unnest($1::bigint[], $2::int[])) order by at, raw_id, event`,
    [refs.map((ref) => ref.split(':')[0]), refs.map((ref) => ref.split(':')[1])],
  );
  return found.rows.flatMap((row) => row.entities);
}

/** Where the events named `raw:event` come from, each place once, that of the last named first. */
export async function scopesOfMatches(sql: Sql, refs: readonly string[]): Promise<Scope[]> {
  const found = await sql.query<{ scope: Scope }>(
    `select m.scope from unnest($1::bigint[], $2::int[]) with ordinality as r(raw_id, event, n)
     join rule_match m on m.raw_id = r.raw_id and m.event = r.event group by m.scope order by max(r.n) desc`,
    [refs.map((ref) => ref.split(':')[0]), refs.map((ref) => ref.split(':')[1])],
  );
  return found.rows.map((row) => row.scope);
}

/** Those of the keys that were not told before; they are now. */
export async function tellOnce(tx: Sql, keys: readonly string[], now: Date): Promise<Set<string>> {
  if (keys.length === 0) return new Set();
  const told = await tx.query<{ key: string }>(
    'insert into correlation_told (key, at) select key, $2 from unnest($1::text[]) as key on conflict do nothing returning key',
    [[...new Set(keys)], now],
  );
  return new Set(told.rows.map(({ key }) => key));
}

/** Forgets matches no window can hold any more, seen from the newest, and what was told so long ago that none comes back. */
export async function forgetRuleMatches(tx: Sql, reachMs: number, now: Date): Promise<void> {
  await tx.query('delete from rule_match where at < (select max(at) from rule_match) - make_interval(secs => $1)', [
    (2 * reachMs) / 1000,
  ]);
  await tx.query('delete from correlation_told where at < $1', [new Date(now.getTime() - keepToldMs)]);
}

/** Longer than the longest window (31 days), twice over. */
const keepToldMs = 100 * 24 * 3600 * 1000;
