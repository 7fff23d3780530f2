/**
 * Literals as a tree of their characters' classes. Nodes are numbers, 0 is the root; a node's children hang on a list,
 * which is short but for the first few nodes.
 */
export class Trie {
  private readonly first: number[] = [-1];
  private readonly sibling: number[] = [-1];
  private readonly way: number[] = [0];
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

  /** The ways that lead on from a node, with where they lead. */
  children(node: number): { way: number; to: number }[] {
    const all: { way: number; to: number }[] = [];
    for (let at = this.first[node] as number; at >= 0; at = this.sibling[at] as number)
      all.push({ way: this.way[at] as number, to: at });
    return all;
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
