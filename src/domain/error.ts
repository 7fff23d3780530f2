/** The closed set of failures a person may have to act on. */
export type YaguraErrorCode =
  | 'settings'
  | 'port-in-use'
  | 'data-directory'
  | 'database'
  | 'schema'
  | 'forge'
  | 'policy'
  | 'prompts'
  | 'model'
  | 'ledger'
  | 'input'
  | 'connector'
  | 'internal';

/**
 * A failure with one sentence for the person who must act, and a hint what to do.
 * Expected refusals are returned values, never this.
 */
export class YaguraError extends Error {
  readonly code: YaguraErrorCode;
  readonly hint: string | undefined;

  constructor(code: YaguraErrorCode, sentence: string, options: { hint?: string; cause?: unknown } = {}) {
    super(sentence, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'YaguraError';
    this.code = code;
    this.hint = options.hint;
  }
}

/** The sentence and hint of any thrown value, on one line. */
export function sentenceOf(error: unknown): string {
  if (error instanceof YaguraError) return error.hint ? `${error.message} ${error.hint}` : error.message;
  return error instanceof Error ? error.message : String(error);
}
