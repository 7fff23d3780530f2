import { z } from 'zod';
import { type Forge, ForgeError } from '../ports/forge.ts';
import type { Installations } from './installations.ts';
import { numericId } from './shapes.ts';

const appShape = z.looseObject({ id: numericId, slug: z.string() });
const userShape = z.looseObject({ id: numericId, login: z.string() });

/** Nobody has this number: GitHub counts from 1. */
export const NOBODY = 0;

/**
 * The app and the user it writes as. `/users/<slug>[bot]` may be read by any installation's token. A server may make
 * that user with the app's first write: until then `botId` is `NOBODY`, and nothing there is ours.
 */
export async function readSelf(installations: Installations): ReturnType<Forge['self']> {
  const app = await installations.app.read(appShape, (octokit, headers) => octokit.request('GET /app', { headers }));
  const username = `${app.slug}[bot]`;
  const bot = await installations.firstAnswer((client) =>
    client
      .read(userShape, (octokit, headers) => octokit.request('GET /users/{username}', { username, headers }))
      .catch((error: unknown) => {
        if (error instanceof ForgeError && error.reason === 'not-found') return { id: NOBODY, login: username };
        throw error;
      }),
  );
  if (!bot) throw new ForgeError('not-found', `The app ${app.slug} is not installed anywhere, or suspended there.`);
  return { appId: app.id, slug: app.slug, botLogin: bot.login, botId: bot.id };
}
