/** One command as it stands in a comment. */
export interface ParsedCommand {
  /** 1-based line of the comment. */
  line: number;
  /** Lower case, without the slash. */
  name: string;
  /** Arguments as written, width and defanging untouched but for NFKC. */
  rest: string;
  /** The whole line, for the receipt. */
  text: string;
}

/** One command of a comment, as its receipt shows it. */
export interface ReceiptLine {
  text: string;
  state: 'pending' | 'running' | 'waiting' | 'done' | 'refused' | 'failed';
  /** What was understood, our words and safe markdown. */
  understood: string;
  /** What came of it, our words and safe markdown. */
  answer: string;
}
