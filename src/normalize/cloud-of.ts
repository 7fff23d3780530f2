import { cloudNamed } from '../domain/scope.ts';
import type { EventFacts } from './native-event-record.ts';
import type { Cloud } from './ocsf/objects.ts';

/**
 * The cloud account and region a record names beside what its source reads: under `cloud`, as OCSF and the Elastic Common
 * Schema have it and shippers add it. Undefined when it names neither.
 */
export function cloudOf(record: unknown): Cloud | undefined {
  if (typeof record !== 'object' || record === null) return undefined;
  const { account, region, provider = 'unknown' } = cloudNamed(record);
  if (account === undefined && region === undefined) return undefined;
  return {
    provider,
    ...(account === undefined ? {} : { account: { uid: account } }),
    ...(region === undefined ? {} : { region }),
  };
}

/** Facts of an event that say which cloud it is of, where they do not say another. */
export function withCloud(facts: EventFacts, cloud: Cloud | undefined): EventFacts {
  return cloud === undefined ? facts : { ...facts, attributes: { cloud, ...facts.attributes } };
}
