import { z } from 'zod';
import { type Forge, ForgeError } from '../ports.ts';
import type { Installations } from './installations.ts';
import { numericId } from './shapes.ts';

const appShape = z.looseObject({ id: numericId, slug: z.string() });
const userShape = z.looseObject({ id: numericId, login: z.string() });

/** The app and the user it writes as. `/users/<slug>[bot]` may be read by any installation's token. */
export async function readSelf(installations: Installations): ReturnType<Forge['self']> {
  const app = await installations.app.read(appShape, (octokit, headers) => octokit.request('GET /app', { headers }));
  const [first] = await installations.all();
  if (!first) throw new ForgeError('not-found', `The app ${app.slug} is not installed anywhere yet.`);
  const bot = await installations
    .client(first.id)
    .read(userShape, (octokit, headers) =>
      octokit.request('GET /users/{username}', { username: `${app.slug}[bot]`, headers }),
    );
  return { appId: app.id, slug: app.slug, botLogin: bot.login, botId: bot.id };
}
