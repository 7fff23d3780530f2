import { type Entity, entityKey } from '../../src/domain/entity.ts';
import type { Evidence } from '../../src/domain/evidence.ts';

/** Every string of an evidence record: of its result, its question, and the quotes and entities of its summary. */
export function stringsOf({ result, query, summary }: Pick<Evidence, 'result' | 'query' | 'summary'>): string[] {
  const quoted = summary.flatMap((part) => (typeof part === 'string' ? [] : leaves(part)));
  return [...leaves(result), ...leaves(query), ...quoted];
}

function leaves(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap(leaves);
  return value !== null && typeof value === 'object' ? Object.values(value).flatMap(leaves) : [];
}

/** The entity a record's question was about, as its key. */
export function askedAbout({ query }: Pick<Evidence, 'query'>): string | undefined {
  const entity = query.entity as Partial<Entity> | undefined;
  return entity?.type === undefined || entity.value === undefined ? undefined : entityKey(entity as Entity);
}
