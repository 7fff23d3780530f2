import { type Severity, severities, severityId } from '../domain/severity.ts';
import type { Verdict } from '../domain/verdict.ts';
import type { Sql } from '../ports/store.ts';
import { mostCalling, othersCall } from './mentions.ts';

/** An incident whose turn it is to be asked about. */
export interface Due {
  id: string;
  /** Logins asked so far. */
  asked: string[];
  round: number;
}

/** Which incidents somebody is asked to take. */
export interface AskRule {
  /** From this severity up. */
  severity: Severity;
  /** Verdicts of the policy or a person after which nobody would do anything. */
  quiet: readonly Verdict[];
  /** Nobody is asked after somebody who was told later than this: their time is not over. */
  toldBefore: Date;
  /** Whether somebody can be asked now; else only what was begun goes on. */
  begin: boolean;
}

/** How long after its last alert an incident is new enough to call somebody, and how long its first report is waited for. */
const freshMs = 24 * 3_600_000;
const reportMs = 60_000;

const severityRank = `array_position($4::text[], severity)`;

/**
 * The most severe open incident that nobody took and whose turn it is; held until the transaction ends, one that is held
 * by another is passed over. Threats, leaked secrets and what is
 * exploited and exposed only: nothing else needs somebody at night.
 */
export async function holdDue(tx: Sql, now: Date, rule: AskRule): Promise<Due | undefined> {
  const found = await tx.query<Due>(
    `select id, asked, ask_round as round from incident i
     where status = 'open' and owner is null and issue is not null and severity = any($2::text[])
       and (kind in ('threat', 'leaked-secret') or pressing) and (snoozed_until is null or snoozed_until <= $1)
       and (verdict_by is null or verdict <> all($3::text[]))
       and (report->>'verdictBy' is null or report->>'verdict' <> all($3::text[]))
       and not exists (select 1 from publication p where p.incident_id = i.id and p.key like 'on-call:%'
         and (p.sent_at > $9 or (p.dirty and p.remote_id is null)))
       and (ask_again_at <= $1 or ($5 and ask_again_at is null and asked = '{}'
         and (investigated_at is not null or opened_at <= $6)
         and (ask_round > 0 or greatest(opened_at, last_seen) > $7)
         and not ${othersCall({ now: '$1', ranks: '$4', most: '$8' })}))
     order by ask_again_at is null, ${severityRank} desc, opened_at, id limit 1
     for no key update skip locked`,
    [
      now,
      severities.slice(severityId(rule.severity)),
      rule.quiet,
      severities,
      rule.begin,
      new Date(now.getTime() - reportMs),
      new Date(now.getTime() - freshMs),
      mostCalling,
      rule.toldBefore,
    ],
  );
  return found.rows[0];
}

/**
 * When somebody is to be asked next, as far as it can be told now; in the past where something else is waited for, and
 * undefined when nothing waits. What is not sent yet counts when it is.
 */
export async function nextAsking(
  sql: Sql,
  now: Date,
  rule: Pick<AskRule, 'severity' | 'quiet'> & { takeWithin: number },
): Promise<Date | undefined> {
  const found = await sql.query<{ at: Date | null }>(
    `select min(case when asked = '{}'
         then coalesce(greatest(snoozed_until, case when investigated_at is null then opened_at + $5::float8 * interval '1 s' end), $1)
         else greatest(ask_again_at, snoozed_until, $6::float8 * interval '1 s' + (select max(p.sent_at)
           from publication p where p.incident_id = i.id and p.key like 'on-call:%')) end) as at
     from incident i
     where status = 'open' and owner is null and issue is not null and severity = any($2::text[])
       and (kind in ('threat', 'leaked-secret') or pressing)
       and (verdict_by is null or verdict <> all($3::text[]))
       and (report->>'verdictBy' is null or report->>'verdict' <> all($3::text[]))
       and ask_again_at is distinct from 'infinity' and (ask_again_at is not null or (asked = '{}' and (ask_round > 0 or greatest(opened_at, last_seen) > $4)))`,
    [
      now,
      severities.slice(severityId(rule.severity)),
      rule.quiet,
      new Date(now.getTime() - freshMs),
      reportMs / 1000,
      rule.takeWithin,
    ],
  );
  return found.rows[0]?.at ?? undefined;
}

/** Writes down who was asked, and when the next is; without anybody no more is. */
export async function setAsked(tx: Sql, id: string, to: { login: string; againAt: Date } | undefined): Promise<void> {
  await tx.query(
    `update incident set asked = case when $2::text is null then asked else asked || $2::text end,
       ask_again_at = coalesce($3::timestamptz, case when asked = '{}' then 'infinity'::timestamptz end)
     where id = $1`,
    [id, to?.login ?? null, to?.againAt ?? null],
  );
}

/** What was closed or put off is asked anew when it comes back. */
export async function endAsking(sql: Sql, now: Date): Promise<void> {
  await sql.query(
    `update incident set asked = '{}', ask_again_at = null, ask_round = ask_round + 1
     where (asked <> '{}' or ask_again_at = 'infinity') and (status <> 'open' or snoozed_until > $1)`,
    [now],
  );
}

/** These are asked for from the first person on, however long ago they were found. */
export async function askAnew(tx: Sql, incidents: readonly string[]): Promise<void> {
  await tx.query(
    `update incident set asked = '{}', ask_again_at = null, ask_round = ask_round + 1 where id = any($1::bigint[])`,
    [incidents],
  );
}
