import { type EveryLanguage, everyLanguage, type Language } from './locale.ts';

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

/** An error whose sentence may be told to readers of a room: in every language, or alike in all where only the operator reads it. */
export class SaidError extends Error {
  readonly said: EveryLanguage;

  constructor(sentence: string | EveryLanguage, cause?: unknown) {
    const said = typeof sentence === 'string' ? everyLanguage(() => sentence) : sentence;
    super(said.en, cause === undefined ? undefined : { cause });
    this.said = said;
  }
}

/**
 * A failure with one sentence for the person who must act, and a hint what to do.
 * Expected refusals are returned values, never this.
 */
export class YaguraError extends SaidError {
  readonly code: YaguraErrorCode;
  readonly hint: string | undefined;

  constructor(
    code: YaguraErrorCode,
    sentence: string | EveryLanguage,
    options: { hint?: string; cause?: unknown } = {},
  ) {
    super(sentence, options.cause);
    this.name = 'YaguraError';
    this.code = code;
    this.hint = options.hint;
  }
}

/** The sentence and hint of any thrown value, on one line; hints, and what others throw, are as they came. */
export function sentenceOf(error: unknown, language: Language = 'en'): string {
  const hint = error instanceof YaguraError && error.hint ? ` ${error.hint}` : '';
  if (error instanceof SaidError) return `${error.said[language]}${hint}`;
  return error instanceof Error ? error.message : String(error);
}
