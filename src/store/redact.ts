import { sha256 } from '../domain/canonical.ts';
import { type Evidence, evidenceHash } from '../domain/evidence.ts';
import { createRedaction, type Redaction } from '../domain/redaction.ts';
import type { Sql } from '../ports/store.ts';
import { touchDigest } from './digest.ts';
import { storyOf } from './incidents.ts';
import { touchInventory } from './inventory.ts';
import { beginRunsAnew } from './investigations.ts';
import { type Looked, lookedAt, type PlaceName, type RedactedPlace, redactedPlaces } from './redacted-places.ts';

/** What is to go, and whose wish it is. */
export interface RedactionOrder {
  incidentId: string;
  text: string;
  by: string;
  now: Date;
}

export interface Redacted {
  /** How many rows of what, as `placeWords` says it. */
  places: { what: PlaceName; rows: number }[];
  records: { raw: string; from: string; to: string }[];
  /** Recommendations and tasks that act on the text itself, `R1`, `T2`: they stay. */
  actsOn: string[];
  /** Ledger rows whose body holds it. */
  ledgerRows: number;
}

/** An order with the incidents it reaches: its own and whatever was merged with it, in any direction. */
interface StoryOrder extends RedactionOrder {
  incidents: string[];
}

/**
 * Takes a text out of everything the store keeps of an incident and of those merged with it, in the caller's transaction,
 * and lets what stands on GitHub be sent anew. A raw record keeps the hash it had, with who and when.
 */
export async function redactIncident(tx: Sql, wish: RedactionOrder): Promise<Redacted> {
  const order = { ...wish, incidents: await storyOf(tx, wish.incidentId) };
  const redaction = createRedaction(order.text);
  await tx.query('update incident set redactions = redactions + 1 where id = any($1)', [order.incidents]);
  await beginRunsAnew(tx, order.incidents, order.now);
  await touchNotices(tx, order, redaction);
  const records = await redactRecords(tx, order, redaction);
  const places: Redacted['places'] = [{ what: 'rawRecords', rows: records.length }];
  for (const place of redactedPlaces)
    places.push({ what: place.what, rows: await redactPlace(tx, order, redaction, place) });
  places.push({ what: 'entities', rows: await redactEntities(tx, order, redaction) });
  await hashEvidence(tx, order.incidents);
  places.push({ what: 'joinKeys', rows: await dropJoinKeys(tx, order, redaction) });
  // A title that was sent with it is no longer known, or the one on GitHub would be taken for somebody's own.
  const sent = await held(tx, order, redaction, lookedAt.sent);
  await tx.query('update publication set sent = null where id = any($1)', [sent.map(({ id }) => id)]);
  // What comes out the same as before is not sent.
  await tx.query(
    `update publication set dirty = true, touched = touched + 1, not_before = null
     where remote_id is not null and (incident_id = any($1)
       or (room, issue) in (select room, issue from incident where id = any($1)))`,
    [order.incidents],
  );
  await touchLists(tx, order);
  return { places: places.filter(({ rows }) => rows > 0), records, ...(await whatStays(tx, order, redaction)) };
}

/** Notices that hold the text are sent anew, while it can still be seen which these are. */
async function touchNotices(tx: Sql, order: StoryOrder, redaction: Redaction): Promise<void> {
  const found = await held(tx, order, redaction, lookedAt.notices);
  const ids = (rows: Row[]) => rows.map(({ id }) => id);
  await tx.query(
    `update publication set dirty = true, touched = touched + 1, not_before = null,
       sent = case when id = any($2) then null else sent end where id = any($1)`,
    [ids(found.filter(({ text }) => redaction.isIn(text))), ids(found.filter(({ sent }) => redaction.isIn(sent)))],
  );
}

/** Their titles stand in the digests of their days and in the inventory of their room, too. */
async function touchLists(tx: Sql, { incidents, now }: StoryOrder): Promise<void> {
  const days = await tx.query<{ room: string; day: string | null }>(
    `select i.room, d.day::text as day from incident i left join digest_entry d on d.incident_id = i.id where i.id = any($1)`,
    [incidents],
  );
  for (const { room, day } of days.rows) if (day !== null) await touchDigest(tx, now, { day, room });
  const [first] = days.rows;
  if (first) await touchInventory(tx, now, first.room);
}

type Row = Record<string, unknown>;

/** Rows looked at at a time. */
const pageSize = 200;

/** The rows of a query, found once and as they were then, page by page; one such query at a time. */
async function* pagesOf<Found>(tx: Sql, query: string, values: unknown[]): AsyncGenerator<Found[]> {
  await tx.query(`declare looked_at no scroll cursor for ${query}`, values);
  for (;;) {
    const { rows } = await tx.query<Found>(`fetch ${pageSize} from looked_at`);
    if (rows.length === 0) break;
    yield rows;
  }
  await tx.query('close looked_at');
}

/** Rows that hold the text: only looking at them as they read tells. */
async function held(tx: Sql, order: StoryOrder, redaction: Redaction, looked: Looked): Promise<Row[]> {
  const { table, keys, columns, where } = looked;
  const found: Row[] = [];
  const all = `select ${[...new Set([...keys, ...columns])].join(', ')} from ${table} where ${where} order by ${keys.join(', ')}`;
  for await (const rows of pagesOf<Row>(tx, all, [order.incidents]))
    found.push(...rows.filter((row) => columns.some((column) => redaction.isIn(row[column]))));
  return found;
}

/** Nothing joins the incidents over it any more. */
async function dropJoinKeys(tx: Sql, order: StoryOrder, redaction: Redaction): Promise<number> {
  const where = 'incident_id = any($1)';
  const span = { table: 'incident_span', keys: ['incident_id', 'key', 'first_at'], columns: ['key'], where };
  const found = await held(tx, order, redaction, span);
  await tx.query('delete from incident_span where incident_id = any($1) and key = any($2)', [
    order.incidents,
    found.map(({ key }) => key),
  ]);
  return found.length;
}

async function redactRecords(tx: Sql, order: StoryOrder, redaction: Redaction): Promise<Redacted['records']> {
  const changed: Redacted['records'] = [];
  const all = `select r.id, r.content, r.content_hash as hash from raw_record r where r.id in (
      select x.raw_id from alert_raw x join alert a on a.id = x.alert_id where a.incident_id = any($1)) order by r.id`;
  for await (const rows of pagesOf<{ id: string; content: Buffer; hash: string }>(tx, all, [order.incidents])) {
    for (const { id, content, hash } of rows) {
      const left = redaction.bytes(content);
      if (left === content) continue;
      const to = sha256(left);
      await tx.query(
        `update raw_record set content = $2, content_hash = $3, original_hash = coalesce(original_hash, content_hash),
           redacted_at = $4, redacted_by = $5 where id = $1`,
        [id, left, to, order.now, order.by],
      );
      changed.push({ raw: id, from: hash, to });
    }
  }
  return changed;
}

async function redactPlace(tx: Sql, order: StoryOrder, redaction: Redaction, place: RedactedPlace): Promise<number> {
  const { table, keys, text = [], lists = [], json = [], where } = place;
  const columns = [...text, ...lists, ...json];
  const rows = await held(tx, order, redaction, { table, keys, columns, where });
  for (const row of rows) {
    const values = columns.map((column) => {
      const left = redaction.value(row[column]);
      return json.includes(column) && left !== null ? JSON.stringify(left) : left;
    });
    await tx.query(
      `update ${table} set ${columns.map((c, k) => `${c} = $${k + 1}`).join(', ')}
       where ${keys.map((key, k) => `${key} = $${columns.length + k + 1}`).join(' and ')}`,
      [...values, ...keys.map((key) => row[key])],
    );
  }
  return rows.length;
}

/** Two that read the same afterwards are one. */
async function redactEntities(tx: Sql, order: StoryOrder, redaction: Redaction): Promise<number> {
  const rows = await held(tx, order, redaction, lookedAt.entities);
  for (const { alert_id, type, value, role } of rows) {
    const key = [alert_id, type, value, role];
    await tx.query(
      `with old as (delete from alert_entity where (alert_id, type, value, role) = ($1, $2, $3, $4) returning found_in)
       insert into alert_entity (alert_id, type, value, role, found_in) select $1, $2, $5, $6, found_in from old
       on conflict do nothing`,
      [...key, redaction.value(value), redaction.value(role)],
    );
  }
  return rows.length;
}

/** Evidence is known by the hash of what is left of it. */
async function hashEvidence(tx: Sql, incidents: string[]): Promise<void> {
  const { rows } = await tx.query<Evidence & { incident_id: string; number: number }>(
    'select * from evidence where incident_id = any($1)',
    [incidents],
  );
  for (const row of rows) {
    const hash = evidenceHash(row);
    if (hash === row.hash) continue;
    await tx.query('update evidence set hash = $3 where incident_id = $1 and number = $2', [
      row.incident_id,
      row.number,
      hash,
    ]);
  }
}

async function whatStays(
  tx: Sql,
  order: StoryOrder,
  redaction: Redaction,
): Promise<Pick<Redacted, 'actsOn' | 'ledgerRows'>> {
  const where = 'incident_id = any($1)';
  const acting = (table: string) =>
    held(tx, order, redaction, { table, keys: ['incident_id', 'number'], columns: ['target_value'], where });
  const found = await tx.query<{ id: string; issue: string | null }>(
    'select id, issue from incident where id = any($1) and id <> $2',
    [order.incidents, order.incidentId],
  );
  // Numbers are an incident's own: those of another have its issue before them.
  const others = new Map(found.rows.map(({ id, issue }) => [id, issue === null ? '' : `#${issue} `]));
  const named = (letter: string, rows: Row[]) =>
    rows.map(({ incident_id, number }) => `${others.get(String(incident_id)) ?? ''}${letter}${number}`);
  const actsOn = [...named('R', await acting('recommendation')), ...named('T', await acting('task'))];
  const ledger = { table: 'ledger', keys: ['seq'], columns: ['body'], where };
  return { actsOn, ledgerRows: (await held(tx, order, redaction, ledger)).length };
}
