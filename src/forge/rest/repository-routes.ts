import { z } from 'zod';
import { demand, READ } from '../access.ts';
import { changeRepository } from '../operations/repositories.ts';
import { repositoryView } from '../views/repository-view.ts';
import { readBody } from './read-body.ts';
import { type RestApp, reply, scene } from './rest-app.ts';

const RepositoryPatch = z.object({
  private: z.boolean().optional(),
  visibility: z.enum(['public', 'private']).optional(),
  description: z.string().nullish(),
});

/** A repository itself. */
export function addRepositoryRoutes(rest: RestApp): void {
  rest.get('/repos/:owner/:repo', (c) => {
    const { forge, actor, repo } = scene(c);
    demand(forge, actor, repo, READ('metadata'));
    return reply(repositoryView(forge, repo, actor));
  });
  rest.patch('/repos/:owner/:repo', async (c) => {
    const { private: hidden, visibility, description } = await readBody(c, RepositoryPatch);
    const { forge, actor, repo } = scene(c);
    const change = {
      private: hidden ?? (visibility === undefined ? undefined : visibility === 'private'),
      description,
    };
    const next = forge.store.transact(() => changeRepository(forge, actor, repo, change));
    return reply(repositoryView(forge, next, actor));
  });
}
