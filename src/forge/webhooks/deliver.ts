import type { ForgeState } from '../forge-state.ts';
import type { App, Delivery, HookEvent } from '../state/entities.ts';
import { sign } from './sign.ts';

/** GitHub gives a receiver ten seconds, real time (docs.github.com, "Handling failed webhook deliveries"). */
const TIMEOUT_MS = 10_000;
/** How much of a receiver's answer the delivery log keeps, in characters. */
const KEPT_RESPONSE = 4_000;

/**
 * Sends a hook event once and writes the attempt into the delivery log; never throws, never retries. `dropped` sends
 * nothing and logs what GitHub logs when nobody answers.
 */
export async function deliver(
  forge: ForgeState,
  errand: { event: HookEvent; redelivery: boolean; dropped: boolean },
  stop: AbortSignal,
): Promise<void> {
  const { event, redelivery } = errand;
  const app = forge.store.get('app', event.appId);
  if (!app?.webhookUrl) return;
  const requestHeaders = headersOf(app, event);
  const deliveredAt = new Date(forge.clock.now()).toISOString();
  const started = performance.now();
  const outcome = errand.dropped ? NO_ANSWER : await attempt(app.webhookUrl, event.body, requestHeaders, stop);
  if (stop.aborted || !forge.store.get('hookEvent', event.guid)) return;
  const duration = Math.round(performance.now() - started) / 1000;
  const { guid } = event;
  const times = { deliveredAt, duration };
  forge.store.put('delivery', { id: forge.store.newId(), guid, redelivery, ...times, requestHeaders, ...outcome });
}

type Outcome = Pick<Delivery, 'status' | 'statusCode' | 'responseHeaders' | 'responseBody'>;

const NO_ANSWER: Outcome = {
  status: 'failed to connect to host',
  statusCode: 0,
  responseHeaders: {},
  responseBody: '',
};

async function attempt(
  url: string,
  body: string,
  headers: Record<string, string>,
  stop: AbortSignal,
): Promise<Outcome> {
  try {
    const signal = AbortSignal.any([stop, AbortSignal.timeout(TIMEOUT_MS)]);
    const response = await fetch(url, { method: 'POST', body, headers, redirect: 'manual', signal });
    const text = (await response.text()).slice(0, KEPT_RESPONSE);
    return {
      status: response.ok ? 'OK' : response.statusText || 'Invalid HTTP Response',
      statusCode: response.status,
      responseHeaders: Object.fromEntries(response.headers),
      responseBody: text,
    };
  } catch (error) {
    const timedOut = error instanceof Error && error.name === 'TimeoutError';
    return timedOut ? { ...NO_ANSWER, status: 'timed out' } : NO_ANSWER;
  }
}

function headersOf(app: App, event: HookEvent): Record<string, string> {
  return {
    accept: '*/*',
    'content-type': 'application/json',
    'user-agent': 'GitHub-Hookshot/yagura',
    'x-github-event': event.event,
    'x-github-delivery': event.guid,
    'x-github-hook-id': String(app.id),
    'x-github-hook-installation-target-id': String(app.id),
    'x-github-hook-installation-target-type': 'integration',
    'x-hub-signature-256': sign(app.webhookSecret, event.body),
  };
}
