import type { WatchedRepository } from '../domain/advisory.ts';
import type { Sql } from '../ports/store.ts';

/** An advisory of one of our repositories. */
export interface OwnAdvisory {
  alert: string;
  ghsa: string;
  repository: WatchedRepository;
  /** It was closed or withdrawn when it was heard of last. */
  over: boolean;
}

/**
 * Those that are not over, of open incidents, by alert id after `after`, up to `limit`; with `overSince` instead those that
 * were over later than that.
 */
export async function ownAdvisories(sql: Sql, after: string, limit: number, overSince?: Date): Promise<OwnAdvisory[]> {
  const which =
    overSince === undefined
      ? `i.status = 'open' and a.lifecycle is distinct from 'dismissed'`
      : `a.lifecycle = 'dismissed' and a.step_at > $3`;
  const { rows } = await sql.query<Record<'alert' | 'ghsa' | 'id' | 'installation' | 'owner' | 'name', string>>(
    `select a.id as alert, a.rule as ghsa, r.id, r.installation, r.owner, r.name
     from incident i join alert a on a.incident_id = i.id
     join watched_repository r on r.id = (a.scope ->> 'repositoryId')::bigint
     where a.source = 'github' and a.kind = 'advisory' and a.id > $1 and ${which}
     order by a.id limit $2`,
    [after, limit, ...(overSince === undefined ? [] : [overSince])],
  );
  return rows.map(({ alert, ghsa, id, installation, owner, name }) => ({
    ...{ alert, ghsa, over: overSince !== undefined },
    repository: { id: Number(id), installation: Number(installation), owner, name },
  }));
}
