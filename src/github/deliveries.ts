import { z } from 'zod';
import { ForgeError } from '../ports.ts';
import type { Client } from './client.ts';

const idShape = z.union([z.number(), z.bigint(), z.string()]).transform(String);
const deliveryShape = z.looseObject({
  id: idShape,
  guid: z.string(),
  delivered_at: z.string().transform((value) => new Date(value)),
  status_code: z.number(),
});
type Delivery = z.infer<typeof deliveryShape>;

/** GitHub keeps three days; a thousand is more than a sweep every few minutes can miss. */
const MAX_PAGES = 10;

/**
 * Asks for every delivery again that failed since a time and has not succeeded in a later attempt; each once, however
 * often it failed. Returns how many; 0 where the server keeps no deliveries.
 */
export async function redeliverFailed(app: Client, since: Date): Promise<number> {
  const deliveries = await listSince(app, since).catch((error: unknown) => {
    if (error instanceof ForgeError && error.reason === 'not-found') return [];
    throw error;
  });
  const done = new Set(deliveries.filter(succeeded).map((one) => one.guid));
  const failed = new Map(deliveries.filter((one) => !done.has(one.guid)).map((one) => [one.guid, one.id]));
  for (const id of failed.values()) {
    await app.write(z.unknown(), (octokit) =>
      octokit.request('POST /app/hook/deliveries/{delivery_id}/attempts', { delivery_id: Number(id) }),
    );
  }
  return failed.size;
}

function succeeded(delivery: Delivery): boolean {
  return delivery.status_code >= 200 && delivery.status_code < 300;
}

/** Newest first, as the forge lists them, by cursor until one is older than `since`. */
async function listSince(app: Client, since: Date): Promise<Delivery[]> {
  const found: Delivery[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < MAX_PAGES; page += 1) {
    let next: string | undefined;
    const items = await app.read(z.array(deliveryShape), async (octokit, headers) => {
      const query = { per_page: 100, ...(cursor === undefined ? {} : { cursor }), headers };
      const answer = await octokit.request('GET /app/hook/deliveries', query);
      next = cursorOf(answer.headers.link);
      return answer;
    });
    found.push(...items.filter((one) => one.delivered_at >= since));
    if (next === undefined || items.some((one) => one.delivered_at < since)) break;
    cursor = next;
  }
  return found;
}

function cursorOf(link: string | undefined): string | undefined {
  const next = link?.match(/<([^>]+)>;\s*rel="next"/)?.[1];
  return (next && URL.parse(next)?.searchParams.get('cursor')) || undefined;
}
