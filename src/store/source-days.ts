import type { Sql } from '../ports/store.ts';

/** When a source sent, by what is left of its records. */
export interface SourceDays {
  source: string;
  last: Date;
  /** Days (UTC) on which something came. */
  days: number;
  /** Longest time between two of those days that follow one another, in days; 0 with one day. */
  longestPause: number;
}

/** Every source that has a record, by name. Reads the whole table of raw records, not what they hold. */
export async function sourceDays(sql: Sql): Promise<SourceDays[]> {
  const { rows } = await sql.query<SourceDays>(
    `with daily as (
       select source, (received_at at time zone 'UTC')::date as day, max(received_at) as last
       from raw_record group by 1, 2
     ), paused as (
       select *, day - lag(day) over (partition by source order by day) as pause from daily
     )
     select source, max(last) as last, count(*)::int as days, coalesce(max(pause), 0)::int as "longestPause"
     from paused group by source order by source`,
  );
  return rows;
}
