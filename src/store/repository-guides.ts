import type { WatchedRepository } from '../domain/advisory.ts';
import type { OpenUpdate } from '../domain/update-branch.ts';
import type { Sql } from '../ports/store.ts';
import { markDirty } from './publications.ts';

/** What a repository says of who mends what: the text of its CODEOWNERS, and its open pull requests. */
export interface RepositoryGuide {
  owners?: string;
  updates: OpenUpdate[];
}

/** By name, in lower case; of repositories that were never read there is none. */
export async function loadGuides(sql: Sql, repositories: readonly string[]): Promise<Map<string, RepositoryGuide>> {
  const found = await sql.query<{ name: string; owners: string | null; updates: OpenUpdate[] | null }>(
    `select lower(owner || '/' || name) as name, owners, updates from watched_repository
     where lower(owner || '/' || name) = any($1) and guide_at is not null`,
    [repositories.map((one) => one.toLowerCase())],
  );
  return new Map(
    found.rows.map(({ name, owners, updates }) => [
      name,
      { updates: updates ?? [], ...(owners !== null && { owners }) },
    ]),
  );
}

const openPlaces = `select a.incident_id from alert a join incident i on i.id = a.incident_id
  where i.status = 'open' and a.place is not null and lower(a.place ->> 'repository') = lower(r.owner || '/' || r.name)`;

/** Repositories in which something is to be mended and that were not read since `since`, those that wait longest first. */
export async function guidesToRead(sql: Sql, since: Date, limit: number): Promise<WatchedRepository[]> {
  const found = await sql.query<{ id: string; installation: string; owner: string; name: string }>(
    `select r.id, r.installation, r.owner, r.name from watched_repository r
     where (r.guide_at is null or r.guide_at < $1) and exists (${openPlaces})
     order by r.guide_at nulls first, r.id limit $2`,
    [since, limit],
  );
  return found.rows.map((row) => ({ ...row, id: Number(row.id), installation: Number(row.installation) }));
}

/** What was read of a guide; `owners` is null where there is no such file. What could not be read is absent. */
export interface ReadGuide {
  owners?: string | null;
  updates?: OpenUpdate[];
}

/** Stores what was read, and leaves the rest as it is known; issues that show something else are sent again. */
export async function saveGuide(tx: Sql, now: Date, repository: number, read: ReadGuide): Promise<void> {
  const { owners, updates } = read;
  const changed = await tx.query<{ id: string }>(
    `with before as (select id, owners, updates from watched_repository where id = $1 for update),
     done as (
       update watched_repository set owners = case when $5 then $2 else owners end,
         updates = coalesce($3::jsonb, updates), guide_at = $4 where id = $1)
     select distinct x.incident_id as id from watched_repository r join before b on b.id = r.id
     cross join lateral (${openPlaces}) as x
     where ($5 and b.owners is distinct from $2)
       or ($3::jsonb is not null and b.updates is distinct from $3::jsonb)`,
    [repository, owners ?? null, updates === undefined ? null : JSON.stringify(updates), now, owners !== undefined],
  );
  await markDirty(
    tx,
    now,
    changed.rows.map(({ id }) => id),
    'issue',
  );
}
