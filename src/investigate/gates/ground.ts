import { type Entity, entityKey } from '../../domain/entity.ts';
import type { Evidence } from '../../domain/evidence.ts';
import { literalsOf } from './literals.ts';

/** What sentences of a model about one incident are held against. */
export interface Ground {
  /** Evidence of this incident by its id. */
  evidence: ReadonlyMap<string, Evidence>;
  /** What stands literally in each of them, as a reader sees it. */
  literals: ReadonlyMap<string, readonly string[]>;
  /** Entities of the incident by their key. */
  entities: ReadonlyMap<string, Entity>;
}

/** The ground of an incident; evidence of any other incident is left out, whoever put it in. */
export function groundOf(given: {
  incidentId: string;
  evidence: readonly Evidence[];
  entities: readonly Entity[];
}): Ground {
  const own = given.evidence.filter((e) => e.incidentId === given.incidentId);
  const entities = given.entities.map(({ type, value }) => ({ type, value }));
  return {
    evidence: new Map(own.map((e) => [e.id, e])),
    literals: new Map(own.map((e) => [e.id, literalsOf(e)])),
    entities: new Map(entities.map((e) => [entityKey(e), e])),
  };
}
