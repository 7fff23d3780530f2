import { type Document, isAlias, isMap, isNode, isPair, isScalar, isSeq, type Pair } from 'yaml';

/**
 * The 1-based line on which a path into the data stands; with `key`, the line of that key of the map there.
 * What does not exist (a missing key) is shown at the nearest part around it that does.
 */
export type LineOf = (path: readonly PropertyKey[], key?: string) => number;

/** Makes the map from paths to lines for one parsed document. */
export function lineOf(document: Document.Parsed, lineAt: (offset: number) => number): LineOf {
  return (path, key) => {
    let node: unknown = document.contents;
    let line = lineAt(offsetOf(node) ?? 0);
    for (const step of key === undefined ? path : [...path, key]) {
      if (isAlias(node)) node = node.resolve(document);
      const pair = isMap(node) ? node.items.find((item) => keyOf(item) === String(step)) : undefined;
      const child: unknown = pair ?? (isSeq(node) ? node.items[Number(step)] : undefined);
      if (child === undefined) return line;
      line = lineAt(offsetOf(child) ?? 0);
      node = isPair(child) ? child.value : child;
    }
    // A scalar may stand on a line below its key; a list or map is looked for at its key.
    return key === undefined && isScalar(node) ? lineAt(offsetOf(node) ?? 0) : line;
  };
}

function keyOf(pair: Pair): string {
  return isScalar(pair.key) ? String(pair.key.value) : '';
}

function offsetOf(item: unknown): number | undefined {
  if (isPair(item)) return offsetOf(item.key);
  return isNode(item) ? item.range?.[0] : undefined;
}
