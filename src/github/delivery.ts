import type { IncomingHttpHeaders } from 'node:http';
import { z } from 'zod';
import { numericId } from './shapes.ts';

/** One webhook delivery as it is persisted. */
export interface Delivery {
  /** The same on redelivery: the key of idempotency. */
  guid: string;
  /** GitHub's event name, such as `issue_comment`. */
  event: string;
  action: string | undefined;
  installationId: number | undefined;
  /** Absent for events that concern no repository. */
  repositoryId: number | undefined;
  payload: Record<string, unknown>;
}

const idHolder = z.looseObject({ id: numericId });
const payloadShape = z.looseObject({
  action: z.string().optional(),
  installation: idHolder.nullish(),
  repository: idHolder.nullish(),
});

/** Reads headers and the JSON body of a delivery whose signature stands, or says what is missing. */
export function readEnvelope(headers: IncomingHttpHeaders, body: string): { delivery: Delivery } | { refused: string } {
  const guid = headers['x-github-delivery'];
  const event = headers['x-github-event'];
  if (typeof guid !== 'string' || !/^[\w-]{1,100}$/.test(guid)) return { refused: 'no X-GitHub-Delivery' };
  if (typeof event !== 'string' || !/^[a-z_]{1,100}$/.test(event)) return { refused: 'no X-GitHub-Event' };
  const payload = payloadShape.safeParse(parseJson(body));
  if (!payload.success) return { refused: 'the body is not a webhook payload in JSON' };
  return {
    delivery: {
      guid,
      event,
      action: payload.data.action,
      installationId: payload.data.installation?.id,
      repositoryId: payload.data.repository?.id,
      payload: payload.data,
    },
  };
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
