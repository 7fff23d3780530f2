import { type Scanner, scanners } from '../ports/alert-lists.ts';
import type { Sql } from '../ports/store.ts';

/** Which alert of GitHub's scanners: their numbers count by scanner and repository. */
export interface AlertKey {
  scanner: Scanner;
  repositoryId: number;
  number: number;
}

/** How it stood when it was heard of last. */
export interface KnownStanding {
  ended: boolean;
  mark: string;
  at: Date;
  /** When it was ended because its repository was watched no more, unless it was heard of since. */
  leftAt?: Date | null;
}

/**
 * Keeps how an alert stands; what is older than what is known changes nothing, nor does what `begins` an alert that is
 * known.
 */
export async function noteStanding(
  sql: Sql,
  { scanner, repositoryId, number }: AlertKey,
  standing: KnownStanding,
  begins = false,
) {
  await sql.query(
    `insert into github_alert (scanner, repository_id, number, ended, mark, at) values ($1, $2, $3, $4, $5, $6)
     on conflict (scanner, repository_id, number) do update
       set ended = excluded.ended, mark = excluded.mark, at = excluded.at, left_at = null
       where not $7 and (excluded.at, excluded.ended) >= (github_alert.at, github_alert.ended)`,
    [scanner, repositoryId, number, standing.ended, standing.mark, standing.at, begins],
  );
}

/** What is known of some alerts of one scanner, by `repository#number`. */
export async function knownStandings(
  sql: Sql,
  scanner: Scanner,
  alerts: readonly { repositoryId: number; number: number }[],
): Promise<Map<string, KnownStanding>> {
  const { rows } = await sql.query<KnownStanding & { repository: string; number: string }>(
    `select repository_id as repository, number, ended, mark, at, left_at as "leftAt" from github_alert
     where (scanner, repository_id, number) in (select $1, r, n from unnest($2::bigint[], $3::bigint[]) as t(r, n))`,
    [scanner, alerts.map((one) => one.repositoryId), alerts.map((one) => one.number)],
  );
  return new Map(rows.map((row) => [`${row.repository}#${row.number}`, row]));
}

/** How long after its end it is kept how an alert stood, in milliseconds: 90 days. */
const endedKeptMs = 90 * 24 * 3_600_000;

/** Rows deleted in one go, so that no statement takes long. */
const forgottenAtOnce = 20_000;

/** Forgets how alerts stood that ended long ago: the alert itself says it to whoever asks `forgottenStandings`. */
export async function forgetStandings(sql: Sql, now: Date): Promise<number> {
  const gone = await sql.query(
    `delete from github_alert where (scanner, repository_id, number) in (
       select scanner, repository_id, number from github_alert
       where ended and left_at is null and at < $1 order by at limit $2)`,
    [new Date(now.getTime() - endedKeptMs), forgottenAtOnce],
  );
  return gone.rowCount;
}

/** Whether an alert made then may have been forgotten by `forgetStandings`. */
export function mayBeForgotten(createdAt: Date, now: Date): boolean {
  return createdAt.getTime() < now.getTime() - endedKeptMs;
}

/** As `knownStandings`, of what was forgotten: as the alerts we keep say how they ended. */
export async function forgottenStandings(
  sql: Sql,
  scanner: Scanner,
  alerts: readonly { repositoryId: number; number: number }[],
): Promise<Map<string, KnownStanding>> {
  if (alerts.length === 0) return new Map();
  const { rows } = await sql.query<KnownStanding & { repository: string; number: string }>(
    `select distinct on (t.r, t.n) t.r as repository, t.n as number, '' as mark, a.last_seen as at,
       coalesce(a.lifecycle in ('fixed', 'dismissed'), false) as ended
     from unnest($2::bigint[], $3::bigint[]) as t(r, n)
     join alert a on a.source = 'github' and (a.scope ->> 'repositoryId')::bigint = t.r
       and split_part(a.ocsf #>> '{metadata,uid}', '/', 4) = t.n::text
       and split_part(a.ocsf #>> '{metadata,uid}', '/', 1) = $1
     order by t.r, t.n, a.id desc`,
    [scanner, alerts.map((one) => one.repositoryId), alerts.map((one) => one.number)],
  );
  return new Map(rows.map((row) => [`${row.repository}#${row.number}`, row]));
}

/** An alert of a scanner that an open incident tells of, with the record that told of it last. */
export interface OpenAlert {
  id: string;
  scanner: Scanner;
  number: number;
  record: Record<string, unknown>;
}

/** What scanners have open in a repository, by alert id after `after`, up to `limit`. */
export async function openAlertsOf(sql: Sql, repositoryId: number, after: string, limit: number): Promise<OpenAlert[]> {
  const { rows } = await sql.query<{ id: string; uid: string; content: Buffer }>(
    `select a.id, a.ocsf #>> '{metadata,uid}' as uid, told.content
     from alert a join incident i on i.id = a.incident_id
     cross join lateral (select r.content from alert_raw x join raw_record r on r.id = x.raw_id
       where x.alert_id = a.id order by r.id desc limit 1) as told
     where a.source = 'github' and (a.scope ->> 'repositoryId')::bigint = $1 and a.id > $2
       and coalesce(a.lifecycle, 'open') not in ('fixed', 'dismissed') and i.status = 'open'
       and split_part(a.ocsf #>> '{metadata,uid}', '/', 1) = any($4)
     order by a.id limit $3`,
    [repositoryId, after, limit, scanners],
  );
  return rows.flatMap(({ id, uid, content }) => {
    const record = JSON.parse(content.toString()) as Record<string, unknown>;
    const scanner = scanners.find((one) => uid.startsWith(`${one}/`));
    const { number } = Object(record.alert) as { number?: unknown };
    return scanner && typeof number === 'number' ? [{ id, scanner, number, record }] : [];
  });
}

/** An alert was ended because its repository is watched no more. */
export async function noteLeft(sql: Sql, { scanner, repositoryId, number }: AlertKey, at: Date): Promise<void> {
  await sql.query('update github_alert set left_at = $4 where scanner = $1 and repository_id = $2 and number = $3', [
    scanner,
    repositoryId,
    number,
    at,
  ]);
}

/** Which of these repositories have an open alert of a scanner. */
export async function repositoriesWithOpen(
  sql: Sql,
  scanner: Scanner,
  repositories: readonly number[],
): Promise<Set<number>> {
  const { rows } = await sql.query<{ id: string }>(
    `select distinct repository_id as id from github_alert
     where scanner = $1 and repository_id = any($2::bigint[]) and not ended`,
    [scanner, repositories],
  );
  return new Set(rows.map(({ id }) => Number(id)));
}
