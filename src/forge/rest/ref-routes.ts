import { z } from 'zod';
import { refNamed } from '../git/refs.ts';
import { nodeId } from '../node-id.ts';
import { createRef, deleteRef, updateRef } from '../operations/refs.ts';
import { notFound } from '../refusal.ts';
import type { Ref } from '../state/entities.ts';
import { gitScene } from './git-routes.ts';
import { readBody } from './read-body.ts';
import { noContent, type RestApp, type RestContext, reply } from './rest-app.ts';

const NewRef = z.object({ ref: z.string(), sha: z.string() });
const MovedRef = z.object({ sha: z.string(), force: z.boolean().default(false) });

/** Refs of the git database. */
export function addRefRoutes(rest: RestApp): void {
  rest.get('/repos/:owner/:repo/git/ref/:ref{.+}', (c) => {
    const { forge, repo, url } = gitScene(c);
    const ref = refNamed(forge, repo, refName(c));
    if (!ref) throw notFound();
    return reply(refView(url, ref));
  });
  rest.get('/repos/:owner/:repo/git/matching-refs/:ref{.+}', (c) => {
    const { forge, repo, url } = gitScene(c);
    const matching = forge.store.group('ref', repo.id).filter((ref) => ref.name.startsWith(refName(c)));
    return reply(matching.map((ref) => refView(url, ref)));
  });
  rest.post('/repos/:owner/:repo/git/refs', async (c) => {
    const { ref, sha } = await readBody(c, NewRef);
    const { forge, actor, repo, url } = gitScene(c, 'write');
    return reply(
      refView(
        url,
        forge.store.transact(() => createRef(forge, actor, repo, ref, sha)),
      ),
      201,
    );
  });
  rest.patch('/repos/:owner/:repo/git/refs/:ref{.+}', async (c) => {
    const to = await readBody(c, MovedRef);
    const { forge, actor, repo, url } = gitScene(c, 'write');
    return reply(
      refView(
        url,
        forge.store.transact(() => updateRef(forge, actor, repo, refName(c), to)),
      ),
    );
  });
  rest.delete('/repos/:owner/:repo/git/refs/:ref{.+}', (c) => {
    const { forge, actor, repo } = gitScene(c, 'write');
    forge.store.transact(() => deleteRef(forge, actor, repo, refName(c)));
    return noContent();
  });
}

function refName(c: RestContext): string {
  return `refs/${c.req.param('ref')}`;
}

function refView(url: string, ref: Ref) {
  const object = { type: 'commit', sha: ref.sha, url: `${url}/commits/${ref.sha}` };
  return { ref: ref.name, node_id: nodeId('REF', `${ref.repoId}:${ref.name}`), url: `${url}/${ref.name}`, object };
}
