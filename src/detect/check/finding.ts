/** Something the author of a rule should know; `error` is what must not be merged. */
export interface Finding {
  path: string;
  /** 1-based. */
  line: number;
  /** Empty when the document has none. */
  ruleId: string;
  severity: 'error' | 'warning';
  message: string;
}
