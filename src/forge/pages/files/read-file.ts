import { entryAt, gitObject } from '../../git/trees.ts';
import type { Commit } from '../../state/entities.ts';
import type { Scene } from '../page-app.ts';

/** A file's bytes at a commit; null when there is no such file. */
export function readFile(scene: Scene, commit: Commit, path: string): Buffer | null {
  const entry = entryAt(scene.forge, scene.repo, commit.tree, path);
  if (entry?.type !== 'blob') return null;
  return Buffer.from(gitObject(scene.forge, scene.repo, 'blob', entry.sha).content, 'base64');
}
