import { packageKey } from '../domain/advisory.ts';
import type { VulnerablePlace } from '../domain/alert.ts';
import { inRange } from '../domain/version-range.ts';
import type { Sql } from '../ports/store.ts';

/** Versions of one package that are named of one place. */
const shown = 5;

/** Rows that are read for one issue, which shows a thousand alerts at most. */
const rowLimit = 10_000;

/** A place that is told without the version that is in use there. */
export interface AskedPlace {
  id: string;
  place: VulnerablePlace;
}

/**
 * By id, the versions that the dependency graph has of the package, without those that are not in the place's range: of
 * several the others are not what is to be mended. Dependabot itself says none.
 */
export async function installedVersions(sql: Sql, asked: readonly AskedPlace[]): Promise<Map<string, string>> {
  const wanted = asked.flatMap(({ id, place }) => {
    const { repository, ecosystem, package: name, installed } = place;
    if (ecosystem === undefined || installed !== undefined) return [];
    return [{ id, place, repository: repository.toLowerCase(), key: packageKey(ecosystem, name) }];
  });
  if (wanted.length === 0) return new Map();
  const { rows } = await sql.query<{ repository: string; key: string; version: string }>(
    `select lower(r.owner || '/' || r.name) as repository, d.package as key, d.version
     from watched_repository r join dependency d on d.repository_id = r.id and d.package = any($2) and d.gone_at is null
     where lower(r.owner || '/' || r.name) = any($1) order by 1, 2, 3 limit $3`,
    [wanted.map(({ repository }) => repository), wanted.map(({ key }) => key), rowLimit],
  );
  const held = Map.groupBy(rows, ({ repository, key }) => `${repository} ${key}`);
  return new Map(
    wanted.flatMap(({ id, place, repository, key }) => {
      const { range, ecosystem = '' } = place;
      const versions = (held.get(`${repository} ${key}`) ?? []).map(({ version }) => version);
      const meant = versions.filter((one) => range === undefined || inRange(one, range, ecosystem) !== false);
      return meant.length === 0 ? [] : [[id, meant.slice(0, shown).join(', ')] as const];
    }),
  );
}
