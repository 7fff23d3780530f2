import { unreadableWords } from '../messages/unreadable.ts';
import { defined } from '../normalize/defined.ts';
import { entityList } from '../normalize/entity-list.ts';
import type { EventFacts } from '../normalize/native-event-record.ts';
import type { Evidences } from '../normalize/ocsf/objects.ts';
import { textAt } from './fields/at.ts';
import { lineOf } from './fields/line-of.ts';
import type { EventSource } from './source.ts';
import { errorLine } from './web-access/error-line.ts';
import { accessObject } from './web-access/json-log.ts';
import { accessLine } from './web-access/log-line.ts';
import { readLogTime } from './web-access/read-log-time.ts';

interface Entry {
  fields: Record<string, string>;
  time: string;
  /** Of an error log, whose it is; access logs of both look alike. */
  server?: 'apache' | 'nginx';
  host: string | undefined;
}

function entryOf(record: unknown): Entry | undefined {
  const line = lineOf(record);
  const found = line === undefined ? undefined : (accessLine(line.text) ?? errorLine(line.text));
  if (found !== undefined) return { ...found, host: line?.host };
  const entry = accessObject(record);
  // In such an entry `host` is the site that was asked for.
  return entry === undefined
    ? undefined
    : { ...entry, host: textAt(record, 'host.name') ?? textAt(record, 'hostname') };
}

function facts({ fields, host, server }: Entry): EventFacts {
  const of = (name: string) => fields[name];
  const entities = entityList([
    ['host', host, 'web server'],
    ['ip', of('c-ip'), 'client'],
    ['user', of('cs-username'), 'user'],
  ]);
  const client = entities.find((e) => e.type === 'ip')?.value;
  const evidence = defined<Evidences>({
    src_endpoint: client === undefined ? undefined : { ip: client },
    device: entities[0]?.type === 'host' ? { type_id: 0, hostname: entities[0].value } : undefined,
    http_request: of('cs-method') === undefined ? undefined : request(fields),
  });
  const evidences = client === undefined && evidence.device === undefined ? [] : [evidence];
  const asked = [of('cs-method'), of('cs-uri') ?? of('cs-uri-query')].filter(Boolean).join(' ');
  return {
    entities,
    quoted: [
      server === undefined ? ['request', asked] : ['line', of('message')],
      ['status', of('sc-status')],
      ['client', of('c-ip')],
      ['user agent', of('cs-user-agent')],
      ['site', of('cs-host')],
    ],
    attributes: defined({ evidences }),
  };
}

function request(fields: Record<string, string>): Record<string, unknown> {
  return defined({
    http_method: fields['cs-method'],
    user_agent: fields['cs-user-agent'],
    referrer: fields['cs-referer'],
    url: defined({ path: fields['cs-uri-stem'], query_string: fields['cs-uri-query'] }),
  });
}

/** Access logs of Apache and nginx in the common and combined formats or as JSON, and their error logs. */
export const webAccess: EventSource = {
  name: 'web-access',
  product: { vendor: 'Apache, nginx', name: 'Web server log' },
  lines: true,

  recognise: (record) => entryOf(record) !== undefined,

  read(record, { receivedAt }) {
    const entry = entryOf(record);
    if (entry === undefined) return { error: unreadableWords.table.webAccess };
    const { server } = entry;
    const time = readLogTime(entry.time) ?? receivedAt;
    const event = entry.host === undefined ? entry.fields : { ...entry.fields, host: entry.host };
    const logsource = server === undefined ? {} : { logsource: { category: 'webserver', service: server } };
    return [{ event, time, ...logsource, facts: () => facts(entry) }];
  },
};
