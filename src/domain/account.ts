/** An account on GitHub. The login is what people read; they may change it, and another may take it. The id stays. */
export interface Account {
  login: string;
  /** Unset where it was never known. */
  id?: number;
}

/** Whether both are one account: by id, and by login only where an id is not known. */
export function sameAccount(a: Account, b: Account): boolean {
  if (a.id !== undefined && b.id !== undefined) return a.id === b.id;
  return a.login.toLowerCase() === b.login.toLowerCase();
}
