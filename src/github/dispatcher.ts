import type { Probot } from 'probot';
import { YaguraError } from '../domain/error.ts';
import type { Delivery } from './delivery.ts';
import type { GithubSettings } from './github-settings.ts';

export interface DispatcherOptions {
  settings: Pick<GithubSettings, 'apiUrl' | 'appId' | 'privateKey' | 'webhookSecrets'>;
  /** Persists the delivery; when it rejects the forge is answered 500 and may deliver again. */
  onDelivery(delivery: Delivery): Promise<void>;
}

interface Entry {
  delivery: Delivery;
  persisted: boolean;
  failure?: unknown;
}

/**
 * Hands verified deliveries to Probot, which carries the app's identity, and from its `onAny` to `onDelivery`.
 * Probot is loaded with the first delivery (it costs a third of a second and some 30 MB), opens no server, reads no
 * environment and sends nothing: its Octokit is not used, so its throttling and retries are off.
 */
export function createDispatcher(options: DispatcherOptions): (delivery: Delivery) => Promise<void> {
  // Not a WeakMap: its keys outlive the young generation, and a burst of deliveries grew the process by 170 MB.
  const waiting = new Map<object, Entry>();
  let probot: Promise<Probot> | undefined;

  async function start(): Promise<Probot> {
    const { Probot, ProbotOctokit } = await import('probot');
    const { settings } = options;
    const app = new Probot({
      appId: settings.appId,
      privateKey: settings.privateKey,
      secret: settings.webhookSecrets[0],
      baseUrl: settings.apiUrl,
      // At debug Probot logs whole payloads, and an alert's payload may hold the leaked secret.
      logLevel: 'warn',
      logFormat: 'json',
      Octokit: ProbotOctokit.defaults({
        throttle: { enabled: false },
        retry: { enabled: false },
      }),
    });
    app.onAny(async (context) => {
      const entry = waiting.get(context.payload);
      if (!entry) return;
      try {
        await options.onDelivery(entry.delivery);
        entry.persisted = true;
      } catch (cause) {
        // Thrown here, Probot would log it with the whole payload.
        entry.failure = cause;
      }
    });
    return app.ready();
  }

  return async (delivery) => {
    probot ??= start().catch((error: unknown) => {
      probot = undefined;
      throw error;
    });
    const app = await probot;
    const entry: Entry = { delivery, persisted: false };
    waiting.set(delivery.payload, entry);
    const event = { id: delivery.guid, name: delivery.event, payload: delivery.payload };
    try {
      await app.receive(event as unknown as Parameters<Probot['receive']>[0]);
    } finally {
      waiting.delete(delivery.payload);
    }
    if (!entry.persisted) throw entry.failure ?? new YaguraError('internal', 'Probot did not hand the delivery on.');
  };
}
