import { sha256 } from '../domain/canonical.ts';
import { type Evidence, evidenceHash } from '../domain/evidence.ts';
import { createRedaction, type Redaction, writingsOf } from '../domain/redaction.ts';
import type { Sql } from '../ports/store.ts';
import { touchDigest } from './digest.ts';
import { storyOf } from './incidents.ts';
import { touchInventory } from './inventory.ts';
import { type PlaceName, type RedactedPlace, redactedPlaces } from './redacted-places.ts';

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
  await touchNotices(tx, order);
  const records = await redactRecords(tx, order, redaction);
  const places: Redacted['places'] = [{ what: 'rawRecords', rows: records.length }];
  for (const place of redactedPlaces)
    places.push({ what: place.what, rows: await redactPlace(tx, order, redaction, place) });
  places.push({ what: 'entities', rows: await redactEntities(tx, order, redaction) });
  await hashEvidence(tx, order.incidents);
  const found = await tx.query<{ id: string }>(
    `delete from incident_span where incident_id = any($1) and key ilike any($2) returning key as id`,
    [order.incidents, patterns(order.text)],
  );
  places.push({ what: 'joinKeys', rows: found.rowCount });
  // A title that was sent with it is no longer known, or the one on GitHub would be taken for somebody's own.
  await tx.query('update publication set sent = null where incident_id = any($1) and sent::text ilike any($2)', [
    order.incidents,
    patterns(order.text),
  ]);
  // What comes out the same as before is not sent.
  await tx.query(
    `update publication set dirty = true, touched = touched + 1, not_before = null
     where remote_id is not null and (incident_id = any($1)
       or (room, issue) in (select room, issue from incident where id = any($1)))`,
    [order.incidents],
  );
  await touchLists(tx, order);
  return { places: places.filter(({ rows }) => rows > 0), records, ...(await whatStays(tx, order)) };
}

/** Notices that hold the text are sent anew, while it can still be seen which these are. */
async function touchNotices(tx: Sql, order: StoryOrder): Promise<void> {
  await tx.query(
    `update publication set dirty = true, touched = touched + 1, not_before = null,
       sent = case when sent::text ilike any($1) then null else sent end
     where incident_id is null and kind = 'notice' and text ilike any($1)`,
    [patterns(order.text)],
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

/** Patterns of `ilike` for a text however we wrote it, and as that stands in JSON. */
function patterns(text: string): string[] {
  const forms = new Set(writingsOf(text).flatMap((form) => [form, JSON.stringify(form).slice(1, -1)]));
  return [...forms].map((form) => `%${form.replace(/[\\%_]/g, '\\$&')}%`);
}

async function redactRecords(tx: Sql, order: StoryOrder, redaction: Redaction): Promise<Redacted['records']> {
  const changed: Redacted['records'] = [];
  for (let after = '0'; ; ) {
    const { rows } = await tx.query<{ id: string; content: Buffer; hash: string }>(
      `select r.id, r.content, r.content_hash as hash from raw_record r where r.id > $2 and r.id in (
         select x.raw_id from alert_raw x join alert a on a.id = x.alert_id where a.incident_id = any($1))
       order by r.id limit 200`,
      [order.incidents, after],
    );
    const last = rows.at(-1);
    if (!last) return changed;
    after = last.id;
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
}

async function redactPlace(tx: Sql, order: StoryOrder, redaction: Redaction, place: RedactedPlace): Promise<number> {
  const { table, keys, text = [], lists = [], json = [], where } = place;
  const columns = [...text, ...lists, ...json];
  const { rows } = await tx.query<Record<string, unknown>>(
    `select ${[...keys, ...columns].join(', ')} from ${table}
     where ${where} and concat_ws(' ', ${columns.map((c) => `${c}::text`).join(', ')}) ilike any($2)`,
    [order.incidents, patterns(order.text)],
  );
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
  const { rows } = await tx.query<{ alert_id: string; type: string; value: string; role: string; found_in: string }>(
    `delete from alert_entity e using alert a where a.id = e.alert_id and a.incident_id = any($1)
       and concat_ws(' ', e.value, e.role) ilike any($2) returning e.*`,
    [order.incidents, patterns(order.text)],
  );
  for (const row of rows)
    await tx.query(
      `insert into alert_entity (alert_id, type, value, role, found_in) values ($1, $2, $3, $4, $5) on conflict do nothing`,
      [row.alert_id, row.type, redaction.text(row.value), redaction.text(row.role), row.found_in],
    );
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

async function whatStays(tx: Sql, order: StoryOrder): Promise<Pick<Redacted, 'actsOn' | 'ledgerRows'>> {
  // Numbers are an incident's own: those of another have its issue before them.
  const acts = await tx.query<{ id: string }>(
    `select case when x.incident_id = $3 then '' else coalesce('#' || i.issue || ' ', '') end || x.id as id from (
       select incident_id, 'R' || number as id from recommendation
       where incident_id = any($1) and target_value ilike any($2)
       union all select incident_id, 'T' || number from task
       where incident_id = any($1) and target_value ilike any($2)) x join incident i on i.id = x.incident_id
     order by x.incident_id <> $3, x.incident_id, x.id`,
    [order.incidents, patterns(order.text), order.incidentId],
  );
  const ledger = await tx.query<{ n: number }>(
    'select count(*)::int as n from ledger where incident_id = any($1) and body ilike any($2)',
    [order.incidents, patterns(order.text)],
  );
  return { actsOn: acts.rows.map(({ id }) => id), ledgerRows: ledger.rows[0]?.n ?? 0 };
}
