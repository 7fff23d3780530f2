import type { Trie } from './trie.ts';

/**
 * What an automaton steps through. A state is an offset into `table`. Below `sparse` it is a row with a target for each
 * class; from there on it is three numbers: the one class it goes on with, the target, and the state to try instead.
 * A target that ends a literal is given as its complement. `found[ends]` are the ids of such literals, where `ends`
 * stands behind the row or the three numbers.
 */
export interface Transitions {
  table: Int32Array;
  sparse: number;
  found: Int32Array[];
}

/** No class: a state that goes on with nothing. */
const nothing = -1;

/**
 * The transitions of a trie (Aho and Corasick, 1975). Only where literals part does a state have a whole row; the long
 * tails, nearly all of the states, take four numbers each. So the tables stay small enough for the processor's caches.
 */
export function transitions(trie: Trie, classes: number): Transitions {
  const { order, fail } = breadthFirst(trie);
  const offset = new Int32Array(trie.size);
  const { first, sibling, way } = trie;
  const parts = (node: number) => node === 0 || (sibling[first[node] as number] ?? -1) >= 0;
  let size = 0;
  for (const node of order) {
    if (!parts(node)) continue;
    offset[node] = size;
    size += classes + 1;
  }
  const sparse = size;
  for (const node of order) {
    if (node === 0 || (offset[node] as number) > 0) continue;
    offset[node] = size;
    size += 4;
  }
  const table = new Int32Array(size);
  const { found, ends } = endings(trie, order, fail);
  const target = (node: number) => (ends[node] === 0 ? (offset[node] as number) : ~(offset[node] as number));
  for (const node of order) {
    const at = offset[node] as number;
    const back = offset[fail[node] as number] as number;
    const child = first[node] as number;
    if (at < sparse) {
      if (node !== 0) copyRow(table, at, back, sparse, classes);
      for (let to = child; to >= 0; to = sibling[to] as number) table[at + (way[to] as number)] = target(to);
      table[at + classes] = ends[node] as number;
    } else {
      const only = child < 0 ? nothing : (way[child] as number);
      table[at] = only;
      table[at + 1] = child < 0 ? 0 : target(child);
      table[at + 2] = instead(table, back, sparse, only);
      table[at + 3] = ends[node] as number;
    }
  }
  return { table, sparse, found };
}

/** Nodes by their depth, and for each the node of its longest proper suffix in the trie. */
function breadthFirst(trie: Trie): { order: number[]; fail: Int32Array } {
  const fail = new Int32Array(trie.size);
  const order = [0];
  for (let k = 0; k < order.length; k += 1) {
    const node = order[k] as number;
    for (let to = trie.first[node] as number; to >= 0; to = trie.sibling[to] as number) {
      order.push(to);
      if (node === 0) continue;
      const way = trie.way[to] as number;
      let back = fail[node] as number;
      let next = trie.child(back, way);
      while (next === undefined && back !== 0) {
        back = fail[back] as number;
        next = trie.child(back, way);
      }
      fail[to] = next ?? 0;
    }
  }
  return { order, fail };
}

/** For each node the literals that end there: its own, and those of its suffixes. */
function endings(trie: Trie, order: readonly number[], fail: Int32Array) {
  const found: Int32Array[] = [new Int32Array(0)];
  const ends = new Int32Array(trie.size);
  for (const node of order) {
    const own = trie.ids[node];
    const suffix = node === 0 ? 0 : (ends[fail[node] as number] as number);
    if (own) ends[node] = found.push(Int32Array.from([...own, ...(found[suffix] as Int32Array)])) - 1;
    else ends[node] = suffix;
  }
  return { found, ends };
}

/** A row is that of the state's suffix, but for its own children. */
function copyRow(table: Int32Array, at: number, back: number, sparse: number, classes: number): void {
  const passed: number[] = [];
  let from = back;
  for (; from >= sparse; from = table[from + 2] as number) passed.push(from);
  table.copyWithin(at, from, from + classes);
  for (const state of passed.reverse()) {
    const way = table[state] as number;
    if (way !== nothing) table[at + way] = table[state + 1] as number;
  }
}

/** Where to try instead: not where the same class is the only one too. */
function instead(table: Int32Array, back: number, sparse: number, way: number): number {
  let from = back;
  while (from >= sparse && (table[from] === nothing || table[from] === way)) from = table[from + 2] as number;
  return from;
}
