import { unreadableWords } from '../messages/unreadable.ts';
import { defined } from '../normalize/defined.ts';
import { entityList } from '../normalize/entity-list.ts';
import type { EventFacts } from '../normalize/native-event-record.ts';
import type { Evidences } from '../normalize/ocsf/objects.ts';
import { claims } from './cloudtrail/claims.ts';
import { isEmptyPack, unpack } from './cloudtrail/unpack.ts';
import { textAt } from './fields/at.ts';
import { readTime } from './fields/read-time.ts';
import type { EventSource } from './source.ts';

type Event = Record<string, unknown>;

function facts(event: Event): EventFacts {
  const entities = entityList(claims(event));
  const account = textAt(event, 'recipientAccountId') ?? textAt(event, 'userIdentity.accountId');
  const region = textAt(event, 'awsRegion');
  return {
    entities,
    quoted: [
      ['event', `${textAt(event, 'eventName') ?? ''} on ${textAt(event, 'eventSource') ?? ''}`],
      ['actor', textAt(event, 'userIdentity.arn') ?? textAt(event, 'userIdentity.type')],
      ['from', [textAt(event, 'sourceIPAddress'), textAt(event, 'userAgent')].filter(Boolean).join(', ')],
      ['account', [account, region].filter(Boolean).join(', ')],
      ['refused', textAt(event, 'errorCode')],
    ],
    attributes: defined({
      cloud: { provider: 'AWS', ...defined({ region, account: account === undefined ? undefined : { uid: account } }) },
      evidences: [evidence(event, entities)],
    }),
  };
}

function evidence(event: Event, entities: EventFacts['entities']): Evidences {
  const source = entities.find((e) => e.type === 'ip' && e.role === 'source')?.value;
  const user = defined({
    name: entities.find((e) => e.type === 'user' && e.role === 'actor')?.value,
    uid: textAt(event, 'userIdentity.arn') ?? textAt(event, 'userIdentity.principalId'),
  });
  return defined<Evidences>({
    api: { operation: textAt(event, 'eventName') ?? '', service: { name: textAt(event, 'eventSource') ?? '' } },
    actor: Object.keys(user).length === 0 ? undefined : { user },
    src_endpoint: source === undefined ? undefined : { ip: source },
  });
}

/** AWS CloudTrail events, alone or in what AWS delivers them in. */
export const cloudtrail: EventSource = {
  name: 'cloudtrail',
  product: { vendor: 'AWS', name: 'AWS CloudTrail' },

  eventId(record) {
    const [event, ...more] = unpack(record);
    return more.length === 0 ? textAt(event, 'eventID') : undefined;
  },

  recognise: (record) => unpack(record).some((event) => textAt(event, 'eventVersion') !== undefined),

  read(record, { receivedAt }) {
    const events = unpack(record);
    if (events.length === 0 && !isEmptyPack(record)) return { error: unreadableWords.table.cloudtrail };
    return events.map((event) => ({
      event,
      time: readTime(event.eventTime) ?? receivedAt,
      facts: () => facts(event),
    }));
  },
};
