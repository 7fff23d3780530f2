import { Automaton, type Literal } from './automaton.ts';
import { textOf } from './evaluate-test.ts';
import { fold } from './fold.ts';

/** Finds the literals of one field in its values: by a table where all are whole values, else by an automaton. */
export class FieldIndex {
  /** Tests that only need the field to be there. */
  readonly present: Int32Array | undefined;
  readonly searches: boolean;
  private readonly exact: Map<string, Int32Array> | undefined;
  private readonly automaton: Automaton | undefined;

  constructor(literals: Literal[], present: readonly number[]) {
    this.present = present.length > 0 ? Int32Array.from(present) : undefined;
    this.searches = literals.length > 0;
    if (literals.every(({ start, end }) => start && end)) {
      const exact = new Map<string, number[]>();
      for (const { text, id } of literals) {
        const ids = exact.get(text);
        if (ids) ids.push(id);
        else exact.set(text, [id]);
      }
      this.exact = new Map([...exact].map(([text, ids]) => [text, Int32Array.from(ids)]));
    } else this.automaton = new Automaton(literals);
  }

  find(value: unknown, hit: (ids: Int32Array) => void): void {
    if (value === null || value === undefined) return;
    const text = textOf(value);
    if (this.automaton) this.automaton.scan(text, hit);
    else {
      const ids = this.exact?.get(fold(text));
      if (ids) hit(ids);
    }
  }
}
