import type { ForgeState } from '../forge-state.ts';
import { notFound } from '../refusal.ts';
import type { Blob, Commit, GitObject, Repository, Tree, TreeEntry } from '../state/entities.ts';
import { TREE_MODE, treeObject } from './objects.ts';

/** A file or folder to put at a path; without a sha the path is removed. */
export interface TreeChange {
  path: string;
  mode: string;
  type: TreeEntry['type'];
  sha: string | null;
}

type Ofs = { blob: Blob; tree: Tree; commit: Commit };

/** An object of that type and SHA in the repository, else GitHub's 404. */
export function gitObject<T extends keyof Ofs>(forge: ForgeState, repo: Repository, type: T, sha: string): Ofs[T] {
  const object = forge.store.get('object', `${repo.id}:${sha}`);
  if (object?.type !== type) throw notFound();
  return object as Ofs[T];
}

/** Stores a git object unless it is there already. */
export function keepObject<T extends GitObject>(forge: ForgeState, object: T): T {
  if (!forge.store.get('object', `${object.repoId}:${object.sha}`)) forge.store.put('object', object);
  return object;
}

/** Every blob below a tree by its full path; `trees` adds the folders themselves. */
export function flatten(forge: ForgeState, repo: Repository, treeSha: string, trees = false): Map<string, TreeEntry> {
  const found = new Map<string, TreeEntry>();
  const walk = (sha: string, prefix: string) => {
    for (const entry of gitObject(forge, repo, 'tree', sha).entries) {
      const path = prefix + entry.path;
      if (entry.type !== 'tree' || trees) found.set(path, { ...entry, path });
      if (entry.type === 'tree') walk(entry.sha, `${path}/`);
    }
  };
  walk(treeSha, '');
  return found;
}

/** The tree that results from changes to a tree (or to nothing); its objects are stored. Returns the root. */
export function changeTree(forge: ForgeState, repo: Repository, base: string | null, changes: TreeChange[]): Tree {
  const entries = new Map<string, TreeEntry>();
  if (base !== null) for (const entry of gitObject(forge, repo, 'tree', base).entries) entries.set(entry.path, entry);
  const below = new Map<string, TreeChange[]>();
  for (const change of changes) {
    const [head = '', ...rest] = change.path.split('/');
    if (rest.length > 0) below.set(head, [...(below.get(head) ?? []), { ...change, path: rest.join('/') }]);
    else if (change.sha === null) entries.delete(head);
    else entries.set(head, { path: head, mode: change.mode, type: change.type, sha: change.sha });
  }
  for (const [name, inner] of below) {
    const old = entries.get(name);
    const tree = changeTree(forge, repo, old?.type === 'tree' ? old.sha : null, inner);
    if (tree.entries.length === 0) entries.delete(name);
    else entries.set(name, { path: name, mode: TREE_MODE, type: 'tree', sha: tree.sha });
  }
  return keepObject(forge, treeObject(repo.id, [...entries.values()]));
}

/** The entry at a path of a tree, or null; the empty path is the tree itself. */
export function entryAt(forge: ForgeState, repo: Repository, treeSha: string, path: string): TreeEntry | null {
  let entry: TreeEntry = { path: '', mode: TREE_MODE, type: 'tree', sha: treeSha };
  for (const name of path.split('/').filter((part) => part !== '')) {
    if (entry.type !== 'tree') return null;
    const next = gitObject(forge, repo, 'tree', entry.sha).entries.find((child) => child.path === name);
    if (!next) return null;
    entry = next;
  }
  return { ...entry, path };
}
