import { type Attribute, type Constraints, type Node, type OcsfSource, ownAttributes } from './read-schema.ts';

export type Captions = Record<string, string>;

/** One attribute of a class or object, everything inherited followed. */
export interface ResolvedAttribute {
  name: string;
  type: string;
  array: boolean;
  requirement: 'required' | 'recommended' | 'optional';
  /** Set when the attribute, and so its requirement, holds only with this profile. */
  profile: string | undefined;
  /** Number → caption, when the attribute is an enumeration. */
  enum: Captions | undefined;
}

export interface ResolvedNode {
  name: string;
  caption: string;
  constraints: Constraints;
  attributes: ResolvedAttribute[];
}

export interface ResolvedClass extends ResolvedNode {
  uid: number;
  categoryUid: number;
  categoryCaption: string;
}

function merge(base: Attribute | undefined, over: Attribute): Attribute {
  const merged = { ...base, ...over };
  return base?.enum && over.enum ? { ...merged, enum: { ...base.enum, ...over.enum } } : merged;
}

interface Chain {
  attributes: Map<string, Attribute>;
  constraints: Constraints;
  category: string | undefined;
}

function inherited(source: OcsfSource, nodes: Map<string, Node>, node: Node): Chain {
  const parent = node.extends === undefined ? undefined : nodes.get(node.extends);
  if (node.extends !== undefined && parent === undefined)
    throw new Error(`${node.name} extends unknown ${node.extends}`);
  const base = parent ? inherited(source, nodes, parent) : undefined;
  const attributes = new Map(base?.attributes);
  for (const [name, own] of ownAttributes(source, node)) attributes.set(name, merge(attributes.get(name), own));
  return {
    attributes,
    constraints: node.constraints ?? base?.constraints ?? {},
    category: node.category ?? base?.category,
  };
}

function captions(values: Attribute['enum']): Captions | undefined {
  if (values === undefined) return undefined;
  const numeric = Object.entries(values).filter(([key]) => /^-?\d+$/.test(key));
  return numeric.length === 0 ? undefined : Object.fromEntries(numeric.map(([key, value]) => [key, value.caption]));
}

function resolveAttribute(source: OcsfSource, owner: string, name: string, use: Attribute): ResolvedAttribute {
  const entry = source.dictionary.get(name);
  const merged = merge(entry, use);
  if (merged.type === undefined) throw new Error(`${owner}.${name} has no type in the dictionary`);
  return {
    name,
    type: merged.type,
    array: merged.is_array ?? false,
    requirement: use.requirement ?? 'optional',
    profile: use.profile ?? undefined,
    enum: captions(merged.enum),
  };
}

function resolveNode(source: OcsfSource, nodes: Map<string, Node>, name: string): ResolvedNode & { chain: Chain } {
  const node = nodes.get(name);
  if (node === undefined) throw new Error(`The schema has no ${name}`);
  const chain = inherited(source, nodes, node);
  const live = [...chain.attributes].filter(([key, use]) => !merge(source.dictionary.get(key), use)['@deprecated']);
  const attributes = live
    .map(([key, use]) => resolveAttribute(source, name, key, use))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  return { name, caption: node.caption, constraints: chain.constraints, attributes, chain };
}

/** An object with its inheritance followed; deprecated attributes are left out. */
export function resolveObject(source: OcsfSource, name: string): ResolvedNode {
  const { chain: _, ...node } = resolveNode(source, source.objects, name);
  return name === 'observable' ? withObservableTypes(source, node) : node;
}

/** An event class with its inheritance followed and the numbers of its class, category and types filled in. */
export function resolveClass(source: OcsfSource, name: string): ResolvedClass {
  const { chain, ...node } = resolveNode(source, source.events, name);
  const category = source.categories.get(chain.category ?? '');
  if (category === undefined) throw new Error(`${name} has no category`);
  const uid = category.uid * 1000 + (source.events.get(name)?.uid ?? 0);
  const fixed: Record<string, Captions> = {
    class_uid: { [uid]: node.caption },
    category_uid: { [category.uid]: category.caption },
  };
  const attributes = node.attributes.map((a) => ({ ...a, enum: fixed[a.name] ?? a.enum }));
  return { ...node, attributes, uid, categoryUid: category.uid, categoryCaption: category.caption };
}

/** `observable.type_id` is an enumeration gathered from the types, objects and attributes that carry a number. */
function withObservableTypes(source: OcsfSource, node: ResolvedNode): ResolvedNode {
  const found: Captions = {};
  for (const group of [source.types, source.objects, source.dictionary]) {
    for (const item of group.values()) if (item.observable !== undefined) found[item.observable] = item.caption ?? '';
  }
  for (const object of source.objects.values()) {
    for (const [name, use] of ownAttributes(source, object)) {
      if (use.observable === undefined || use.profile) continue;
      const caption = use.caption ?? source.dictionary.get(name)?.caption ?? name;
      found[use.observable] = `${object.caption} ${caption}`;
    }
  }
  const attributes = node.attributes.map((a) => (a.name === 'type_id' ? { ...a, enum: { ...found, ...a.enum } } : a));
  return { ...node, attributes };
}
