/** The last answer to a request, with the tag that asks "has it changed?". */
interface Conditional {
  etag: string;
  data: unknown;
  /** Its `Link` header. */
  link?: string | undefined;
}

export interface ConditionalCache {
  get(key: string): Conditional | undefined;
  set(key: string, value: Conditional): void;
}

/** Keeps the `size` answers used last; a `304 Not Modified` costs nothing of the primary limit. */
export function createConditionalCache(size: number): ConditionalCache {
  const answers = new Map<string, Conditional>();
  return {
    get(key) {
      const value = answers.get(key);
      if (value) {
        answers.delete(key);
        answers.set(key, value);
      }
      return value;
    },
    set(key, value) {
      answers.delete(key);
      answers.set(key, value);
      const oldest = answers.keys().next();
      if (answers.size > size && !oldest.done) answers.delete(oldest.value);
    },
  };
}
