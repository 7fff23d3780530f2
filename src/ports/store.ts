/**
 * Rows of a query, `pg` style: `$1` parameters, columns as given. One with a `name` of its own is planned once for each
 * connection, which is worth it for what runs hundreds of times a second.
 */
export interface Sql {
  query<Row = Record<string, unknown>>(
    text: string,
    values?: unknown[],
    name?: string,
  ): Promise<{ rows: Row[]; rowCount: number }>;
}

/** The operational store. */
export interface Store extends Sql {
  /** Runs `work` in one transaction; rolled back when it throws. */
  transaction<T>(work: (tx: Sql) => Promise<T>): Promise<T>;
  /** Runs statements as one transaction, one of them a `copy … from stdin` of `data`; answers the rows of each. */
  copy<Row>(statements: string, data: Buffer): Promise<{ rows: Row[] }[]>;
  close(): Promise<void>;
}
