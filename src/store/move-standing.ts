import type { LedgerEntry } from '../domain/ledger.ts';
import type { Policy } from '../domain/policy.ts';
import { adoptedByPolicy, type Standing } from '../domain/quiet.ts';
import { roomOf } from '../domain/room.ts';
import { type Growth, type Stood, standingsOf } from '../domain/standing.ts';
import { dayOf } from '../domain/zoned-time.ts';
import type { Sql } from '../ports/store.ts';
import { countOpened, loadSourceDays } from './connections.ts';
import { addToDigest, touchDigest } from './digest.ts';
import { touchInventory } from './inventory.ts';

/** An incident that has no issue yet. */
export interface Movable {
  id: string;
  room: string;
  /** `issue` only where it is new. */
  stands: Standing;
}

/** What is to be decided: `growths` are of some of the `rows`, the others stay and are only shown again. */
export interface Move {
  now: Date;
  policy: Policy;
  rows: readonly Movable[];
  growths: readonly Growth[];
}

/**
 * Puts incidents where they stand from now on, counts what opens against the day's issues, and lets the lists show it.
 * Returns where each stands, and what to write down.
 */
export async function moveStanding(tx: Sql, move: Move): Promise<{ stood: Stood[]; entries: LedgerEntry[] }> {
  const { now, policy, growths } = move;
  const day = dayOf(now, policy.timeZone);
  const connections = [...new Set([...growths.flatMap(({ connection, feed }) => [connection, feed]), adoptedByPolicy])];
  const days = await loadSourceDays(tx, connections, { now, day, baselineDays: policy.quiet.baselineDays });
  const stood = standingsOf(growths, policy.quiet, days);
  await write(tx, now, stood);
  const opened = stood.flatMap(({ counted, connection }) => (counted ? [connection] : []));
  await countOpened(tx, now, day, opened);
  await list(tx, move, stood);
  return { stood, entries: entries(stood, move.rows) };
}

async function write(tx: Sql, now: Date, stood: readonly Stood[]): Promise<void> {
  await tx.query(
    `update incident i set stands = s.stands, held = s.held,
       investigate_at = case when s.stands = 'issue' and i.status = 'open' then coalesce(i.investigate_at, $4) end
     from unnest($1::bigint[], $2::text[], $3::boolean[]) as s(id, stands, held) where i.id = s.id`,
    [stood.map((s) => s.incident), stood.map((s) => s.stands), stood.map((s) => s.held), now],
  );
}

/** Lets every list show what came to it, changed in it or left it. */
async function list(tx: Sql, { now, policy, rows }: Move, stood: readonly Stood[]): Promise<void> {
  for (const [room, own] of Map.groupBy(rows, (row) => row.room)) {
    const ids = new Set(own.map(({ id }) => id));
    const here = stood.filter(({ incident }) => ids.has(incident));
    const day = dayOf(now, roomOf(policy, room).timeZone);
    // A team on trial reads there what would have been done about the others; without a policy nothing would have been.
    const listed = here.filter(
      ({ stands }) => stands === 'digest' || (stands === 'issue' && policy.observed !== undefined),
    );
    await addToDigest(
      tx,
      day,
      listed.map(({ incident }) => incident),
    );
    const seen = new Set([...own, ...here].map(({ stands }) => stands));
    if (seen.has('digest') || listed.length > 0) await touchDigest(tx, now, { room, day });
    if (seen.has('inventory')) await touchInventory(tx, now, room);
  }
}

/** Only what moved, or stands where not everything does. */
function entries(stood: readonly Stood[], rows: readonly Movable[]): LedgerEntry[] {
  const before = new Map(rows.map(({ id, stands }) => [id, stands]));
  return stood
    .filter(({ incident, stands }) => before.get(incident) !== stands)
    .map(({ incident, stands, held }) => ({
      kind: 'incident.changed',
      incidentId: incident,
      body: { stands, ...(held ? { because: 'the issues of the day for its source were used up' } : {}) },
    }));
}
