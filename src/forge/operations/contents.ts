import { demand, WRITE } from '../access.ts';
import type { Actor } from '../actor.ts';
import type { ForgeState } from '../forge-state.ts';
import { refNamed } from '../git/refs.ts';
import { entryAt, gitObject } from '../git/trees.ts';
import { Refusal } from '../refusal.ts';
import type { Commit, Repository } from '../state/entities.ts';
import { commitFiles } from './commits.ts';
import { moveRef } from './refs.ts';

/** One file written or (with `content: null`) deleted on a branch. */
export interface ContentChange {
  path: string;
  content: Uint8Array | null;
  message: string;
  /** The branch's name; the default branch when absent. */
  branch?: string | undefined;
  /** The blob the writer saw; another one there now is a 409, and an existing file without it a 422. */
  sha?: string | undefined;
}

/** Commits one file to a branch, as the web editor does. */
export function changeContent(forge: ForgeState, actor: Actor, repo: Repository, change: ContentChange): Commit {
  demand(forge, actor, repo, WRITE('contents', 'write'));
  const name = `refs/heads/${change.branch ?? repo.defaultBranch}`;
  const ref = refNamed(forge, repo, name);
  if (!ref && forge.store.groupSize('ref', repo.id) > 0) {
    throw new Refusal(404, `Branch ${change.branch ?? repo.defaultBranch} not found`);
  }
  const parent = ref ? gitObject(forge, repo, 'commit', ref.sha) : null;
  checkSeen(forge, repo, parent, change);
  const { path, content, message } = change;
  const commit = commitFiles(forge, actor, repo, parent, { message, files: [{ path, content }] });
  moveRef(forge, actor, repo, name, commit.sha);
  return commit;
}

function checkSeen(forge: ForgeState, repo: Repository, parent: Commit | null, change: ContentChange): void {
  if (change.path.split('/').some((part) => part === '' || part === '.' || part === '..' || part === '.git')) {
    throw new Refusal(422, 'path contains a malformed path component');
  }
  const entry = parent ? entryAt(forge, repo, parent.tree, change.path) : null;
  if (!entry && change.content === null) throw new Refusal(404, 'Not Found');
  if (entry && change.sha === undefined) throw new Refusal(422, 'Invalid request.\n\n"sha" wasn\'t supplied.');
  if (entry && entry.sha !== change.sha) throw new Refusal(409, `${change.path} does not match ${change.sha}`);
}
