import { z } from 'zod';
import { demand, READ } from '../access.ts';
import type { ForgeState } from '../forge-state.ts';
import { resolveCommit } from '../git/refs.ts';
import { entryAt, gitObject } from '../git/trees.ts';
import { fullName } from '../lookups.ts';
import { changeContent } from '../operations/contents.ts';
import { notFound, Refusal } from '../refusal.ts';
import type { Repository, TreeEntry } from '../state/entities.ts';
import { gitCommitView } from '../views/commit-view.ts';
import { readBody } from './read-body.ts';
import { type RestApp, type RestContext, reply, scene } from './rest-app.ts';

/** Above this size GitHub leaves `content` empty (docs.github.com, "Get repository content"); bytes. */
const INLINE_BYTES = 1_048_576;

const PutBody = z.object({
  message: z.string(),
  content: z.string(),
  branch: z.string().optional(),
  sha: z.string().optional(),
});
const DeleteBody = PutBody.omit({ content: true }).required({ sha: true });

/** Files and folders at a commit, and the web editor's commits. */
export function addContentsRoutes(rest: RestApp): void {
  const path = '/repos/:owner/:repo/contents/:path{.*}';
  rest.get('/repos/:owner/:repo/contents', getContent);
  rest.get(path, getContent);
  rest.put(path, async (c) => {
    const { content, ...input } = await readBody(c, PutBody);
    return changeFile(c, { ...input, content: Buffer.from(content, 'base64') });
  });
  rest.delete(path, async (c) => changeFile(c, { ...(await readBody(c, DeleteBody)), content: null }));
}

function getContent(c: RestContext): Response {
  const { forge, actor, repo } = scene(c);
  demand(forge, actor, repo, READ('contents'));
  if (forge.store.groupSize('ref', repo.id) === 0) throw new Refusal(404, 'This repository is empty.');
  const ref = c.req.query('ref') || repo.defaultBranch;
  const path = (c.req.param('path') ?? '').replace(/^\/+|\/+$/g, '');
  const entry = entryAt(forge, repo, resolveCommit(forge, repo, ref).tree, path);
  if (!entry) throw notFound();
  if (entry.type === 'tree') {
    const prefix = path === '' ? '' : `${path}/`;
    const children = gitObject(forge, repo, 'tree', entry.sha).entries;
    return reply(children.map((child) => entryView(forge, repo, ref, { ...child, path: prefix + child.path })));
  }
  const blob = gitObject(forge, repo, 'blob', entry.sha);
  if (/application\/vnd\.github(\.v3)?\.raw/.test(c.req.header('accept') ?? '')) {
    const headers = { 'content-type': 'application/vnd.github.raw; charset=utf-8' };
    return new Response(Buffer.from(blob.content, 'base64'), { headers });
  }
  const inline = blob.size <= INLINE_BYTES;
  const content = inline ? { content: lines(blob.content), encoding: 'base64' } : { content: '', encoding: 'none' };
  return reply({ ...entryView(forge, repo, ref, entry), ...content });
}

/** GitHub breaks base64 after 60 characters. */
function lines(base64: string): string {
  return base64.replace(/.{1,60}/g, '$&\n');
}

function entryView(forge: ForgeState, repo: Repository, ref: string, entry: TreeEntry) {
  const name = fullName(forge, repo);
  const path = entry.path.split('/').map(encodeURIComponent).join('/');
  const dir = entry.type === 'tree';
  const url = `${forge.apiUrl}/repos/${name}/contents/${path}?ref=${encodeURIComponent(ref)}`;
  const gitUrl = `${forge.apiUrl}/repos/${name}/git/${dir ? 'trees' : 'blobs'}/${entry.sha}`;
  const page = `${forge.url}/${name}/${dir ? 'tree' : 'blob'}/${ref}/${path}`;
  const blob = forge.store.get('object', `${repo.id}:${entry.sha}`);
  return {
    type: dir ? 'dir' : 'file',
    name: entry.path.split('/').at(-1) ?? '',
    path: entry.path,
    sha: entry.sha,
    size: blob?.type === 'blob' ? blob.size : 0,
    url,
    html_url: page,
    git_url: gitUrl,
    download_url: dir ? null : `${forge.url}/${name}/raw/${ref}/${path}`,
    _links: { self: url, git: gitUrl, html: page },
  };
}

async function changeFile(
  c: RestContext,
  input: { message: string; content: Buffer | null; branch?: string | undefined; sha?: string | undefined },
): Promise<Response> {
  const { forge, actor, repo } = scene(c);
  const path = c.req.param('path') ?? '';
  const known = entryExists(forge, repo, input.branch, path);
  const commit = forge.store.transact(() => changeContent(forge, actor, repo, { ...input, path }));
  const branch = input.branch ?? repo.defaultBranch;
  const entry = entryAt(forge, repo, commit.tree, path);
  const body = {
    content: entry ? entryView(forge, repo, branch, entry) : null,
    commit: gitCommitView(forge, repo, commit),
  };
  return reply(body, known ? 200 : 201);
}

function entryExists(forge: ForgeState, repo: Repository, branch: string | undefined, path: string): boolean {
  const ref = forge.store.get('ref', `${repo.id}:refs/heads/${branch ?? repo.defaultBranch}`);
  return ref !== undefined && entryAt(forge, repo, gitObject(forge, repo, 'commit', ref.sha).tree, path) !== null;
}
