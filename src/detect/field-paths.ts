/** Where the values of a rule's field may be: groups of dotted paths; the first group that has a value wins, within one all count. */
export type FieldPaths = string[][];

/** A place in events that some field reads: what hangs below a key. */
export interface PathNode {
  /** Slots that read the value here, with the group the path is of. */
  readers: { slot: number; group: number }[];
  keys: Map<string, PathNode> | undefined;
  /** What hangs below any key (`*`). */
  any: PathNode | undefined;
}

export function pathNode(): PathNode {
  return { readers: [], keys: undefined, any: undefined };
}

/** Longest path, in segments. */
const longest = 12;

/**
 * Adds a path: `a.b.c` is c of b of a, and also a key that is itself written `a.b.c`, or `b.c` of a, since products
 * flatten their events to any depth.
 */
export function addPath(root: PathNode, path: string, slot: number, group: number): void {
  const segments = path.split('.').slice(0, longest);
  let nodes = [{ node: root, from: 0 }];
  while (nodes.length > 0) {
    const grown: typeof nodes = [];
    for (const { node, from } of nodes) {
      if (from === segments.length) {
        if (!node.readers.some((reader) => reader.slot === slot && reader.group === group))
          node.readers.push({ slot, group });
        continue;
      }
      grown.push({ node: child(node, segments[from] ?? ''), from: from + 1 });
      if (from < segments.length - 1)
        grown.push({ node: child(node, segments.slice(from).join('.')), from: segments.length });
    }
    nodes = grown;
  }
}

function child(node: PathNode, key: string): PathNode {
  if (key === '*') {
    node.any ??= pathNode();
    return node.any;
  }
  node.keys ??= new Map();
  const known = node.keys.get(key);
  if (known) return known;
  const made = pathNode();
  node.keys.set(key, made);
  return made;
}

/** What a walk tells: a value at a place that slots read. */
export type Visit = (readers: PathNode['readers'], value: unknown) => void;

/**
 * Walks an event along the paths and only there. Arrays are walked through: each element stands where the array does. A
 * key with spaces is also the key without them (rules specification, "Field Usage").
 */
export function walk(node: PathNode, value: object, visit: Visit, depth = 0): void {
  if (Array.isArray(value)) {
    if (depth === deepest) return;
    for (const element of value)
      if (typeof element === 'object' && element !== null) walk(node, element, visit, depth + 1);
    return;
  }
  const { keys, any } = node;
  for (const key in value) {
    const inner = (value as Record<string, unknown>)[key];
    const found = keys?.get(key) ?? (key.includes(' ') ? keys?.get(key.replaceAll(' ', '')) : undefined);
    if (found !== undefined) step(found, inner, visit);
    if (any !== undefined) step(any, inner, visit);
  }
}

function step(node: PathNode, value: unknown, visit: Visit): void {
  if (node.readers.length > 0) visit(node.readers, value);
  if ((node.keys !== undefined || node.any !== undefined) && typeof value === 'object' && value !== null)
    walk(node, value, visit);
}

/** Scalars of an event at any depth, for keywords. */
export function eachScalar(value: unknown, visit: (value: unknown) => void, depth = 0): void {
  if (typeof value !== 'object') visit(value);
  else if (value !== null && depth < deepest)
    for (const inner of Object.values(value)) eachScalar(inner, visit, depth + 1);
}

/** Events are walked to this depth; JSON that nests deeper is hostile. */
export const deepest = 64;
