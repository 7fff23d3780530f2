import { createHash } from 'node:crypto';
import type { Blob, Commit, GitObject, Person, Tree, TreeEntry } from '../state/entities.ts';

/** Git's mode of a plain file and of a folder, as the REST API writes them. */
export const FILE_MODE = '100644';
export const TREE_MODE = '040000';

/** A blob with the SHA-1 git gives it. */
export function blobObject(repoId: number, bytes: Uint8Array): Blob {
  const content = Buffer.from(bytes).toString('base64');
  return { type: 'blob', repoId, sha: hash('blob', bytes), content, size: bytes.length };
}

/** A tree with git's SHA-1; `entries` are direct children, sorted here as git sorts them. */
export function treeObject(repoId: number, entries: TreeEntry[]): Tree {
  const sorted = entries.toSorted((a, b) => Buffer.compare(Buffer.from(sortName(a)), Buffer.from(sortName(b))));
  const parts = sorted.flatMap((entry) => [
    Buffer.from(`${entry.mode.replace(/^0/, '')} ${entry.path}\0`),
    Buffer.from(entry.sha, 'hex'),
  ]);
  return { type: 'tree', repoId, sha: hash('tree', Buffer.concat(parts)), entries: sorted };
}

/** Git compares a folder's name as if it ended in a slash. */
function sortName(entry: TreeEntry): string {
  return entry.type === 'tree' ? `${entry.path}/` : entry.path;
}

/** A commit with git's SHA-1. */
export function commitObject(
  repoId: number,
  commit: { tree: string; parents: string[]; author: Person; committer: Person; message: string },
): Commit {
  const head = [
    `tree ${commit.tree}`,
    ...commit.parents.map((parent) => `parent ${parent}`),
    `author ${personLine(commit.author)}`,
    `committer ${personLine(commit.committer)}`,
  ];
  const text = `${head.join('\n')}\n\n${commit.message}`;
  return { type: 'commit', repoId, sha: hash('commit', Buffer.from(text)), ...commit };
}

function personLine(person: Person): string {
  const clean = (text: string) => text.replace(/[<>\n]/g, '');
  return `${clean(person.name)} <${clean(person.email)}> ${Math.floor(Date.parse(person.date) / 1000)} +0000`;
}

function hash(type: GitObject['type'], bytes: Uint8Array): string {
  return createHash('sha1').update(`${type} ${bytes.length}\0`).update(bytes).digest('hex');
}
