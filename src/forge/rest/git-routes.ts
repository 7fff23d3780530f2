import { z } from 'zod';
import { demand, READ, WRITE } from '../access.ts';
import { accountOf } from '../actor.ts';
import { stampOf } from '../clock.ts';
import { blobObject, commitObject } from '../git/objects.ts';
import { gitObject, keepObject } from '../git/trees.ts';
import { fullName } from '../lookups.ts';
import { nodeId } from '../node-id.ts';
import { personOf } from '../operations/commits.ts';
import { demandCommits } from '../operations/refs.ts';
import { Refusal } from '../refusal.ts';
import { gitCommitView } from '../views/commit-view.ts';
import { readBody } from './read-body.ts';
import { type RestApp, type RestContext, reply, scene } from './rest-app.ts';

const BlobBody = z.object({ content: z.string(), encoding: z.enum(['utf-8', 'base64']).default('utf-8') });
const PersonBody = z.object({ name: z.string(), email: z.string(), date: z.string().optional() });
const CommitBody = z.object({
  message: z.string(),
  tree: z.string(),
  parents: z.array(z.string()).default([]),
  author: PersonBody.optional(),
  committer: PersonBody.optional(),
});

/** Blobs and commits of the git database. */
export function addGitRoutes(rest: RestApp): void {
  rest.get('/repos/:owner/:repo/git/blobs/:sha', (c) => {
    const { forge, repo, url } = gitScene(c);
    const blob = gitObject(forge, repo, 'blob', c.req.param('sha'));
    const { sha, size, content } = blob;
    return reply({ sha, node_id: nodeId('B', sha), size, url: `${url}/blobs/${sha}`, content, encoding: 'base64' });
  });
  rest.post('/repos/:owner/:repo/git/blobs', async (c) => {
    const { content, encoding } = await readBody(c, BlobBody);
    const { forge, repo, url } = gitScene(c, 'write');
    const blob = keepObject(
      forge,
      blobObject(repo.id, Buffer.from(content, encoding === 'base64' ? 'base64' : 'utf8')),
    );
    return reply({ sha: blob.sha, url: `${url}/blobs/${blob.sha}` }, 201);
  });
  rest.get('/repos/:owner/:repo/git/commits/:sha', (c) => {
    const { forge, repo } = gitScene(c);
    return reply(gitCommitView(forge, repo, gitObject(forge, repo, 'commit', c.req.param('sha'))));
  });
  rest.post('/repos/:owner/:repo/git/commits', createCommit);
}

/** The scene of a git database request: contents permission checked, empty repositories refused with 409. */
export function gitScene(c: RestContext, level: 'read' | 'write' = 'read') {
  const { forge, actor, repo } = scene(c);
  demand(forge, actor, repo, level === 'write' ? WRITE('contents', 'write') : READ('contents'));
  demandCommits(forge, repo);
  return { forge, actor, repo, url: `${forge.apiUrl}/repos/${fullName(forge, repo)}/git` };
}

async function createCommit(c: RestContext): Promise<Response> {
  const input = await readBody(c, CommitBody);
  const { forge, actor, repo } = gitScene(c, 'write');
  for (const [type, sha] of [['tree', input.tree], ...input.parents.map((parent) => ['commit', parent])]) {
    const known = forge.store.get('object', `${repo.id}:${sha}`)?.type === type;
    if (!known)
      throw new Refusal(
        422,
        type === 'tree' ? 'Tree SHA does not exist' : `Parent SHA does not exist or is not a commit object`,
      );
  }
  const own = personOf(forge, accountOf(forge, actor));
  const dated = (person: z.infer<typeof PersonBody> | undefined) =>
    person ? { ...person, date: person.date === undefined ? own.date : stampOf(Date.parse(person.date)) } : null;
  const author = dated(input.author) ?? own;
  const committer = dated(input.committer) ?? author;
  const { message, tree, parents } = input;
  const commit = keepObject(forge, commitObject(repo.id, { message, tree, parents, author, committer }));
  return reply(gitCommitView(forge, repo, commit), 201);
}
