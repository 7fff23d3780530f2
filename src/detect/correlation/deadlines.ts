interface Entry<Item> {
  at: number;
  /** Earlier pushed, earlier popped at the same time. */
  order: number;
  item: Item;
}

/** A binary heap of what falls due when. */
export class Deadlines<Item> {
  #entries: Entry<Item>[] = [];
  #pushed = 0;

  get size(): number {
    return this.#entries.length;
  }

  push(at: number, item: Item): void {
    const entry = { at, order: this.#pushed++, item };
    let place = this.#entries.push(entry) - 1;
    while (place > 0) {
      const parent = (place - 1) >>> 1;
      const above = this.#entries[parent];
      if (!above || !earlier(entry, above)) break;
      this.#entries[place] = above;
      place = parent;
    }
    this.#entries[place] = entry;
  }

  /** The earliest that falls due strictly before the time. */
  popBefore(time: number): { at: number; item: Item } | undefined {
    const [first] = this.#entries;
    if (!first || first.at >= time) return undefined;
    const last = this.#entries.pop();
    if (last && last !== first) this.#sink(last);
    return first;
  }

  clear(): void {
    this.#entries = [];
  }

  #sink(entry: Entry<Item>): void {
    let place = 0;
    for (;;) {
      const left = this.#entries[2 * place + 1];
      const right = this.#entries[2 * place + 2];
      if (!left) break;
      const [child, at] = right && earlier(right, left) ? [right, 2 * place + 2] : [left, 2 * place + 1];
      if (!earlier(child, entry)) break;
      this.#entries[place] = child;
      place = at;
    }
    this.#entries[place] = entry;
  }
}

function earlier(a: Entry<unknown>, b: Entry<unknown>): boolean {
  return a.at < b.at || (a.at === b.at && a.order < b.order);
}
