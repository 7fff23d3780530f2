import type { WatchedRepository } from '../domain/advisory.ts';
import type { Severity } from '../domain/severity.ts';
import type { Sql } from '../ports/store.ts';

/** Rows of one advisory that are looked at in one go; more than any installation has repositories with one package. */
const rowLimit = 50_000;

/** A package that an advisory names, as a repository has it or had it. */
export interface HeldPackage {
  repository: WatchedRepository;
  package: string;
  ecosystem: string;
  name: string;
  version: string;
  relationship?: 'direct' | 'transitive';
  firstSeen: Date;
  /** When its repository was read last before it was there; absent where that is not known. */
  absentAt?: Date;
  goneAt?: Date;
  /** Whether it was not there when the repository was read for the first time. */
  cameLater: boolean;
}

/** What was told of one package of an advisory in one repository. */
export interface Exposure {
  repository: number;
  package: string;
  state: 'open' | 'fixed' | 'dismissed';
  told: Told;
}

/** The record as it was told, without what all of them have. */
export interface Told {
  /** Counts what was told, so that each step is a record of its own. */
  step: number;
  /** Name as it was then. */
  repository: { id: number; full_name: string };
  /** Whose repository it was then. */
  installation?: number;
  place: Record<string, unknown>;
  said: Said;
}

/** What an alert said of its advisory, as far as it is shown. */
export interface Said {
  severity: Severity;
  malware: boolean;
  /** Hash of title and CVE id; absent while nobody looked at it since that is kept. */
  words?: string;
  /** 0 to 1 */
  epss?: number;
}

/** Every repository that has a package of the advisory, or had it until lately. */
export async function heldPackages(sql: Sql, ghsa: string): Promise<HeldPackage[]> {
  const found = await sql.query<{
    id: string;
    installation: string;
    owner: string;
    repo: string;
    package: string;
    ecosystem: string;
    name: string;
    version: string;
    relationship: 'direct' | 'transitive' | null;
    first_seen: Date;
    absent_at: Date | null;
    gone_at: Date | null;
    later: boolean;
  }>(
    `select r.id, r.installation, r.owner, r.name as repo, d.package, d.ecosystem, d.name, d.version, d.relationship,
       d.first_seen, d.absent_at, d.gone_at,
       d.first_seen > (select min(e.first_seen) from dependency e where e.repository_id = r.id) as later
     from advisory_package p join dependency d on d.package = p.package
     join watched_repository r on r.id = d.repository_id
     where p.ghsa = $1 order by r.id, d.package, d.version limit $2`,
    [ghsa, rowLimit],
  );
  return found.rows.map((row) => ({
    repository: { id: Number(row.id), installation: Number(row.installation), owner: row.owner, name: row.repo },
    package: row.package,
    ecosystem: row.ecosystem,
    name: row.name,
    version: row.version,
    ...(row.relationship !== null && { relationship: row.relationship }),
    firstSeen: row.first_seen,
    ...(row.absent_at !== null && { absentAt: row.absent_at }),
    ...(row.gone_at !== null && { goneAt: row.gone_at }),
    cameLater: row.later,
  }));
}

export async function toldExposures(sql: Sql, ghsa: string): Promise<Exposure[]> {
  const found = await sql.query<{ repository: string; package: string; state: Exposure['state']; told: Told }>(
    'select repository_id as repository, package, state, told from exposure where ghsa = $1 order by 1, 2 limit $2',
    [ghsa, rowLimit],
  );
  return found.rows.map((row) => ({ ...row, repository: Number(row.repository) }));
}

/** Of several of one package in one repository the last counts. */
export async function saveExposures(sql: Sql, ghsa: string, exposures: readonly Exposure[]): Promise<void> {
  const last = new Map(exposures.map((one) => [`${one.repository} ${one.package}`, one]));
  await sql.query(
    `insert into exposure (ghsa, repository_id, package, state, told)
     select $1, repository, package, state, told
     from jsonb_to_recordset($2::jsonb) as t(repository bigint, package text, state text, told jsonb)
     on conflict (ghsa, repository_id, package) do update set state = excluded.state, told = excluded.told`,
    [ghsa, JSON.stringify([...last.values()])],
  );
}
