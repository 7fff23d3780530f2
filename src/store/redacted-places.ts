import type { placeWords } from '../messages/places.ts';

/** Rows of what, as `placeWords` says it. */
export type PlaceName = keyof typeof placeWords.table;

/** Columns of a table, by keys that order its rows; `$1` of `where` is the incidents. */
export interface Looked {
  table: string;
  keys: readonly string[];
  columns: readonly string[];
  where: string;
}

const publications = { table: 'publication', keys: ['id'] };

/** What `redact.ts` changes in a way of its own. */
export const lookedAt = {
  notices: {
    ...publications,
    columns: ['text', 'sent'],
    where: `incident_id is null and kind = 'notice' and $1::bigint[] is not null`,
  },
  sent: { ...publications, columns: ['sent'], where: 'incident_id = any($1)' },
  entities: {
    table: 'alert_entity',
    keys: ['alert_id', 'type', 'value', 'role'],
    columns: ['value', 'role'],
    where: 'alert_id in (select id from alert where incident_id = any($1))',
  },
} satisfies Record<string, Looked>;

/** Columns of a table that may hold text of others about incidents. `$1` is the list of them. */
export interface RedactedPlace {
  what: PlaceName;
  table: string;
  keys: readonly string[];
  text?: readonly string[];
  lists?: readonly string[];
  json?: readonly string[];
  where: string;
}

const ofIncident = 'incident_id = any($1::bigint[])';

/** Comments on their issues; another room has an issue of that number too. */
const onTheirIssues = '(room, issue) in (select room, issue from incident where id = any($1::bigint[]))';

/** Numbers of the repositories whose alerts are theirs, as their webhooks name them; null where one is of none. */
const theirRepositories = `select scope ->> 'repositoryId' from alert where incident_id = any($1::bigint[])
  union select r.origin ->> 'repository' from raw_record r join alert_raw x on x.raw_id = r.id
    join alert a on a.id = x.alert_id where a.incident_id = any($1::bigint[])`;

/** Every table but those that `redact.ts` knows by themselves: raw records, entities, join keys, the ledger. */
export const redactedPlaces: readonly RedactedPlace[] = [
  {
    what: 'alerts',
    table: 'alert',
    keys: ['id'],
    text: ['title', 'rule', 'link', 'floor_because', 'join_reason', 'join_key', 'step_why'],
    lists: ['subject'],
    json: ['quoted', 'ocsf', 'place', 'scope', 'titles'],
    where: ofIncident,
  },
  {
    what: 'advisories',
    table: 'advisory',
    keys: ['ghsa'],
    json: ['content'],
    where: `ghsa in (select substr(unnest(subject), 10) from alert where incident_id = any($1::bigint[]))`,
  },
  {
    what: 'incidents',
    table: 'incident',
    keys: ['id'],
    text: ['title', 'verdict_why', 'settled_why'],
    json: ['report', 'people'],
    where: 'id = any($1::bigint[])',
  },
  {
    what: 'evidence',
    table: 'evidence',
    keys: ['incident_id', 'number'],
    json: ['query', 'summary', 'result'],
    where: ofIncident,
  },
  {
    what: 'matches',
    table: 'rule_match',
    keys: ['raw_id', 'event', 'rule'],
    json: ['field_values', 'entities', 'scope'],
    where:
      'raw_id in (select x.raw_id from alert_raw x join alert a on a.id = x.alert_id where a.incident_id = any($1::bigint[]))',
  },
  {
    what: 'recommendations',
    table: 'recommendation',
    keys: ['incident_id', 'number'],
    text: ['because'],
    where: ofIncident,
  },
  {
    what: 'emergencies',
    table: 'emergency',
    keys: ['incident_id', 'recommendation'],
    text: ['why'],
    where: ofIncident,
  },
  { what: 'tasks', table: 'task', keys: ['incident_id', 'number'], text: ['detail'], where: ofIncident },
  {
    what: 'runs',
    table: 'investigation',
    keys: ['id'],
    text: ['focus'],
    json: ['brief', 'outcome'],
    where: ofIncident,
  },
  {
    what: 'steps',
    table: 'investigation_step',
    keys: ['investigation_id', 'key'],
    json: ['reply'],
    where: 'investigation_id in (select id from investigation where incident_id = any($1::bigint[]))',
  },
  {
    what: 'comments',
    table: 'comment',
    keys: ['id'],
    text: ['body'],
    where: onTheirIssues,
  },
  {
    what: 'commands',
    table: 'command',
    keys: ['comment_id', 'line'],
    text: ['text', 'understood', 'answer'],
    where: `comment_id in (select id from comment where ${onTheirIssues})`,
  },
  {
    what: 'texts',
    table: 'publication',
    keys: ['id'],
    text: ['text', 'error'],
    // Notices are of no incident and name several: that of a shift holds their titles.
    where: `(incident_id = any($1::bigint[]) or (incident_id is null and kind = 'notice'))`,
  },
  { what: 'notifications', table: 'notification', keys: ['id'], text: ['detail'], where: ofIncident },
  {
    what: 'webhooks',
    table: 'delivery',
    keys: ['id'],
    json: ['payload'],
    // Those that wait are read yet, and lose their texts then.
    where: `outcome is not null
      and (payload #>> '{payload,issue,number}' in (select issue::text from incident where id = any($1::bigint[]))
        or payload -> 'payload' ? 'alert' and (payload ->> 'repositoryId' is null or payload ->> 'repositoryId' in (${theirRepositories})))`,
  },
];
