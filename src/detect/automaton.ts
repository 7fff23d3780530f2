import { fold } from './fold.ts';

/** A literal to look for; at the start of the text, its end, both (the whole text), or anywhere. Folded. */
export interface Literal {
  text: string;
  start: boolean;
  end: boolean;
  id: number;
}

const startClass = 1;
const endClass = 2;

/**
 * Finds all literals in a text in one pass (Aho and Corasick, 1975), as a full table: one step a character, whatever the
 * number of literals. Start and end of the text are characters of their own that no text holds, so that "starts with",
 * "ends with" and "equals" are literals like any other. Case is folded by the table, not by copying the text.
 */
export class Automaton {
  /** Class of each ASCII character, upper and lower case alike; 0 is "in no literal". */
  private readonly ascii = new Uint16Array(128);
  private readonly others = new Map<number, number>();
  /** `next[state + class]` is the next state; states are multiples of the number of classes. */
  private readonly next: Int32Array;
  private readonly classes: number;
  /** States from here on end a literal. */
  private readonly firstFinal: number;
  /** Ids of the literals that end in each final state. */
  private readonly found: Int32Array[];
  private readonly begun: number;

  constructor(literals: readonly Literal[]) {
    this.classes = this.classify(literals);
    const trie = this.trie(literals);
    const built = build(trie, this.classes);
    this.next = built.next;
    this.firstFinal = built.firstFinal;
    this.found = built.found;
    this.begun = this.next[startClass] ?? 0;
  }

  /** Calls `hit` with the ids of literals that end somewhere in the text; the same ids may come more than once. */
  scan(text: string, hit: (ids: Int32Array) => void): void {
    const { ascii, next, firstFinal } = this;
    let state = this.begun;
    if (state >= firstFinal) this.tell(state, hit);
    for (let i = 0; i < text.length; i += 1) {
      const code = text.charCodeAt(i);
      if (code >= 128) {
        this.scanFolded(text, hit);
        return;
      }
      state = next[state + (ascii[code] as number)] as number;
      if (state >= firstFinal) this.tell(state, hit);
    }
    state = next[state + endClass] as number;
    if (state >= firstFinal) this.tell(state, hit);
  }

  /** The same for a text that is not only ASCII; literals before its first other character are told twice. */
  private scanFolded(given: string, hit: (ids: Int32Array) => void): void {
    const { next, firstFinal } = this;
    const text = fold(given);
    let state = this.begun;
    for (let i = 0; i < text.length; i += 1) {
      state = next[state + this.classOf(text.charCodeAt(i))] as number;
      if (state >= firstFinal) this.tell(state, hit);
    }
    state = next[state + endClass] as number;
    if (state >= firstFinal) this.tell(state, hit);
  }

  private tell(state: number, hit: (ids: Int32Array) => void): void {
    hit(this.found[(state - this.firstFinal) / this.classes] as Int32Array);
  }

  private classOf(code: number): number {
    return (code < 128 ? this.ascii[code] : this.others.get(code)) ?? 0;
  }

  private classify(literals: readonly Literal[]): number {
    let classes = endClass + 1;
    for (const { text } of literals) {
      for (let i = 0; i < text.length; i += 1) {
        const code = text.charCodeAt(i);
        if (this.classOf(code) !== 0) continue;
        if (code >= 128) this.others.set(code, classes);
        else for (const form of [code, upperOf(code)]) this.ascii[form] = classes;
        classes += 1;
      }
    }
    return classes;
  }

  private trie(literals: readonly Literal[]): TrieNode[] {
    const nodes: TrieNode[] = [{ next: new Map(), ids: [] }];
    for (const { text, start, end, id } of literals) {
      let at = 0;
      const step = (way: number) => {
        const node = nodes[at] as TrieNode;
        at = node.next.get(way) ?? nodes.push({ next: new Map(), ids: [] }) - 1;
        node.next.set(way, at);
      };
      if (start) step(startClass);
      for (let i = 0; i < text.length; i += 1) step(this.classOf(text.charCodeAt(i)));
      if (end) step(endClass);
      nodes[at]?.ids.push(id);
    }
    return nodes;
  }
}

interface TrieNode {
  next: Map<number, number>;
  ids: number[];
}

function upperOf(code: number): number {
  return code >= 97 && code <= 122 ? code - 32 : code;
}

/** The table of a trie: breadth first, each state goes where its longest proper suffix in the trie goes. */
function build(nodes: TrieNode[], classes: number) {
  const fail = new Int32Array(nodes.length);
  const order = [0];
  const goes = new Int32Array(nodes.length * classes);
  for (let k = 0; k < order.length; k += 1) {
    const node = order[k] as number;
    const { next, ids } = nodes[node] as TrieNode;
    const back = fail[node] as number;
    if (node !== 0) {
      ids.push(...(nodes[back] as TrieNode).ids);
      goes.copyWithin(node * classes, back * classes, (back + 1) * classes);
    }
    for (const [way, to] of next) {
      fail[to] = node === 0 ? 0 : (goes[node * classes + way] as number);
      goes[node * classes + way] = to;
      order.push(to);
    }
  }
  return renumber(nodes, order, goes, classes);
}

/** Numbers states so that those that end a literal come last, and in steps of a row, so that a step is one addition. */
function renumber(nodes: TrieNode[], order: number[], goes: Int32Array, classes: number) {
  const isFinal = (node: number) => (nodes[node] as TrieNode).ids.length > 0;
  const plain = order.filter((node) => !isFinal(node));
  const finals = order.filter(isFinal);
  const number = new Int32Array(nodes.length);
  for (const [k, node] of [...plain, ...finals].entries()) number[node] = k * classes;
  const next = new Int32Array(goes.length);
  for (const node of order) {
    const row = number[node] as number;
    for (let way = 0; way < classes; way += 1) next[row + way] = number[goes[node * classes + way] as number] as number;
  }
  const found = finals.map((node) => Int32Array.from(new Set((nodes[node] as TrieNode).ids)));
  return { next, firstFinal: plain.length * classes, found };
}
