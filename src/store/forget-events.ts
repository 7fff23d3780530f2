import type { Sql } from '../ports/store.ts';
import { readSetting, writeSetting } from './settings-table.ts';

/** How long a raw event that no rule matched is kept, in milliseconds: a week to look back into. */
const keptMs = 7 * 24 * 3600 * 1000;

/** Records looked at in one go, so that no statement takes long. */
const atOnce = 20_000;

const key = 'events.forgotten';

/**
 * Deletes raw records of which no alert was made and that no correlation counts, when they are older than a week. Goes on
 * where it stopped; what was kept once is not looked at again. Returns how many are gone.
 */
export async function forgetEvents(sql: Sql, now: Date): Promise<number> {
  const from = (await readSetting<string>(sql, key)) ?? '0';
  const { rows } = await sql.query<{ last: string | null; gone: number }>(
    `with old as (
       select id from raw_record
       where id > $1 and received_at < $2
         and id <= coalesce((select (value->>0)::bigint from setting where key = 'pipeline.cursor'), 0)
       order by id limit $3),
     gone as (
       delete from raw_record r using old
       where r.id = old.id
         and not exists (select from alert_raw x where x.raw_id = r.id)
         and not exists (select from rule_match m where m.raw_id = r.id)
       returning r.id)
     select (select max(id) from old) as last, (select count(*)::int from gone) as gone`,
    [from, new Date(now.getTime() - keptMs), atOnce],
  );
  const [row] = rows;
  if (row?.last) await writeSetting(sql, key, row.last);
  return row?.gone ?? 0;
}
