import type { Entity } from '../domain/entity.ts';
import { inDomain, ownNames } from '../domain/own-names.ts';
import type { Policy } from '../domain/policy.ts';
import type { Sql } from '../ports/store.ts';

/**
 * The entity of an incident that a person is, by their login or by what their page in `context/` says is theirs;
 * undefined when they have no part in it (`ownNames`). A name in the form of an address is one product's account and another's
 * mailbox, so accounts and addresses are compared with one another. Names that were only found in a text do not count: whoever writes a log line
 * must not choose who may answer it. What is merged into another is that other's story.
 */
export async function ownPart(
  sql: Sql,
  incident: string,
  login: string,
  policy: Described,
): Promise<Entity | undefined> {
  return (await ownParts(sql, incident, [login], policy)).get(login);
}

type Described = Pick<Policy, 'context' | 'people'>;

/** The same of several people, in one query: those who have a part, by the login as given. */
export async function ownParts(
  sql: Sql,
  incident: string,
  logins: readonly string[],
  policy: Described,
): Promise<ReadonlyMap<string, Entity>> {
  const theirs = logins.map((login) => ({ login, ...ownNames(login, policy) }));
  const found = await sql.query<Entity>(
    `with recursive story as (
       select id, merged_into from incident where id = $1
       union all select i.id, i.merged_into from incident i join story s on i.id = s.merged_into)
     select distinct e.type, e.value from alert_entity e join alert a on a.id = e.alert_id
     where a.incident_id in (select id from story) and e.found_in = 'field' and e.type in ('user', 'email')
       and (e.value = any($2) or e.type = 'user' and split_part(e.value, '\\', 2) = any($3))`,
    [incident, theirs.flatMap(({ exact }) => exact), theirs.flatMap(({ inDomains }) => inDomains)],
  );
  return new Map(
    theirs.flatMap(({ login, exact, inDomains }) => {
      const part =
        found.rows.find(({ value }) => exact.includes(value)) ??
        found.rows.find(({ value }) => inDomains.includes(inDomain(value) ?? ''));
      return part ? [[login, part] as const] : [];
    }),
  );
}
