import { z } from 'zod';
import { httpVendor, type Vendor } from './vendor.ts';

const key = 'syntheticsyntheticsyntheticsynth';

/** As https://github.com/PagerDuty/api-schema describes `POST /v2/enqueue`. */
const head = { routing_key: z.literal(key), dedup_key: z.string().min(1).max(255) };
const event = z.discriminatedUnion('event_action', [
  z.strictObject({ ...head, event_action: z.enum(['acknowledge', 'resolve']) }),
  z.strictObject({
    ...head,
    event_action: z.literal('trigger'),
    client: z.string(),
    client_url: z.url().optional(),
    links: z.array(z.strictObject({ href: z.url(), text: z.string() })).optional(),
    payload: z.strictObject({
      summary: z.string().min(1).max(1_024),
      source: z.string().min(1),
      severity: z.enum(['critical', 'error', 'warning', 'info']),
      timestamp: z.iso.datetime(),
      class: z.string(),
      custom_details: z.record(z.string(), z.string()),
    }),
  }),
]);

export function pagerdutyVendor(): Promise<Vendor> {
  return httpVendor({
    limit: 512 * 1024,
    answer: { status: 202, body: '{"status":"success","message":"Event processed","dedup_key":"synthetic"}' },
    bad: { status: 400, body: '{"status":"invalid event","message":"Event object is invalid","errors":["synthetic"]}' },
    secret: (url) => `${url}/v2/enqueue ${key}`,
    take(given) {
      const read = event.parse(given);
      const about = { key: read.dedup_key, action: read.event_action };
      if (read.event_action !== 'trigger') return { ...about, line: '', text: '', links: [] };
      const { summary, custom_details } = read.payload;
      const details = Object.entries(custom_details).map(([name, value]) => `${name}: ${value}`);
      const links = (read.links ?? []).map(({ href }) => href);
      return { ...about, line: summary, text: [summary, ...details].join('\n'), links };
    },
  });
}
