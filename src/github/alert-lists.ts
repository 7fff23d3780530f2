import { z } from 'zod';
import type { AlertList, AlertPage, AlertRepository, ListedAlert } from '../ports/alert-lists.ts';
import { type Forge, ForgeError } from '../ports/forge.ts';
import type { Client } from './client.ts';
import { numericId } from './shapes.ts';
import { allPages } from './since.ts';

const time = z.string().transform((value) => new Date(value));
const owner = z.looseObject({ id: numericId, login: z.string(), type: z.string().default('Organization') });
const repositoryShape = z
  .looseObject({
    id: numericId,
    name: z.string(),
    full_name: z.string(),
    private: z.boolean().default(true),
    html_url: z.string().default(''),
    owner,
  })
  .transform(({ id, name, full_name, html_url, private: isPrivate, owner: { login, id: ownerId, type } }) => {
    const repository: AlertRepository = {
      ...{ id, name, full_name, html_url },
      private: isPrivate,
      owner: { login, id: ownerId, type },
    };
    return repository;
  });

const alertShape = z
  .looseObject({
    number: z.number(),
    created_at: time,
    updated_at: time.nullish(),
    repository: repositoryShape.optional(),
  })
  .transform(({ number, created_at: createdAt, updated_at: updatedAt, repository }) => ({
    ...{ number, createdAt, repository },
    updatedAt: updatedAt ?? createdAt,
  }));

/** The whole alert goes on as GitHub wrote it, but for its repository, which stands beside it. */
const listedShape = z.looseObject({}).transform((whole, context): ListedAlert => {
  const read = alertShape.safeParse(whole);
  if (!read.success) {
    context.addIssue({ code: 'custom', message: read.error.issues[0]?.message ?? 'no alert' });
    return z.NEVER;
  }
  const { repository: _beside, ...alert } = whole;
  return { ...read.data, alert };
});

/** The port's `alerts`. The first page of what changed is conditional: looking at it again is free while nothing did. */
export async function readAlerts(
  client: Client,
  list: AlertList,
  { wanted, after }: Parameters<Forge['alerts']>[1],
): Promise<AlertPage> {
  const order = wanted === 'open' ? { state: 'open', direction: 'asc' } : { sort: 'updated', direction: 'desc' };
  const query = { per_page: 100, ...order, ...hidden(list), ...placed(list, after) };
  const key = wanted === 'changed' && after === undefined ? `alerts ${list.scanner} ${list.of}` : undefined;
  const { data, link } = await client.page(key, z.array(listedShape), (octokit, headers) =>
    octokit.request(`GET ${pathOf(list)}`, { ...query, headers }),
  );
  return { alerts: data, next: nextOf(link) };
}

/** The value of a leaked secret is not even asked for. */
function hidden({ scanner }: AlertList): { hide_secret?: boolean } {
  return scanner === 'secret-scanning' ? { hide_secret: true } : {};
}

function pathOf({ scanner, of }: AlertList): string {
  const parts = of.split('/').map(encodeURIComponent);
  return `/${parts.length === 1 ? 'orgs' : 'repos'}/${parts.join('/')}/${scanner}/alerts`;
}

/** Page numbers are what GitHub gives out unless a cursor is asked for; a cursor never has this form. */
const pageNumber = /^page=(\d+)$/;

/** The first request asks secret scanning for a cursor in the one way it is documented: by an empty one. */
function placed({ scanner }: AlertList, after: string | undefined): { after?: string; page?: number } {
  const page = after && pageNumber.exec(after)?.[1];
  if (page) return { page: Number(page) };
  if (after !== undefined) return { after };
  return scanner === 'secret-scanning' ? { after: '' } : {};
}

/** Where the next page begins: a cursor, or `page=2`. Throws `ForgeError` where there is one that cannot be asked for. */
function nextOf(link: string | undefined): string | undefined {
  const next = link?.match(/<([^>]+)>;\s*rel="next"/)?.[1];
  if (next === undefined) return undefined;
  const asked = URL.parse(next)?.searchParams;
  const page = `page=${asked?.get('page')}`;
  const place = asked?.get('after') || (pageNumber.test(page) ? page : undefined);
  if (place !== undefined) return place;
  throw new ForgeError('unavailable', 'GitHub has more alerts and does not say in a way understood where they begin.');
}

const coveredShape = z.looseObject({ repositories: z.array(repositoryShape) }).transform((value) => value.repositories);

/** The port's `covered`: up to 5,000 repositories, each page free while nothing changed. */
export function coveredRepositories(client: Client): Promise<AlertRepository[]> {
  return allPages((page) =>
    client.poll(`covered ${page}`, coveredShape, (octokit, headers) =>
      octokit.request('GET /installation/repositories', { per_page: 100, page, headers }),
    ),
  );
}

/**
 * Why a list was refused: the app lacks the permission, the scanner is off there, or GitHub has no such list (of an
 * organization it has none for the app, though each repository may have one). Undefined: that is no refusal but a
 * failure, and asked again.
 */
export function whyRefused(error: ForgeError, list: AlertList): 'no-permission' | 'off' | 'no-list' | undefined {
  if (error.reason !== 'forbidden' && error.reason !== 'not-found') return undefined;
  if (/not accessible by integration/i.test(error.message)) return 'no-permission';
  return list.of.includes('/') ? 'off' : 'no-list';
}
