import { type Dependency, packageKey, type WatchedRepository } from '../domain/advisory.ts';
import { storableText } from '../domain/storable.ts';
import type { Sql } from '../ports/store.ts';
import { markDirty } from './publications.ts';

/** How long a dependency that went is remembered: a malicious package is often known only after it was taken out. */
const rememberedMs = 90 * 24 * 3_600_000;

/** Holds the list of an installation's repositories equal to what GitHub said at `now`; what is new is due to be read. */
export async function saveRepositories(
  tx: Sql,
  now: Date,
  installation: number,
  repositories: readonly WatchedRepository[],
): Promise<void> {
  await rename(tx, now, repositories);
  await tx.query(
    `insert into watched_repository (id, installation, owner, name, seen_at, next_read_at)
     select id, $2, owner, name, $5, $5 from unnest($1::bigint[], $3::text[], $4::text[]) as t(id, owner, name)
     on conflict (id) do update set installation = excluded.installation, owner = excluded.owner, name = excluded.name,
       seen_at = excluded.seen_at`,
    [
      repositories.map((one) => one.id),
      installation,
      repositories.map((one) => one.owner),
      repositories.map((one) => one.name),
      now,
    ],
  );
  const gone = await tx.query<{ id: string }>(
    'delete from watched_repository where installation = $1 and seen_at < $2 returning id',
    [installation, now],
  );
  const ids = gone.rows.map(({ id }) => id);
  await tx.query(
    `update advisory set due = true where ghsa in (
       select ghsa from exposure where state = 'open' and repository_id = any($1::bigint[]))`,
    [ids],
  );
}

/**
 * What is told of repositories that have another name now goes on under it, in titles, too: owners and versions are looked
 * up by name. Open issues say so at once; those that are closed are many, and follow when they are edited for another reason.
 */
async function rename(tx: Sql, now: Date, repositories: readonly WatchedRepository[]): Promise<void> {
  const told = await tx.query<{ id: string }>(
    `with renamed as (
       select t.id, lower(t.owner) as owner, t.owner || '/' || t.name as name, w.owner || '/' || w.name as old
       from unnest($1::bigint[], $2::text[], $3::text[]) as t(id, owner, name) join watched_repository w on w.id = t.id
       where lower(w.owner || '/' || w.name) <> lower(t.owner || '/' || t.name)),
     told as (
       update alert a set title = replace(a.title, r.old, r.name),
         titles = replace(a.titles::text, r.old, r.name)::jsonb,
         scope = a.scope || jsonb_build_object('repository', lower(r.name), 'organization', r.owner),
         place = case when a.place is not null then a.place || jsonb_build_object('repository', lower(r.name)) end
       from renamed r, alert before
       where a.source = 'github' and (a.scope ->> 'repositoryId')::bigint = r.id and before.id = a.id
       returning a.id, a.incident_id, a.title, before.title as had, r.old, r.name),
     placed as (
       update alert_entity e set value = lower(told.name) from told
       where e.alert_id = told.id and e.type = 'cloud_resource' and e.value = lower(told.old)
         and not exists (select from alert_entity o where o.alert_id = e.alert_id and o.value = lower(told.name))),
     titled as (
       update incident i set title = told.title from told where i.id = told.incident_id and i.title = told.had)
     select i.id from incident i where i.status = 'open' and i.id in (select incident_id from told)`,
    [repositories.map((one) => one.id), repositories.map((one) => one.owner), repositories.map((one) => one.name)],
  );
  await markDirty(
    tx,
    now,
    told.rows.map(({ id }) => id),
    'issue',
  );
}

/** Installations with repositories that are watched, without `ours`. */
export async function installationsBeside(sql: Sql, ours: readonly number[]): Promise<number[]> {
  const found = await sql.query<{ installation: string }>(
    'select distinct installation from watched_repository where installation <> all($1::bigint[])',
    [ours],
  );
  return found.rows.map(({ installation }) => Number(installation));
}

/** Repositories whose dependencies are to be read now, those that wait longest first. */
export async function repositoriesToRead(sql: Sql, now: Date, limit: number): Promise<WatchedRepository[]> {
  const found = await sql.query<Row>(
    `select id, installation, owner, name from watched_repository where next_read_at <= $1
     order by next_read_at, id limit $2`,
    [now, limit],
  );
  return found.rows.map(repositoryOf);
}

interface Row {
  id: string;
  installation: string;
  owner: string;
  name: string;
}

function repositoryOf({ id, installation, owner, name }: Row): WatchedRepository {
  return { id: Number(id), installation: Number(installation), owner, name };
}

/** What was read of a repository. Advisories about packages that came or went are due to be held against it again. */
export async function saveDependencies(
  tx: Sql,
  now: Date,
  repository: number,
  dependencies: readonly Dependency[],
  nextRead: Date,
): Promise<void> {
  const rows = dependencies.map((one) => ({ ...one, package: packageKey(one.ecosystem, one.name) }));
  const changed = await tx.query<{ package: string }>(
    `with seen as (
       select distinct on (package, version) * from jsonb_to_recordset($2::jsonb)
         as t(package text, version text, ecosystem text, name text, relationship text)),
     came as (
       insert into dependency (repository_id, package, version, ecosystem, name, relationship, first_seen, absent_at)
       select $1, package, version, ecosystem, name, relationship, $3,
         (select read_at from watched_repository where id = $1) from seen
       on conflict (repository_id, package, version) do update set gone_at = null, relationship = excluded.relationship,
         first_seen = case when dependency.gone_at is null then dependency.first_seen else excluded.first_seen end
       where dependency.gone_at is not null or dependency.relationship is distinct from excluded.relationship
       returning package),
     went as (
       update dependency d set gone_at = $3 where repository_id = $1 and gone_at is null
         and not exists (select 1 from seen s where s.package = d.package and s.version = d.version) returning package)
     select package from came union select package from went`,
    [repository, JSON.stringify(rows), now],
  );
  await tx.query(
    'update advisory set due = true where ghsa in (select ghsa from advisory_package where package = any($1))',
    [changed.rows.map((row) => row.package)],
  );
  await markDirty(tx, now, await incidentsWith(tx, repository, changed.rows), 'issue');
  await tx.query('delete from dependency where repository_id = $1 and gone_at < $2', [
    repository,
    new Date(now.getTime() - rememberedMs),
  ]);
  await tx.query('update watched_repository set read_at = $2, next_read_at = $3, problem = null where id = $1', [
    repository,
    now,
    nextRead,
  ]);
}

/** Open incidents that tell of one of the packages in the repository, and so of the version that is there. */
async function incidentsWith(tx: Sql, repository: number, changed: readonly { package: string }[]): Promise<string[]> {
  const found = await tx.query<{ id: string }>(
    `select distinct i.id from watched_repository r
     join alert a on a.place is not null and lower(a.place ->> 'repository') = lower(r.owner || '/' || r.name)
     join incident i on i.id = a.incident_id and i.status = 'open'
     where r.id = $1 and lower(a.place ->> 'ecosystem') || ':' || (a.place ->> 'key') = any($2::text[])`,
    [repository, changed.map((one) => one.package)],
  );
  return found.rows.map(({ id }) => id);
}

/** It could not be read: what was known before stands. */
export async function dependenciesUnread(sql: Sql, repository: number, problem: string, nextRead: Date): Promise<void> {
  await sql.query('update watched_repository set problem = $2, next_read_at = $3 where id = $1', [
    repository,
    storableText(problem.slice(0, 300)),
    nextRead,
  ]);
}

/** Lets all repositories of an installation that are due wait. */
export async function putOffReading(sql: Sql, installation: number, until: Date): Promise<void> {
  await sql.query('update watched_repository set next_read_at = $2 where installation = $1 and next_read_at < $2', [
    installation,
    until,
  ]);
}

/** Lets repositories that have a package of the advisory be read again, unless they were read since `since`. */
export async function readAgain(sql: Sql, now: Date, ghsa: string, since: Date): Promise<void> {
  await sql.query(
    `update watched_repository r set next_read_at = least(r.next_read_at, $2) where r.read_at < $3 and exists (
       select 1 from advisory_package p join dependency d on d.package = p.package
       where p.ghsa = $1 and d.repository_id = r.id)`,
    [ghsa, now, since],
  );
}
