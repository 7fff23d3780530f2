import type { ForgeState } from '../forge-state.ts';
import { notFound, Refusal } from '../refusal.ts';
import type { Delivery, HookEvent } from '../state/entities.ts';
import { type RestApp, type RestContext, reply } from './rest-app.ts';

const DEFAULT_PER_PAGE = 30;
const MOST_PER_PAGE = 100;

/** The app's webhook: its address, and its deliveries with redelivery. */
export function addHookRoutes(rest: RestApp): void {
  rest.get('/app/hook/config', (c) => {
    const app = appOf(c);
    return reply({ content_type: 'json', insecure_ssl: '0', secret: '********', url: app.webhookUrl ?? '' });
  });
  rest.get('/app/hook/deliveries', listDeliveries);
  rest.get('/app/hook/deliveries/:id{[0-9]+}', (c) => {
    const { forge, delivery, event } = deliveryIn(c);
    const app = appOf(c);
    return reply({
      ...itemView(event, delivery),
      url: app.webhookUrl ?? '',
      request: { headers: delivery.requestHeaders, payload: JSON.parse(event.body) },
      response: { headers: delivery.responseHeaders, payload: delivery.responseBody },
      ...(forge.store.get('repository', event.repoId ?? 0) ? {} : { repository_id: null }),
    });
  });
  rest.post('/app/hook/deliveries/:id{[0-9]+}/attempts', (c) => {
    const { forge, event } = deliveryIn(c);
    forge.send(event, true);
    return reply({}, 202);
  });
}

function appOf(c: RestContext) {
  const actor = c.get('actor');
  if (actor.kind !== 'app') throw new Refusal(401, 'A JSON web token could not be decoded');
  return actor.app;
}

function deliveryIn(c: RestContext): { forge: ForgeState; delivery: Delivery; event: HookEvent } {
  const forge = c.get('forge');
  const delivery = forge.store.get('delivery', c.req.param('id') ?? '');
  const event = delivery && forge.store.get('hookEvent', delivery.guid);
  if (!delivery || event?.appId !== appOf(c).id) throw notFound();
  return { forge, delivery, event };
}

/** Newest first; the cursor is the id of the last delivery of the page before. */
function listDeliveries(c: RestContext): Response {
  const forge = c.get('forge');
  const app = appOf(c);
  const asked = Number(c.req.query('per_page'));
  const perPage = asked > 0 ? Math.min(asked, MOST_PER_PAGE) : DEFAULT_PER_PAGE;
  const before = Number(c.req.query('cursor') ?? Number.POSITIVE_INFINITY);
  const status = c.req.query('status');
  const older = forge.store
    .all('delivery')
    .reverse()
    .filter((one) => {
      if (one.id >= before) return false;
      if (status === 'success' && one.statusCode >= 400) return false;
      return status !== 'failure' || one.statusCode === 0 || one.statusCode >= 400;
    });
  const page = older.slice(0, perPage);
  const views = page.flatMap((delivery) => {
    const event = forge.store.get('hookEvent', delivery.guid);
    return event?.appId === app.id ? [itemView(event, delivery)] : [];
  });
  const headers: Record<string, string> = {};
  if (older.length > perPage) {
    const url = new URL(c.req.url);
    url.searchParams.set('cursor', String(page.at(-1)?.id));
    headers.link = `<${url.href}>; rel="next"`;
  }
  return reply(views, 200, headers);
}

function itemView(event: HookEvent, delivery: Delivery) {
  return {
    id: delivery.id,
    guid: delivery.guid,
    delivered_at: delivery.deliveredAt,
    redelivery: delivery.redelivery,
    duration: delivery.duration,
    status: delivery.status,
    status_code: delivery.statusCode,
    event: event.event,
    action: event.action,
    installation_id: event.installationId,
    repository_id: event.repoId,
    throttled_at: null,
  };
}
