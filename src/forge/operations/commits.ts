import { type Actor, accountOf } from '../actor.ts';
import type { ForgeState } from '../forge-state.ts';
import { blobObject, commitObject, FILE_MODE } from '../git/objects.ts';
import { changeTree, keepObject } from '../git/trees.ts';
import type { Account, Commit, Person, Repository } from '../state/entities.ts';

/** A file's new bytes, or null to delete it. */
export interface FileChange {
  path: string;
  content: Uint8Array | null;
}

/** Who git says it was: GitHub's no-reply address of the account. */
export function personOf(forge: ForgeState, account: Account): Person {
  const email = `${account.id}+${account.login}@users.noreply.github.com`;
  return { name: account.name, email, date: forge.clock.stamp() };
}

/** Stores a commit of file changes on top of `parent` (or of nothing); moves no ref. */
export function commitFiles(
  forge: ForgeState,
  actor: Actor,
  repo: Repository,
  parent: Commit | null,
  change: { message: string; files: FileChange[] },
): Commit {
  const changes = change.files.map(({ path, content }) => {
    const sha = content === null ? null : keepObject(forge, blobObject(repo.id, content)).sha;
    return { path, mode: FILE_MODE, type: 'blob' as const, sha };
  });
  const tree = changeTree(forge, repo, parent?.tree ?? null, changes).sha;
  const author = personOf(forge, accountOf(forge, actor));
  const parents = parent ? [parent.sha] : [];
  return keepObject(
    forge,
    commitObject(repo.id, { tree, parents, author, committer: author, message: change.message }),
  );
}
