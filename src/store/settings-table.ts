import type { Sql } from '../ports/store.ts';

/** A small fact that must survive; undefined when it was never set. */
export async function readSetting<T>(sql: Sql, key: string): Promise<T | undefined> {
  const found = await sql.query<{ value: T }>('select value from setting where key = $1', [key]);
  return found.rows[0]?.value;
}

/** Sets it; `value` must be JSON. */
export async function writeSetting(sql: Sql, key: string, value: unknown): Promise<void> {
  await sql.query(
    `insert into setting (key, value) values ($1, $2::jsonb) on conflict (key) do update set value = excluded.value`,
    [key, JSON.stringify(value)],
  );
}
