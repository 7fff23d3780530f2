import { z } from 'zod';
import { everyLanguage } from '../domain/locale.ts';
import { forgeWords } from '../messages/forge.ts';
import type { ForgeAccount, RequestsLeft } from '../ports/alert-lists.ts';
import { ForgeError, type RepoRef } from '../ports/forge.ts';
import { type Client, type ClientOptions, createClient } from './client.ts';
import { numericId } from './shapes.ts';
import { allPages } from './since.ts';

const installationShape = z.looseObject({
  id: numericId,
  account: z.looseObject({ login: z.string(), type: z.string().default('Organization') }).nullish(),
  suspended_at: z.string().nullish(),
});

/** The app's installations: each has a client of its own, since its token opens its repositories only. */
export interface Installations {
  /** Speaks as the app itself. */
  app: Client;
  /** Number of the installation a repository belongs to. Throws `not-found` when the app is not installed there. */
  idOf(repo: RepoRef): Promise<number>;
  /** Speaks as the installation. */
  client(installationId: number): Client;
  /** Who installed it; free while nothing changed. */
  accounts(): Promise<ForgeAccount[]>;
  /**
   * What the first of them says that answers; one that is suspended or refuses keeps no other from being asked. Undefined
   * when none has it. Throws what one refused when no other answered.
   */
  firstAnswer<T>(ask: (client: Client, installationId: number) => Promise<T>): Promise<T | undefined>;
  /** What one of them has left of this hour's requests, or the least that any has. */
  requestsLeft(installationId?: number): RequestsLeft | undefined;
}

/** `only` fixes one installation for everything, for servers that cannot be asked. */
export function createInstallations(options: ClientOptions, only?: number): Installations {
  const app = createClient(options);
  const clients = new Map<number, Client>();

  async function idOf(repo: RepoRef): Promise<number> {
    if (only !== undefined) return only;
    const params = { owner: repo.owner, repo: repo.name };
    try {
      const found = await app.read(installationShape, (octokit, headers) =>
        octokit.request('GET /repos/{owner}/{repo}/installation', {
          ...params,
          headers,
          request: { redirect: 'follow' },
        }),
      );
      return found.id;
    } catch (error) {
      if (!(error instanceof ForgeError) || error.reason !== 'not-found') throw error;
      const name = `${repo.owner}/${repo.name}`;
      throw new ForgeError(
        'not-found',
        everyLanguage((language) => forgeWords(language).notInstalled(name)),
        { cause: error },
      );
    }
  }

  function client(installationId: number): Client {
    const known = clients.get(installationId);
    if (known) return known;
    const made = createClient(options, installationId);
    clients.set(installationId, made);
    return made;
  }

  async function accounts(): Promise<ForgeAccount[]> {
    const listed = await allPages((page) =>
      app.poll(`installations ${page}`, z.array(installationShape), (octokit, headers) =>
        octokit.request('GET /app/installations', { per_page: 100, page, headers }),
      ),
    );
    return listed.map(({ id, account, suspended_at: suspendedAt }) => ({
      installation: id,
      login: account?.login ?? '',
      organization: account?.type === 'Organization',
      suspended: Boolean(suspendedAt),
    }));
  }

  async function firstAnswer<T>(ask: (client: Client, installationId: number) => Promise<T>): Promise<T | undefined> {
    const refusals: ForgeError[] = [];
    for (const { installation } of (await accounts()).filter((one) => !one.suspended)) {
      try {
        return await ask(client(installation), installation);
      } catch (error) {
        if (!(error instanceof ForgeError)) throw error;
        if (error.reason !== 'not-found') refusals.push(error);
      }
    }
    if (refusals[0]) throw refusals[0];
    return undefined;
  }

  function requestsLeft(installationId?: number): RequestsLeft | undefined {
    if (installationId !== undefined) return clients.get(installationId)?.requestsLeft();
    const known = [...clients.values()].flatMap((one) => one.requestsLeft() ?? []);
    return known.toSorted((a, b) => a.left - b.left)[0];
  }

  return { app, idOf, client, accounts, firstAnswer, requestsLeft };
}
