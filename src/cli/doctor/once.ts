/** A question that is asked once however many want the answer; all of them get the same failure, too. */
export function once<T>(ask: () => Promise<T>): () => Promise<T> {
  let answer: Promise<T> | undefined;
  return () => {
    answer ??= ask();
    // Whoever asked hears of it; a failure that nobody waits for any more ends no process.
    answer.catch(() => undefined);
    return answer;
  };
}
