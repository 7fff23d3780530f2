import { canonicalValue } from '../domain/canonical-value.ts';
import { type Entity, entityKey } from '../domain/entity.ts';
import type { Policy } from '../domain/policy.ts';
import type { Sql } from '../ports.ts';

/**
 * The entity of an incident that a person is, by their login or by what their page in `context/` says is theirs; undefined when they have no part in it. Names that were only found in a text do not count: whoever writes a
 * log line must not choose who may answer it.
 */
export async function ownPart(
  sql: Sql,
  incident: string,
  login: string,
  policy: Pick<Policy, 'context' | 'people'>,
): Promise<Entity | undefined> {
  const theirs = entitiesOf(login, policy);
  const found = await sql.query<Entity>(
    `select e.type, e.value from alert_entity e join alert a on a.id = e.alert_id
     where a.incident_id = $1 and e.found_in = 'field'
       and (e.type, e.value) in (select * from unnest($2::text[], $3::text[])) limit 1`,
    [incident, theirs.map(({ type }) => type), theirs.map(({ value }) => value)],
  );
  return found.rows[0];
}

/** Accounts and addresses that are one person's. */
function entitiesOf(login: string, { context, people }: Pick<Policy, 'context' | 'people'>): Entity[] {
  const user = canonicalValue('user', login) ?? login;
  const own: Entity = { type: 'user', value: user };
  const page = people.find((one) => one.login === login.toLowerCase())?.origin.path;
  const pages = context.filter(
    ({ kind, entities, origin }) =>
      kind === 'person' && (origin.path === page || entities.some((one) => entityKey(one) === entityKey(own))),
  );
  const described = pages.flatMap(({ entities }) => entities).filter(({ type }) => type === 'user' || type === 'email');
  return [own, ...described];
}
