import { z } from 'zod';
import { ForgeError } from '../ports/forge.ts';
import type { Client } from './client.ts';
import { recentDeliveries, stillFailed } from './recent-deliveries.ts';

/**
 * Asks for every delivery again that failed since a time and has not succeeded in a later attempt; each once, however
 * often it failed, and the oldest first: not every webhook says when it happened. Returns how many; 0 where the server keeps no deliveries.
 */
export async function redeliverFailed(app: Client, since: Date): Promise<number> {
  const attempts = await recentDeliveries(app, since).catch((error: unknown) => {
    if (error instanceof ForgeError && error.reason === 'not-found') return [];
    throw error;
  });
  const failed = stillFailed(attempts);
  for (const { id } of failed) {
    await app.write(z.unknown(), (octokit) =>
      octokit.request('POST /app/hook/deliveries/{delivery_id}/attempts', { delivery_id: Number(id) }),
    );
  }
  return failed.length;
}
