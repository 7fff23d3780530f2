import type { Sql } from '../ports/store.ts';

/** When a webhook came last; undefined when none is kept, which is of the last thirty days. */
export async function lastHeard(sql: Sql): Promise<Date | undefined> {
  const { rows } = await sql.query<{ at: Date }>('select received_at as at from delivery order by id desc limit 1');
  return rows[0]?.at;
}

/**
 * Whether something stands on GitHub that its webhook should have told of and did not: an issue or comment of ours, or a
 * person's command, made after a moment and before another.
 */
export async function untoldBetween(sql: Sql, from: Date, to: Date): Promise<boolean> {
  const { rows } = await sql.query<{ untold: boolean }>(
    `select exists (select 1 from creation where at > $1 and at < $2)
       or exists (select 1 from comment where created_at > $1 and created_at < $2) as untold`,
    [from, to],
  );
  return rows[0]?.untold === true;
}

/** Whether somebody may be writing or waiting: an incident with an issue is open, or a command is not worked off. */
export async function isBusy(sql: Sql): Promise<boolean> {
  const { rows } = await sql.query<{ busy: boolean }>(
    `select exists (select 1 from incident where status = 'open' and stands = 'issue')
       or exists (select 1 from comment where state <> 'done') as busy`,
  );
  return rows[0]?.busy === true;
}
