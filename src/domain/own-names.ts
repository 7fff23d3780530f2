import type { Entity } from './entity.ts';
import { entityKey } from './entity.ts';
import type { Policy } from './policy.ts';

/** What products call one person. */
export interface OwnNames {
  /** Theirs as it is written. */
  exact: string[];
  /** Accounts that are theirs in every domain: `ken` is also `CORP\ken`. */
  inDomains: string[];
}

type Described = Pick<Policy, 'context' | 'people'>;

/**
 * The names of a login: itself, and the accounts and addresses that their page in `context/` says are theirs. An account that
 * the page writes without a domain is theirs in every domain; not one that it also writes with a domain, which says
 * where it is theirs, nor one that a page of somebody or something else names too: who `admin` is differs by machine.
 */
export function ownNames(login: string, { context, people }: Described): OwnNames {
  const own: Entity = { type: 'user', value: login.toLowerCase() };
  const page = people.find((one) => one.login === own.value)?.origin.path;
  const theirs = (one: Described['context'][number]) =>
    one.kind === 'person' &&
    (one.origin.path === page || one.entities.some((entity) => entityKey(entity) === entityKey(own)));
  const names = accountsOf(context.filter(theirs));
  const others = accountsOf(context.filter((one) => !theirs(one)));
  const accounts = names.filter(({ type }) => type === 'user').map(({ value }) => value);
  const elsewhere = new Set([...accounts.map(inDomain), ...others.flatMap(({ value }) => [value, inDomain(value)])]);
  return {
    exact: [own.value, ...names.map(({ value }) => value)],
    inDomains: accounts.filter((name) => !/[\\@]/.test(name) && !elsewhere.has(name)),
  };
}

/** `ken` of `CORP\ken`; undefined of a name without a domain. */
export function inDomain(account: string): string | undefined {
  return /^[^\\]+\\([^\\]+)$/.exec(account)?.[1];
}

function accountsOf(pages: Policy['context']): Entity[] {
  return pages.flatMap(({ entities }) => entities).filter(({ type }) => type === 'user' || type === 'email');
}
