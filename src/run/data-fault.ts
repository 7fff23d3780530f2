/**
 * Whether a failure is of the data in hand, or a mistake in the program, and would be the same the next time. What may
 * pass by itself (the forge, the database, a full inbox) is neither. PostgreSQL's classes 22 and 23 are data.
 */
export function isDataFault(error: unknown): boolean {
  const code = (error as { code?: unknown }).code;
  if (typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code)) return /^2[23]/.test(code);
  return [TypeError, RangeError, SyntaxError].some((kind) => error instanceof kind);
}

/** The failure of the data in hand, which must keep no other data waiting; any other failure is thrown. */
export async function dataFault(work: Promise<unknown>): Promise<{ error: unknown } | undefined> {
  try {
    await work;
    return undefined;
  } catch (error) {
    if (!isDataFault(error)) throw error;
    return { error };
  }
}
