import { z } from 'zod';
import { ForgeError, type ForgeFile } from '../ports/forge.ts';
import { readHead, readTreeSha } from './git-read.ts';
import { anyShape } from './shapes.ts';
import type { Target } from './target.ts';

const shaShape = z.looseObject({ sha: z.string() });

type TreeEntry = { path: string; mode: '100644'; type: 'blob' } & ({ content: string } | { sha: string });

/** Texts up to this many bytes travel inside the tree request; larger ones and binaries become blobs first. */
const INLINE_BYTES = 100_000;

/**
 * One commit on a branch of ours. A missing branch begins at `base`, or as an orphan without one. Files that are
 * there already make no commit: doing it again after an unknown result is harmless.
 */
export async function commitFiles(
  to: Target,
  branch: string,
  message: string,
  files: ForgeFile[],
  base?: string,
): Promise<string> {
  if (branch === to.repository.defaultBranch) {
    throw new ForgeError('forbidden', `Yagura never commits to the default branch (${branch}).`);
  }
  try {
    return await commitOnce(to, branch, message, files, base);
  } catch (error) {
    if (!(error instanceof ForgeError) || !isOvertaken(error)) throw error;
    return commitOnce(to, branch, message, files, base);
  }
}

/** Somebody else moved or made the branch between reading and writing it. */
function isOvertaken(error: ForgeError): boolean {
  return (
    error.reason === 'conflict' || (error.reason === 'validation' && /fast.forward|already exists/i.test(error.message))
  );
}

async function commitOnce(
  to: Target,
  branch: string,
  message: string,
  files: ForgeFile[],
  base: string | undefined,
): Promise<string> {
  const head = await readHead(to, branch);
  const parent = head ?? base;
  const parentTree = parent === undefined ? undefined : await readTreeSha(to, parent);
  const tree = await createTree(to, files, parentTree);
  if (head !== undefined && tree === parentTree) return head;
  const commit = await to.client.write(shaShape, (octokit) =>
    octokit.request('POST /repos/{owner}/{repo}/git/commits', {
      ...to.params,
      message,
      tree,
      parents: parent === undefined ? [] : [parent],
    }),
  );
  if (head === undefined) await createRef(to, branch, commit.sha);
  else await moveRef(to, branch, commit.sha);
  return commit.sha;
}

async function createTree(to: Target, files: ForgeFile[], baseTree: string | undefined): Promise<string> {
  const entries: TreeEntry[] = [];
  for (const file of files) {
    const text = inlineText(file.content);
    const where = { path: file.path, mode: '100644', type: 'blob' } as const;
    entries.push(
      text === undefined ? { ...where, sha: await createBlob(to, file.content) } : { ...where, content: text },
    );
  }
  const answer = await to.client.write(shaShape, (octokit) =>
    octokit.request('POST /repos/{owner}/{repo}/git/trees', {
      ...to.params,
      tree: entries,
      ...(baseTree === undefined ? {} : { base_tree: baseTree }),
    }),
  );
  return answer.sha;
}

/** The bytes as text when they survive the round trip through JSON unchanged. */
function inlineText(content: Uint8Array): string | undefined {
  if (content.byteLength > INLINE_BYTES) return undefined;
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(content);
  } catch {
    return undefined;
  }
}

async function createBlob(to: Target, content: Uint8Array): Promise<string> {
  const answer = await to.client.write(shaShape, (octokit) =>
    octokit.request('POST /repos/{owner}/{repo}/git/blobs', {
      ...to.params,
      content: Buffer.from(content).toString('base64'),
      encoding: 'base64',
    }),
  );
  return answer.sha;
}

async function createRef(to: Target, branch: string, sha: string): Promise<void> {
  await to.client.write(anyShape, (octokit) =>
    octokit.request('POST /repos/{owner}/{repo}/git/refs', { ...to.params, ref: `refs/heads/${branch}`, sha }),
  );
}

async function moveRef(to: Target, branch: string, sha: string): Promise<void> {
  await to.client.write(anyShape, (octokit) =>
    octokit.request('PATCH /repos/{owner}/{repo}/git/refs/{ref}', {
      ...to.params,
      ref: `heads/${branch}`,
      sha,
      force: false,
    }),
  );
}
