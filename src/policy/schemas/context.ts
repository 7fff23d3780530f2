import { z } from 'zod';
import { canonicalValue } from '../../domain/canonical-value.ts';
import { type Entity, type EntityType, entityTypes } from '../../domain/entity.ts';
import type { ContextEntry, Origin } from '../../domain/policy.ts';
import type { Person } from '../../domain/rota.ts';
import { entityForms } from '../entity-forms.ts';
import { shown } from '../problems.ts';
import { hours } from './hours.ts';
import { listOf, strict } from './strict.ts';
import { block, login, placeholderName, sentence, timeZone } from './values.ts';

const values = listOf(z.string().trim().min(1).max(512)).exactOptional();

const entities = strict({
  ip: values,
  domain: values,
  url: values,
  file_hash: values,
  process: values,
  host: values,
  container: values,
  cloud_resource: values,
  user: values,
  email: values,
} satisfies Record<EntityType, typeof values>).transform((written, context): Entity[] =>
  entityTypes.flatMap((type) =>
    (written[type] ?? []).map((text, i) => {
      const value = canonicalValue(type, text);
      if (value !== undefined) return { type, value };
      context.addIssue({ code: 'custom', path: [type, i], message: `${shown(text)} is not ${entityForms[type]}.` });
      return { type, value: text };
    }),
  ),
);

/** Front matter of a markdown file below `context/`: one asset, network, account, person or service a file. */
export const contextSchema = strict({
  kind: z.enum(['asset', 'network', 'account', 'person', 'service']),
  name: sentence,
  entities: entities.exactOptional(),
  cidr: listOf(block).exactOptional(),
  owner: sentence.exactOptional(),
  criticality: z.enum(['low', 'medium', 'high', 'critical']).exactOptional(),
  shared: z.boolean().exactOptional(),
  exposed: z.boolean().exactOptional(),
  placeholder: listOf(placeholderName).exactOptional(),
  login: login.exactOptional(),
  time_zone: timeZone.exactOptional(),
  hours: hours.exactOptional(),
}).superRefine((entry, context) => {
  if (entry.kind === 'network' && !entry.cidr) {
    context.addIssue({
      code: 'custom',
      path: ['kind'],
      message: 'a network needs cidr, such as cidr: [10.20.0.0/16].',
    });
  }
  if (entry.placeholder && (entry.entities ?? []).length === 0) {
    context.addIssue({
      code: 'custom',
      path: ['placeholder'],
      message: 'a placeholder stands for the entities of its file, and there are none.',
    });
  }
  for (const key of ['login', 'time_zone', 'hours'] as const) {
    if (entry[key] === undefined || (entry.kind === 'person' && entry.login !== undefined)) continue;
    const message = entry.kind === 'person' ? 'needs the login it is of.' : `only kind: person has ${key}.`;
    context.addIssue({ code: 'custom', path: [key], message });
  }
  if (entry.kind !== 'network' && entry.cidr) {
    context.addIssue({
      code: 'custom',
      path: ['cidr'],
      message: 'only kind: network has cidr; write single addresses under entities: ip.',
    });
  }
});

/** The entry of one context file. */
export function contextEntry(data: z.output<typeof contextSchema>, body: string, path: string): ContextEntry {
  const { kind, name, owner, criticality } = data;
  return {
    kind,
    name,
    entities: data.entities ?? [],
    cidr: data.cidr ?? [],
    ...(owner !== undefined && { owner }),
    ...(criticality !== undefined && { criticality }),
    shared: data.shared ?? false,
    ...(data.exposed !== undefined && { exposed: data.exposed }),
    body: body.trim(),
    origin: { path, line: 1 },
  };
}

/** The person of a context file that has a login: who can be turned to. */
export function personOf(data: z.output<typeof contextSchema>, origin: Origin): Person[] {
  const { login, name, time_zone: timeZone, hours } = data;
  if (login === undefined) return [];
  return [{ login, name, ...(timeZone !== undefined && { timeZone }), ...(hours !== undefined && { hours }), origin }];
}
