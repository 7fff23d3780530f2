import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const enumSchema = z.record(z.string(), z.looseObject({ caption: z.string() }));

const attributeSchema = z.looseObject({
  type: z.string().optional(),
  is_array: z.boolean().optional(),
  requirement: z.enum(['required', 'recommended', 'optional']).optional(),
  enum: enumSchema.optional(),
  caption: z.string().optional(),
  observable: z.number().optional(),
  profile: z.string().nullable().optional(),
  '@deprecated': z.unknown().optional(),
});
export type Attribute = z.infer<typeof attributeSchema>;

const constraintsSchema = z.record(z.string(), z.array(z.string()));
export type Constraints = z.infer<typeof constraintsSchema>;

const nodeSchema = z.looseObject({
  name: z.string(),
  caption: z.string(),
  extends: z.string().optional(),
  category: z.string().optional(),
  uid: z.number().optional(),
  observable: z.number().optional(),
  constraints: constraintsSchema.optional(),
  attributes: z.record(z.string(), z.unknown()),
});
export type Node = z.infer<typeof nodeSchema>;

const typeSchema = z.looseObject({
  caption: z.string(),
  type: z.string().optional(),
  max_len: z.number().optional(),
  range: z.tuple([z.number(), z.number()]).optional(),
  observable: z.number().optional(),
});
export type DataType = z.infer<typeof typeSchema>;

/** The OCSF source files, parsed, before any inheritance is followed. */
export interface OcsfSource {
  version: string;
  categories: Map<string, { uid: number; caption: string }>;
  dictionary: Map<string, Attribute>;
  types: Map<string, DataType>;
  objects: Map<string, Node>;
  events: Map<string, Node>;
  profiles: Map<string, Node>;
}

function json(path: string): unknown {
  return JSON.parse(readFileSync(path, 'utf8'));
}

function nodesBelow(folder: string): Map<string, Node> {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.json'));
  const nodes = files.sort().map((name) => nodeSchema.parse(json(join(folder, name))));
  return new Map(nodes.map((node) => [node.name, node]));
}

/** Reads the schema folder of an ocsf/ocsf-schema release; throws when a file has another shape. */
export function readSchema(folder: string): OcsfSource {
  const dictionary = z
    .looseObject({
      attributes: z.record(z.string(), attributeSchema),
      types: z.looseObject({ attributes: z.record(z.string(), typeSchema) }),
    })
    .parse(json(join(folder, 'dictionary.json')));
  const categories = z
    .looseObject({ attributes: z.record(z.string(), z.looseObject({ uid: z.number(), caption: z.string() })) })
    .parse(json(join(folder, 'categories.json')));
  return {
    version: z.object({ version: z.string() }).parse(json(join(folder, 'version.json'))).version,
    categories: new Map(Object.entries(categories.attributes)),
    dictionary: new Map(Object.entries(dictionary.attributes)),
    types: new Map(Object.entries(dictionary.types.attributes)),
    objects: nodesBelow(join(folder, 'objects')),
    events: nodesBelow(join(folder, 'events')),
    profiles: nodesBelow(join(folder, 'profiles')),
  };
}

/** Attributes a node states itself, with those of the profiles it includes marked by their profile's name. */
export function ownAttributes(source: OcsfSource, node: Node): Map<string, Attribute> {
  const found = new Map<string, Attribute>();
  for (const include of z.array(z.string()).parse(node.attributes.$include ?? [])) {
    const name = include.replace(/^profiles\//, '').replace(/\.json$/, '');
    const profile = source.profiles.get(name);
    if (profile === undefined) throw new Error(`${node.name} includes the unknown profile ${name}`);
    for (const [key, attribute] of ownAttributes(source, profile)) found.set(key, { ...attribute, profile: name });
  }
  for (const [key, value] of Object.entries(node.attributes)) {
    if (key !== '$include') found.set(key, { ...found.get(key), ...attributeSchema.parse(value) });
  }
  return found;
}
