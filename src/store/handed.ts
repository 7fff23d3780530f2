import type { Titled } from '../domain/alert-title.ts';
import type { LeftOver } from '../domain/left-over.ts';
import type { Severity } from '../domain/severity.ts';
import type { Sql } from '../ports/store.ts';
import { loadLeftOver } from './left-over.ts';
import { ownTitles } from './own-titles.ts';

interface HandedRow extends Titled {
  id: string;
  room: string;
  issue: string;
  severity: Severity;
  owner: string | null;
  openedAt: Date;
  snoozedUntil: Date | null;
  count: number;
}

/** An open incident of somebody, with what waits there. */
export type HandedIncident = Omit<HandedRow, 'issue' | 'count'> & { issue: number; left: LeftOver };

/** Open, and a login has it or was asked to take it. */
const theirs = `status = 'open' and issue is not null
  and (lower(owner) = $1 or (owner is null and $1 = any(asked)))`;

/** What of somebody may be told, and how much more there is. */
interface AllHanded {
  handed: HandedIncident[];
  more: number;
  /** In other rooms than those asked for. */
  hidden: number;
}

/**
 * Open incidents of some rooms that a login has, or was asked to take and nobody has, the worst first; at most `limit`,
 * and how many more, there and in other rooms.
 */
export async function loadHanded(sql: Sql, login: string, rooms: readonly string[], limit: number): Promise<AllHanded> {
  const found = await sql.query<HandedRow>(
    `select id, room, issue, title, ${ownTitles('incident')} as titles, severity, owner, opened_at as "openedAt", snoozed_until as "snoozedUntil",
       count(*) over ()::int as count
     from incident where ${theirs} and room = any($2)
     order by array_position(array['critical','high','medium','low','informational','unknown'], severity), opened_at, id
     limit $3`,
    [login, rooms, limit],
  );
  const hidden = await sql.query<{ n: number }>(
    `select count(*)::int as n from incident where ${theirs} and room <> all($2)`,
    [login, rooms],
  );
  const handed: HandedIncident[] = [];
  for (const { count: _count, issue, ...row } of found.rows)
    handed.push({ ...row, issue: Number(issue), left: await loadLeftOver(sql, row.id) });
  return { handed, more: (found.rows[0]?.count ?? 0) - handed.length, hidden: hidden.rows[0]?.n ?? 0 };
}
