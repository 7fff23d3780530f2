import type { ModelUsage, Tier } from '../domain/model.ts';
import type { Sql } from '../ports/store.ts';

/** What runs have used, money in millionths of a US dollar; requests under way at the most they may cost. */
export interface Spent {
  incidentTokens: number;
  incidentMoney: number;
  monthMoney: number;
  runRequests: number;
}

/** Held while a budget is read and a request entered in it, so that two runs cannot spend the same money. */
const budgetLock = 924_875;

export async function holdBudget(tx: Sql): Promise<void> {
  await tx.query('select pg_advisory_xact_lock($1)', [budgetLock]);
}

/** What the incident of a run has used, and the month (UTC) of `now`. */
export async function spentSoFar(tx: Sql, run: { id: string; incidentId: string }, now: Date): Promise<Spent> {
  const month = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), 1));
  const found = await tx.query<Record<keyof Spent, string>>(
    `select
       (select coalesce(sum(s.tokens + s.lost_tokens), 0) from investigation_step s
          join investigation i on i.id = s.investigation_id where i.incident_id = $1) as "incidentTokens",
       (select coalesce(sum(s.money + s.lost_money), 0) from investigation_step s
          join investigation i on i.id = s.investigation_id where i.incident_id = $1) as "incidentMoney",
       (select coalesce(sum(money + lost_money), 0) from investigation_step where kind = 'model' and at >= $2) as "monthMoney",
       (select count(*) from investigation_step where investigation_id = $3 and kind = 'model') as "runRequests"`,
    [run.incidentId, month, run.id],
  );
  const row = found.rows[0];
  return {
    incidentTokens: Number(row?.incidentTokens ?? 0),
    incidentMoney: Number(row?.incidentMoney ?? 0),
    monthMoney: Number(row?.monthMoney ?? 0),
    runRequests: Number(row?.runRequests ?? 0),
  };
}

export interface Step<Reply> {
  key: string;
  requestHash: string | null;
  reply: Reply | null;
}

export async function stepOf<Reply>(sql: Sql, run: string, key: string): Promise<Step<Reply> | undefined> {
  const found = await sql.query<Step<Reply>>(
    `select key, request_hash as "requestHash", reply from investigation_step where investigation_id = $1 and key = $2`,
    [run, key],
  );
  return found.rows[0];
}

/** Enters a request before it is sent. What an unanswered one before it may have cost stays counted. */
export async function enterRequest(
  tx: Sql,
  run: string,
  request: { key: string; hash: string; tier: Tier; tokens: number; money: number; at: Date },
): Promise<void> {
  await tx.query(
    `insert into investigation_step as s (investigation_id, key, kind, request_hash, tier, tokens, money, at)
     values ($1, $2, 'model', $3, $4, $5, $6, $7)
     on conflict (investigation_id, key) do update set request_hash = excluded.request_hash,
       lost_tokens = s.lost_tokens + s.tokens, lost_money = s.lost_money + s.money,
       tokens = excluded.tokens, money = excluded.money, at = excluded.at`,
    [run, request.key, request.hash, request.tier, request.tokens, request.money, request.at],
  );
}

/** Enters what a request came to. */
export async function enterReply(
  sql: Sql,
  run: string,
  done: { key: string; model: string; usage: ModelUsage; tokens: number; money: number; reply: unknown; at: Date },
): Promise<void> {
  await sql.query(
    `update investigation_step set model = $3, usage = $4::jsonb, tokens = $5, money = $6, reply = $7::jsonb, done_at = $8
     where investigation_id = $1 and key = $2 and reply is null`,
    [
      run,
      done.key,
      done.model,
      JSON.stringify(done.usage),
      done.tokens,
      done.money,
      JSON.stringify(done.reply),
      done.at,
    ],
  );
}

/**
 * Enters a step that costs nothing; returns what stands there, which is the first one's. Of a run that is not under way
 * any more nothing is entered.
 */
export async function enterStep<Reply>(
  sql: Sql,
  run: string,
  step: { key: string; kind: 'tool' | 'phase'; reply: Reply; at: Date },
): Promise<Reply> {
  await sql.query(
    `insert into investigation_step (investigation_id, key, kind, reply, at, done_at)
     select id, $2, $3, $4::jsonb, $5, $5 from (
       select id from investigation where id = $1 and status in ('running', 'stopping') for share) as under_way
     on conflict (investigation_id, key) do nothing`,
    [run, step.key, step.kind, JSON.stringify(step.reply), step.at],
  );
  return (await stepOf<Reply>(sql, run, step.key))?.reply ?? step.reply;
}

/** Replies of a kind, by key. */
export async function repliesOf<Reply>(
  sql: Sql,
  run: string,
  kind: 'tool' | 'phase',
): Promise<{ key: string; reply: Reply }[]> {
  const found = await sql.query<{ key: string; reply: Reply }>(
    'select key, reply from investigation_step where investigation_id = $1 and kind = $2',
    [run, kind],
  );
  return found.rows;
}

/** What a run used by tier, and which models answered. */
export async function usedBy(
  sql: Sql,
  run: string,
): Promise<{ tier: Tier; model: string | null; requests: number; usage: ModelUsage; money: number }[]> {
  const found = await sql.query<
    { tier: Tier; model: string | null; requests: number; money: string } & Record<keyof ModelUsage, string>
  >(
    `select tier, max(model) as model, count(*)::int as requests, sum(money + lost_money) as money,
       coalesce(sum((usage->>'input')::bigint), 0) as input, coalesce(sum((usage->>'cacheRead')::bigint), 0) as "cacheRead",
       coalesce(sum((usage->>'cacheWrite')::bigint), 0) as "cacheWrite", coalesce(sum((usage->>'output')::bigint), 0) as output
     from investigation_step where investigation_id = $1 and kind = 'model' group by tier order by tier`,
    [run],
  );
  return found.rows.map(({ tier, model, requests, money, input, cacheRead, cacheWrite, output }) => ({
    tier,
    model,
    requests,
    money: Number(money),
    usage: {
      input: Number(input),
      cacheRead: Number(cacheRead),
      cacheWrite: Number(cacheWrite),
      output: Number(output),
    },
  }));
}
