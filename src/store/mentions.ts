import { severities } from '../domain/severity.ts';
import type { Sql } from '../ports/store.ts';

/** Whom a text mentions, each as `@login` or `@org/team` in it; decided when it is first sent. */
export interface Mentions {
  who: string[];
  /** It is said for nothing else: not at all when nobody is left to mention. */
  only?: boolean;
  /** Not those whom another text about the incident mentioned before. */
  unlessTold?: boolean;
  /** Somebody acts alone until these answer: however many incidents call people. */
  always?: boolean;
}

/** What was decided: who is mentioned, and who may not be and why. */
export interface SettledMentions {
  told: string[];
  only?: boolean;
  passed?: { login: string; because: string }[];
  /** Who would be, and waits until fewer incidents call people; since when. */
  waits?: string[];
  since?: string;
}

/** Incidents that may call people at a time, at one severity and above: a storm does not call them a hundred times. */
export const mostCalling = 5;

/** SQL: whether somebody is asked to take it; an answer that is an hour overdue is waited for no more. */
const asks = (one: '' | 'o.', now: string): string =>
  `(${one}ask_again_at < 'infinity' and ${one}ask_again_at > ${now}::timestamptz - interval '1 hour')`;

/**
 * SQL: whether so many others call people that incident `i` waits. One calls for an hour after it mentioned somebody, and
 * while somebody is asked to take it; not once it is taken or closed. One that is worse does not wait for those that are
 * less severe, nor a threat or a leaked secret for what is only exploited and exposed.
 */
export function othersCall({ now, ranks, most }: { now: string; ranks: string; most: string }): string {
  const urgent = (one: string) => `(${one}.kind in ('threat', 'leaked-secret'))`;
  return `((select count(*) from incident o where o.id <> i.id and o.status = 'open' and o.owner is null
      and (${asks('o.', now)} or o.mentioned_at > ${now}::timestamptz - interval '1 hour')
      and array_position(${ranks}::text[], o.severity) >= array_position(${ranks}::text[], i.severity)
      and ${urgent('o')} >= ${urgent('i')}) >= ${most}::int)`;
}

/** Whether an incident may mention somebody now: it calls already, or not too many others do. */
export async function mayCall(sql: Sql, now: Date, incident: string): Promise<boolean> {
  const found = await sql.query(
    `select 1 from incident i where id = $1 and (${asks('', '$2')}
       or mentioned_at > $2::timestamptz - interval '1 hour' or not ${othersCall({ now: '$2', ranks: '$3', most: '$4' })})`,
    [incident, now, severities, mostCalling],
  );
  return found.rows.length > 0;
}

/** How long a mention waits for a place, but for a critical one: what is open longer stands in the queue. */
const waitHours = 2;

/**
 * The text whose mention waits, of the most severe open incident that nobody has or is asked to take and that may call people
 * now; it waits no more.
 */
export async function takeWaiting(
  tx: Sql,
  now: Date,
  quiet: readonly string[],
): Promise<{ id: string; incidentId: string; who: string[] } | undefined> {
  const found = await tx.query<{ id: string; incidentId: string; who: string[] }>(
    `with first as (
       select p.id, p.incident_id, p.mentions->'waits' as who from publication p join incident i on i.id = p.incident_id
       where p.mentions ? 'waits'
         and (i.severity = 'critical' or (p.mentions ->> 'since')::timestamptz > $1::timestamptz - $5::int * interval '1 hour')
         and i.status = 'open' and i.owner is null and i.asked = '{}' and (i.snoozed_until is null or i.snoozed_until <= $1)
         and (i.verdict_by is null or i.verdict <> all($4::text[]))
         and (i.mentioned_at is null or i.mentioned_at < p.created_at)
         and not ${othersCall({ now: '$1', ranks: '$2', most: '$3' })}
       order by array_position($2::text[], i.severity) desc, i.kind in ('threat', 'leaked-secret') desc, p.id limit 1 for no key update of p)
     update publication p set mentions = mentions - 'waits' - 'since' from first where p.id = first.id
     returning p.id, p.incident_id as "incidentId", first.who`,
    [now, severities, mostCalling, quiet, waitHours],
  );
  return found.rows[0];
}

/** Who was mentioned in what was said about an incident. */
export async function toldOf(sql: Sql, incident: string): Promise<string[]> {
  const found = await sql.query<{ who: string }>(
    `select distinct jsonb_array_elements_text(mentions->'told') as who from publication
     where incident_id = $1 and mentions ? 'told'`,
    [incident],
  );
  return found.rows.map(({ who }) => who);
}

/** Writes down what was decided, with the text as it goes out. */
export async function writeMentions(
  tx: Sql,
  now: Date,
  { id, incidentId }: { id: string; incidentId: string | null },
  { mentions, text }: { mentions: SettledMentions; text: string },
): Promise<void> {
  // An incident is locked before its publications, as everywhere.
  if (mentions.told.length > 0)
    await tx.query('update incident set mentioned_at = $2 where id = $1', [incidentId, now]);
  await tx.query('update publication set text = $2, mentions = $3::jsonb where id = $1', [
    id,
    text,
    JSON.stringify(mentions),
  ]);
}
