import { z } from 'zod';
import { ForgeError, type ForgeFile } from '../ports/forge.ts';
import type { BlobCache } from './blob-cache.ts';
import { anyShape } from './shapes.ts';
import type { Target } from './target.ts';

const refShape = z.looseObject({ object: z.looseObject({ sha: z.string() }) });
const commitShape = z.looseObject({ tree: z.looseObject({ sha: z.string() }) });
const treeShape = z.looseObject({
  tree: z.array(
    z.looseObject({
      path: z.string(),
      mode: z.string(),
      type: z.string(),
      sha: z.string(),
      size: z.number().optional(),
    }),
  ),
  truncated: z.boolean().default(false),
});
const blobShape = z.looseObject({ content: z.string(), encoding: z.string() });
const contentShape = z.looseObject({
  type: z.string(),
  sha: z.string(),
  encoding: z.string().optional(),
  content: z.string().optional(),
});

type TreeEntry = z.infer<typeof treeShape>['tree'][number];

/** Commit at the tip of a branch. An empty repository answers 409, and has no branch either. */
export async function readHead(from: Target, branch: string): Promise<string | undefined> {
  const key = `head ${from.repository.id} ${branch}`;
  const answer = from.client.poll(key, refShape, (octokit, headers) =>
    octokit.request('GET /repos/{owner}/{repo}/git/ref/{ref}', { ...from.params, ref: `heads/${branch}`, headers }),
  );
  const ref = await answer.catch((error: unknown) => {
    if (error instanceof ForgeError && (error.reason === 'not-found' || error.reason === 'conflict')) return undefined;
    throw error;
  });
  return ref?.object.sha;
}

/** SHA of a commit's tree. */
export async function readTreeSha(from: Target, commit: string): Promise<string> {
  const answer = await from.client.read(commitShape, (octokit, headers) =>
    octokit.request('GET /repos/{owner}/{repo}/git/commits/{commit_sha}', {
      ...from.params,
      commit_sha: commit,
      headers,
    }),
  );
  return answer.tree.sha;
}

/** Every plain file of a commit that is wanted; symbolic links and submodules are not files. */
export async function readFiles(
  from: Target,
  blobs: BlobCache,
  commit: string,
  wanted: (path: string, size: number) => boolean,
): Promise<ForgeFile[]> {
  const entries = await listTree(from, await readTreeSha(from, commit));
  const files = entries.filter((entry) => entry.mode.startsWith('100') && wanted(entry.path, entry.size ?? 0));
  const read: ForgeFile[] = [];
  for (let at = 0; at < files.length; at += 8) {
    const some = files.slice(at, at + 8);
    const contents = await Promise.all(some.map((entry) => readBlob(from, blobs, entry.sha)));
    read.push(...some.map((entry, index) => ({ path: entry.path, content: contents[index] ?? new Uint8Array() })));
  }
  return read;
}

/** A very large tree comes cut short, and is then read folder by folder. */
async function listTree(from: Target, sha: string): Promise<TreeEntry[]> {
  const whole = await readTree(from, sha, true);
  if (!whole.truncated) return whole.tree;
  const entries: TreeEntry[] = [];
  const folders = [{ prefix: '', sha }];
  for (let folder = folders.shift(); folder; folder = folders.shift()) {
    const { prefix } = folder;
    for (const entry of (await readTree(from, folder.sha, false)).tree) {
      if (entry.type === 'tree') folders.push({ prefix: `${prefix}${entry.path}/`, sha: entry.sha });
      else entries.push({ ...entry, path: `${prefix}${entry.path}` });
    }
  }
  return entries;
}

function readTree(from: Target, sha: string, recursive: boolean) {
  return from.client.read(treeShape, (octokit, headers) =>
    octokit.request('GET /repos/{owner}/{repo}/git/trees/{tree_sha}', {
      ...from.params,
      tree_sha: sha,
      ...(recursive ? { recursive: '1' } : {}),
      headers,
    }),
  );
}

async function readBlob(from: Target, blobs: BlobCache, sha: string): Promise<Uint8Array> {
  const known = blobs.get(sha);
  if (known) return known;
  const answer = await from.client.read(blobShape, (octokit, headers) =>
    octokit.request('GET /repos/{owner}/{repo}/git/blobs/{file_sha}', { ...from.params, file_sha: sha, headers }),
  );
  const content = decode(answer.content, answer.encoding);
  blobs.set(sha, content);
  return content;
}

/** One file at the tip of a branch; undefined when the file or the branch is missing, or it is not a file. */
export async function readFile(
  from: Target,
  blobs: BlobCache,
  branch: string,
  path: string,
): Promise<Uint8Array | undefined> {
  const call = from.client.read(anyShape, (octokit, headers) =>
    octokit.request('GET /repos/{owner}/{repo}/contents/{path}', { ...from.params, path, ref: branch, headers }),
  );
  const answer = await call.catch((error: unknown) => {
    if (error instanceof ForgeError && error.reason === 'not-found') return undefined;
    throw error;
  });
  const file = contentShape.safeParse(answer).data;
  if (file?.type !== 'file') return undefined;
  // Beyond 1 MB the contents API leaves the content out.
  if (file.encoding === 'base64' && file.content !== undefined) return decode(file.content, 'base64');
  return readBlob(from, blobs, file.sha);
}

function decode(content: string, encoding: string): Uint8Array {
  return new Uint8Array(Buffer.from(content, encoding === 'base64' ? 'base64' : 'utf8'));
}
