import { fold } from './fold.ts';
import { Skipper } from './skipper.ts';
import { transitions } from './transitions.ts';
import { Trie } from './trie.ts';

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
 * Finds all literals in a text in one pass, whatever the number of literals (Aho and Corasick, 1975). Start and end of
 * the text are characters of their own that no text holds, so that "starts with", "ends with" and "equals" are literals
 * like any other. Case is folded by the classes of characters, not by copying the text.
 */
export class Automaton {
  /** Class of each ASCII character, upper and lower case alike; 0 is "in no literal". */
  private readonly ascii = new Uint16Array(128);
  private readonly others = new Map<number, number>();
  private readonly table: Int32Array;
  /** See `Transitions`. */
  private readonly sparse: number;
  private readonly found: Int32Array[];
  private readonly classes: number;
  private readonly skipper: Skipper | undefined;

  constructor(literals: readonly Literal[]) {
    this.skipper = Skipper.of(literals.map(({ text }) => text));
    this.classes = this.classify(literals);
    const { table, sparse, found } = transitions(this.trie(literals), this.classes);
    this.table = table;
    this.sparse = sparse;
    this.found = found;
  }

  /** Calls `hit` with the ids of literals that end somewhere in the text; the same ids may come more than once. */
  scan(text: string, hit: (ids: Int32Array) => void): void {
    const { ascii, table, sparse, skipper } = this;
    if (skipper?.mayHold(text) === false) return;
    let state = this.step(0, startClass, hit);
    for (let i = 0; i < text.length; i += 1) {
      const code = text.charCodeAt(i);
      if (code >= 128) {
        this.scanFolded(text, hit);
        return;
      }
      const way = ascii[code] as number;
      // The same as `step`, written out: it is most of the work of matching.
      while (state >= sparse && table[state] !== way) state = table[state + 2] as number;
      state = table[state >= sparse ? state + 1 : state + way] as number;
      if (state < 0) {
        state = ~state;
        this.tell(state, hit);
      }
    }
    this.step(state, endClass, hit);
  }

  /** The same for a text that is not only ASCII; literals before its first other character are told twice. */
  private scanFolded(given: string, hit: (ids: Int32Array) => void): void {
    const text = fold(given);
    let state = this.step(0, startClass, hit);
    for (let i = 0; i < text.length; i += 1) state = this.step(state, this.classOf(text.charCodeAt(i)), hit);
    this.step(state, endClass, hit);
  }

  private step(from: number, way: number, hit: (ids: Int32Array) => void): number {
    const { table, sparse } = this;
    let state = from;
    while (state >= sparse && table[state] !== way) state = table[state + 2] as number;
    state = table[state >= sparse ? state + 1 : state + way] as number;
    if (state >= 0) return state;
    this.tell(~state, hit);
    return ~state;
  }

  private tell(state: number, hit: (ids: Int32Array) => void): void {
    const ends = this.table[state < this.sparse ? state + this.classes : state + 3] as number;
    hit(this.found[ends] as Int32Array);
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

  private trie(literals: readonly Literal[]): Trie {
    const trie = new Trie();
    for (const { text, start, end, id } of literals) {
      const ways: number[] = start ? [startClass] : [];
      for (let i = 0; i < text.length; i += 1) ways.push(this.classOf(text.charCodeAt(i)));
      if (end) ways.push(endClass);
      trie.add(ways, id);
    }
    return trie;
  }
}

function upperOf(code: number): number {
  return code >= 97 && code <= 122 ? code - 32 : code;
}
