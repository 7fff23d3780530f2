/**
 * Literals as a tree of their characters' classes. Nodes are numbers, 0 is the root; a node's children hang on a list,
 * which is short but for the first few nodes.
 */
export class Trie {
  /** The last child added to a node, and the one added before a node beside it; -1 is none. */
  readonly first: number[] = [-1];
  readonly sibling: number[] = [-1];
  /** The class a node is reached by. */
  readonly way: number[] = [0];
  /** Ids of the literals that end at a node. */
  readonly ids: (number[] | undefined)[] = [undefined];

  get size(): number {
    return this.first.length;
  }

  add(ways: readonly number[], id: number): void {
    let node = 0;
    for (const way of ways) node = this.child(node, way) ?? this.grow(node, way);
    const ids = this.ids[node];
    if (ids) ids.push(id);
    else this.ids[node] = [id];
  }

  child(node: number, way: number): number | undefined {
    for (let at = this.first[node] as number; at >= 0; at = this.sibling[at] as number) {
      if (this.way[at] === way) return at;
    }
    return undefined;
  }

  private grow(node: number, way: number): number {
    const made = this.first.length;
    this.first.push(-1);
    this.sibling.push(this.first[node] as number);
    this.way.push(way);
    this.ids.push(undefined);
    this.first[node] = made;
    return made;
  }
}
