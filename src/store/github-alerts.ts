import type { Scanner } from '../ports/alert-lists.ts';
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
}

/** Keeps how an alert stands; what is older than what is known changes nothing. */
export async function noteStanding(sql: Sql, { scanner, repositoryId, number }: AlertKey, standing: KnownStanding) {
  await sql.query(
    `insert into github_alert (scanner, repository_id, number, ended, mark, at) values ($1, $2, $3, $4, $5, $6)
     on conflict (scanner, repository_id, number) do update
       set ended = excluded.ended, mark = excluded.mark, at = excluded.at
       where (excluded.at, excluded.ended) >= (github_alert.at, github_alert.ended)`,
    [scanner, repositoryId, number, standing.ended, standing.mark, standing.at],
  );
}

/** What is known of some alerts of one scanner, by `repository#number`. */
export async function knownStandings(
  sql: Sql,
  scanner: Scanner,
  alerts: readonly { repositoryId: number; number: number }[],
): Promise<Map<string, KnownStanding>> {
  const { rows } = await sql.query<KnownStanding & { repository: string; number: string }>(
    `select repository_id as repository, number, ended, mark, at from github_alert
     where (scanner, repository_id, number) in (select $1, r, n from unnest($2::bigint[], $3::bigint[]) as t(r, n))`,
    [scanner, alerts.map((one) => one.repositoryId), alerts.map((one) => one.number)],
  );
  return new Map(rows.map((row) => [`${row.repository}#${row.number}`, row]));
}
