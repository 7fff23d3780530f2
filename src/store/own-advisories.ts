import type { WatchedRepository } from '../domain/advisory.ts';
import type { Sql } from '../ports/store.ts';

/** An advisory of one of our repositories that is not over. */
export interface OpenAdvisory {
  alert: string;
  ghsa: string;
  repository: WatchedRepository;
}

/** Those of open incidents, by alert id after `after`, up to `limit`. */
export async function openOwnAdvisories(sql: Sql, after: string, limit: number): Promise<OpenAdvisory[]> {
  const { rows } = await sql.query<Record<'alert' | 'ghsa' | 'id' | 'installation' | 'owner' | 'name', string>>(
    `select a.id as alert, a.rule as ghsa, r.id, r.installation, r.owner, r.name
     from incident i join alert a on a.incident_id = i.id
     join watched_repository r on r.id = (a.scope ->> 'repositoryId')::bigint
     where i.status = 'open' and a.source = 'github' and a.kind = 'advisory' and a.lifecycle is null and a.id > $1
     order by a.id limit $2`,
    [after, limit],
  );
  return rows.map(({ alert, ghsa, id, installation, owner, name }) => ({
    ...{ alert, ghsa },
    repository: { id: Number(id), installation: Number(installation), owner, name },
  }));
}
