import { Buffer } from 'node:buffer';
import type { PolicyProblem } from '../domain/policy.ts';
import { storable } from '../domain/storable.ts';
import type { Sql } from '../ports/store.ts';
import type { PolicyFile } from './load-policy.ts';

/** A commit of the config repository as it was read whole. */
export interface StoredCommit {
  commit: string;
  files: PolicyFile[];
}

/** One that was found good, and the repository it is of. */
export type GoodCommit = StoredCommit & { repository: string };

/** Keeps a good commit with its files, so that it can be put in force again while the forge is away. */
export async function saveGood(store: Sql, repository: string, read: StoredCommit, at: Date): Promise<void> {
  const files = Object.fromEntries(
    read.files.map(({ path, content }) => [path, Buffer.from(content).toString('base64')]),
  );
  await save(store, [read.commit, repository, JSON.stringify(files), 'good', '[]', at]);
}

/** Keeps what was wrong with a broken commit; its files are in the repository. */
export async function saveBroken(
  store: Sql,
  repository: string,
  commit: string,
  problems: readonly PolicyProblem[],
  at: Date,
): Promise<void> {
  await save(store, [commit, repository, '{}', 'broken', JSON.stringify(storable(problems)), at]);
}

/** The commit that was last found good in a repository, if any ever was. */
export async function lastGood(store: Sql, repository: string): Promise<StoredCommit | undefined> {
  return goodWhere(store, 'repository = $1', [repository]);
}

/** The commit that was last found good in any repository, and that repository. */
export async function newestGood(store: Sql): Promise<GoodCommit | undefined> {
  return goodWhere(store, 'true', []);
}

/** A commit, if it was found good. */
export async function goodCommit(store: Sql, commit: string): Promise<GoodCommit | undefined> {
  return goodWhere(store, 'commit = $1', [commit]);
}

async function goodWhere(store: Sql, where: string, values: unknown[]): Promise<GoodCommit | undefined> {
  const { rows } = await store.query<{ commit: string; repository: string; files: Record<string, string> }>(
    `select commit, repository, files from policy_commit where status = 'good' and ${where} order by at desc, commit limit 1`,
    values,
  );
  const row = rows[0];
  if (!row) return undefined;
  const files = Object.entries(row.files).map(([path, text]) => ({ path, content: Buffer.from(text, 'base64') }));
  return { ...row, files };
}

/** A commit may be judged again: by a newer Yagura, or when the branch goes back to it. */
async function save(store: Sql, values: unknown[]): Promise<void> {
  await store.query(
    `insert into policy_commit (commit, repository, files, status, problems, at) values ($1, $2, $3, $4, $5, $6)
     on conflict (commit) do update set repository = excluded.repository, files = excluded.files,
       status = excluded.status, problems = excluded.problems, at = excluded.at`,
    values,
  );
}
