import { Buffer } from 'node:buffer';
import type { PolicyProblem } from '../domain/policy.ts';
import type { Sql } from '../ports/store.ts';
import type { PolicyFile } from './load-policy.ts';

/** A commit of the config repository as it was read whole. */
export interface StoredCommit {
  commit: string;
  files: PolicyFile[];
}

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
  await save(store, [commit, repository, '{}', 'broken', JSON.stringify(problems), at]);
}

/** The commit that was last found good in a repository, if any ever was. */
export async function lastGood(store: Sql, repository: string): Promise<StoredCommit | undefined> {
  const { rows } = await store.query<{ commit: string; files: Record<string, string> }>(
    `select commit, files from policy_commit
     where repository = $1 and status = 'good' order by at desc, commit limit 1`,
    [repository],
  );
  const row = rows[0];
  if (!row) return undefined;
  const files = Object.entries(row.files).map(([path, text]) => ({ path, content: Buffer.from(text, 'base64') }));
  return { commit: row.commit, files };
}

/** The commit that was last found good in any repository. */
export async function newestGood(store: Sql): Promise<(StoredCommit & { repository: string }) | undefined> {
  const { rows } = await store.query<{ repository: string }>(
    `select repository from policy_commit where status = 'good' order by at desc, commit limit 1`,
  );
  const repository = rows[0]?.repository;
  const good = repository === undefined ? undefined : await lastGood(store, repository);
  return good && repository !== undefined ? { ...good, repository } : undefined;
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
