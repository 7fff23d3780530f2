import { z } from 'zod';
import type { ForgeState } from '../forge-state.ts';
import { blobObject } from '../git/objects.ts';
import { resolveCommit } from '../git/refs.ts';
import { changeTree, flatten, gitObject, keepObject, type TreeChange } from '../git/trees.ts';
import { Refusal } from '../refusal.ts';
import type { Repository, Tree, TreeEntry } from '../state/entities.ts';
import { gitScene } from './git-routes.ts';
import { readBody } from './read-body.ts';
import { type RestApp, reply } from './rest-app.ts';

const EntryBody = z.object({
  path: z.string().min(1),
  mode: z.enum(['100644', '100755', '040000', '160000', '120000']).default('100644'),
  type: z.enum(['blob', 'tree', 'commit']).default('blob'),
  sha: z.string().nullish(),
  content: z.string().optional(),
});
const TreeBody = z.object({ base_tree: z.string().nullish(), tree: z.array(EntryBody) });

/** Trees of the git database. */
export function addTreeRoutes(rest: RestApp): void {
  rest.get('/repos/:owner/:repo/git/trees/:sha{.+}', (c) => {
    const { forge, repo, url } = gitScene(c);
    const sha = treeSha(forge, repo, c.req.param('sha'));
    const recursive = c.req.query('recursive') !== undefined;
    const entries = recursive
      ? [...flatten(forge, repo, sha, true).values()]
      : gitObject(forge, repo, 'tree', sha).entries;
    return reply(treeView(forge, repo, url, sha, entries));
  });
  rest.post('/repos/:owner/:repo/git/trees', async (c) => {
    const input = await readBody(c, TreeBody);
    const { forge, repo, url } = gitScene(c, 'write');
    const base = input.base_tree ? treeSha(forge, repo, input.base_tree) : null;
    const tree = forge.store.transact(() => buildTree(forge, repo, base, input.tree));
    return reply(treeView(forge, repo, url, tree.sha, tree.entries), 201);
  });
}

function buildTree(
  forge: ForgeState,
  repo: Repository,
  base: string | null,
  entries: z.infer<typeof EntryBody>[],
): Tree {
  const changes = entries.map((entry): TreeChange => {
    const { path, mode, type } = entry;
    if (path.split('/').some((part) => ['', '.', '..', '.git'].includes(part))) {
      throw new Refusal(422, 'tree.path contains a malformed path component');
    }
    if (entry.content !== undefined) {
      return { path, mode, type, sha: keepObject(forge, blobObject(repo.id, Buffer.from(entry.content))).sha };
    }
    if (entry.sha === undefined) throw new Refusal(422, 'Must supply either tree.sha or tree.content.');
    const known = entry.sha === null || forge.store.get('object', `${repo.id}:${entry.sha}`)?.type === type;
    if (!known) throw new Refusal(422, `tree.sha ${entry.sha} is not a valid ${type}`);
    return { path, mode, type, sha: entry.sha };
  });
  return changeTree(forge, repo, base, changes);
}

/** The tree a tree SHA, commit SHA, branch or tag stands for. */
function treeSha(forge: ForgeState, repo: Repository, name: string): string {
  const object = forge.store.get('object', `${repo.id}:${name}`);
  return object?.type === 'tree' ? name : resolveCommit(forge, repo, name).tree;
}

function treeView(forge: ForgeState, repo: Repository, url: string, sha: string, entries: TreeEntry[]) {
  const tree = entries.map((entry) => {
    const kind = entry.type === 'tree' ? 'trees' : 'blobs';
    const object = forge.store.get('object', `${repo.id}:${entry.sha}`);
    const size = object?.type === 'blob' ? { size: object.size } : {};
    return {
      path: entry.path,
      mode: entry.mode,
      type: entry.type,
      sha: entry.sha,
      ...size,
      url: `${url}/${kind}/${entry.sha}`,
    };
  });
  return { sha, url: `${url}/trees/${sha}`, tree, truncated: false };
}
