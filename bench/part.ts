import type { Row } from './row.ts';

export interface PartOptions {
  /** A smoke run: everything happens, no figure means much. */
  quick: boolean;
  /** A folder of this part's own, removed afterwards. */
  dir: string;
  /** Progress for whoever waits. */
  say(line: string): void;
  /** What must be ended when the part ends, however it ends; last first. */
  onEnd(end: () => Promise<unknown> | unknown): void;
}

/** One benchmark: everything it starts ends with it. */
export type Part = (options: PartOptions) => Promise<Row[]>;
