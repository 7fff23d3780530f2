import { z } from 'zod';
import type { Client } from './client.ts';

const idShape = z.union([z.number(), z.bigint(), z.string()]).transform(String);
const deliveryShape = z.looseObject({
  id: idShape,
  guid: z.string(),
  delivered_at: z.string().transform((value) => new Date(value)),
  /** What the server saw, in its own words, such as `timed out`. */
  status: z.string().default(''),
  /** 0 when nobody answered. */
  status_code: z.number(),
});

/** One attempt to deliver a webhook of the app. */
export type AttemptedDelivery = z.infer<typeof deliveryShape>;

/** GitHub keeps three days; a thousand is more than a sweep every few minutes can miss. */
const MAX_PAGES = 10;

/** The attempts since a time, newest first, by cursor until one is older. Throws `ForgeError`. */
export async function recentDeliveries(app: Client, since: Date): Promise<AttemptedDelivery[]> {
  const found: AttemptedDelivery[] = [];
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

/** The newest attempts of what has not arrived by any attempt, each delivery once, the oldest delivery first. */
export function stillFailed(attempts: readonly AttemptedDelivery[]): AttemptedDelivery[] {
  const done = new Set(attempts.filter(succeeded).map((one) => one.guid));
  const failed = new Map<string, AttemptedDelivery>();
  for (const one of attempts.toReversed()) if (!done.has(one.guid)) failed.set(one.guid, one);
  return [...failed.values()];
}

function succeeded(delivery: AttemptedDelivery): boolean {
  return delivery.status_code >= 200 && delivery.status_code < 300;
}

function cursorOf(link: string | undefined): string | undefined {
  const next = link?.match(/<([^>]+)>;\s*rel="next"/)?.[1];
  return (next && URL.parse(next)?.searchParams.get('cursor')) || undefined;
}
