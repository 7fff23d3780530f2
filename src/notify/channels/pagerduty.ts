import { z } from 'zod';
import { cutText } from '../../domain/cut.ts';
import type { NotificationEvent } from '../../domain/notification.ts';
import type { Severity } from '../../domain/severity.ts';
import type { Channel, Outcome } from '../channel.ts';
import type { Message } from '../message.ts';
import { type Answer, outcomeOf, postJson } from '../post-json.ts';
import { secretAddress } from '../secret-address.ts';

const publicAddress = 'https://events.pagerduty.com/v2/enqueue';

const actions: Record<NotificationEvent, 'trigger' | 'acknowledge' | 'resolve'> = {
  opened: 'trigger',
  raised: 'trigger',
  taken: 'acknowledge',
  closed: 'resolve',
};

const severities: Record<Severity, 'critical' | 'error' | 'warning' | 'info'> = {
  critical: 'critical',
  high: 'error',
  medium: 'warning',
  low: 'info',
  informational: 'info',
  unknown: 'warning',
};

/** Characters the Events API takes of a summary; it cuts longer ones itself. */
const summaryLimit = 1_024;

/**
 * PagerDuty's Events API v2 (https://developer.pagerduty.com/docs/events-api-v2-overview) and what speaks it: one alert an
 * incident by its `dedup_key`, so an event that arrives twice is one. It answers 202; 429 and 5xx are worth another try.
 */
export const pagerduty: Channel<Record<string, never>> = {
  name: 'pagerduty',
  title: 'PagerDuty',
  settings: z.strictObject({}),
  events: ['opened', 'raised', 'taken', 'closed'],
  once: true,
  open(secret, _settings, { timeoutMs }) {
    const [first = '', second, ...rest] = secret.split(/\s+/);
    const [place, key] = second === undefined ? [publicAddress, first] : [first, second];
    if (rest.length > 0 || !/^[A-Za-z0-9]{32}$/.test(key)) {
      return {
        unavailable: 'its value is not an integration key of 32 characters, or an https address and such a key',
      };
    }
    const address = secretAddress(place);
    if ('unavailable' in address) return address;
    return {
      async send(message): Promise<Outcome> {
        const answer = await postJson('PagerDuty', address.url, eventBody(message, key), timeoutMs);
        return 'is' in answer ? answer : outcomeOf('PagerDuty', { ...answer, body: reasonOf(answer) });
      },
    };
  },
};

function eventBody(message: Message, key: string) {
  const { line, facts, link, source, at, severity, kind, event } = message;
  const head = { routing_key: key, event_action: actions[event], dedup_key: message.key };
  if (head.event_action !== 'trigger') return head;
  return {
    ...head,
    client: 'Yagura',
    ...(link ? { client_url: link.url, links: [{ href: link.url, text: link.text }] } : {}),
    payload: {
      summary: cutText(line, summaryLimit),
      source,
      severity: severities[severity],
      timestamp: at.toISOString(),
      class: kind,
      custom_details: Object.fromEntries(facts.map(({ name, value }) => [name, value])),
    },
  };
}

/** The status word of an answer, such as `invalid event`; its errors may quote the key. */
function reasonOf({ body }: Answer): string {
  try {
    const read: unknown = JSON.parse(body);
    const status = read && typeof read === 'object' && 'status' in read ? read.status : '';
    return typeof status === 'string' ? status : '';
  } catch {
    return body;
  }
}
