import { demand, READ } from '../../access.ts';
import { resolveCommit } from '../../git/refs.ts';
import { gitObject } from '../../git/trees.ts';
import { notFound, Refusal } from '../../refusal.ts';
import type { Commit } from '../../state/entities.ts';
import { type PageContext, type Scene, sceneOf } from '../page-app.ts';

/** A path at a branch or commit of a repository. */
export interface Place {
  scene: Scene;
  /** The branch's name, or a commit's SHA. */
  branch: string;
  /** Without slashes at the ends; empty for the root. */
  path: string;
  commit: Commit;
}

/**
 * The place named by what follows `/tree/` or `/blob/`. Branch names contain slashes (`yagura/lists`), so the shortest
 * beginning that names a branch or commit is taken; git allows no branch that is a folder of another.
 */
export function placeOf(c: PageContext): Place {
  const scene = readableScene(c);
  const parts = (c.req.param('rest') ?? '').split('/').filter((part) => part !== '');
  for (let count = 1; count <= parts.length; count++) {
    const branch = parts.slice(0, count).join('/');
    const commit = commitNamed(scene, branch);
    if (commit) return { scene, branch, path: parts.slice(count).join('/'), commit };
  }
  throw notFound();
}

/** The root of the default branch; null while the repository has no commit. */
export function rootOf(scene: Scene): Place | null {
  const commit = commitNamed(scene, scene.repo.defaultBranch);
  return commit ? { scene, branch: scene.repo.defaultBranch, path: '', commit } : null;
}

/** The scene of a page that shows contents. */
export function readableScene(c: PageContext): Scene {
  const scene = sceneOf(c);
  demand(scene.forge, scene.actor, scene.repo, READ('contents'));
  return scene;
}

function commitNamed(scene: Scene, name: string): Commit | null {
  const ref = scene.forge.store.get('ref', `${scene.repo.id}:refs/heads/${name}`);
  if (ref) return gitObject(scene.forge, scene.repo, 'commit', ref.sha);
  if (!/^[0-9a-f]{40}$/.test(name)) return null;
  try {
    return resolveCommit(scene.forge, scene.repo, name);
  } catch (error) {
    if (error instanceof Refusal) return null;
    throw error;
  }
}

/** The page of a path: `kind` is `tree`, `blob`, `edit`, `new` or `raw`. */
export function placePath(place: Place, kind: string, path = place.path): string {
  const parts = [...place.branch.split('/'), ...path.split('/').filter((part) => part !== '')];
  return `${place.scene.home}/${kind}/${parts.map(encodeURIComponent).join('/')}`;
}
