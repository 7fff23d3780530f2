import { z } from 'zod';
import { canonicalJson, sha256 } from '../domain/canonical.ts';
import { unreadableWords } from '../messages/unreadable.ts';
import { defined } from '../normalize/defined.ts';
import { type EntityClaim, entityList } from '../normalize/entity-list.ts';
import { finding } from '../normalize/finding.ts';
import type { Cloud, Container, Device, Evidences, NetworkEndpoint, Process, User } from '../normalize/ocsf/objects.ts';
import { textObservables } from '../normalize/text-observables.ts';
import { readSeverity } from './fields/read-severity.ts';
import { readTime } from './fields/read-time.ts';
import type { AlertSource } from './source.ts';

const recordSchema = z.looseObject({
  uuid: z.string().optional().catch(undefined),
  rule: z.string().min(1),
  priority: z.string().catch(''),
  output: z.string().catch(''),
  time: z.unknown().optional(),
  hostname: z.string().optional().catch(undefined),
  source: z.string().optional().catch(undefined),
  tags: z.array(z.string()).nullish().catch(undefined),
  output_fields: z.record(z.string(), z.unknown()).nullish().catch(undefined),
});
/** Longest JSON of the output fields kept in the event; the raw record has them all. */
const mostData = 16_384;

type Fields = Record<string, unknown>;

/** Falco prints `<NA>` for a field that has no value, and `host` as the container of what runs outside of any. */
function text(fields: Fields, ...names: string[]): string | undefined {
  for (const name of names) {
    const value = fields[name];
    if ((typeof value === 'string' && value !== '' && value !== '<NA>') || typeof value === 'number')
      return String(value);
  }
  return undefined;
}

function whole(fields: Fields, name: string, most = Number.MAX_SAFE_INTEGER): number | undefined {
  const value = Number(text(fields, name));
  return Number.isSafeInteger(value) && value >= 0 && value <= most ? value : undefined;
}

function containerId(fields: Fields): string | undefined {
  const id = text(fields, 'container.id');
  return id === 'host' ? undefined : id;
}

function claims(fields: Fields, host: string | undefined): EntityClaim[] {
  return [
    ['host', host, 'host'],
    ['container', containerId(fields), 'container'],
    ['process', text(fields, 'proc.exepath', 'proc.name'), 'process'],
    ['process', text(fields, 'proc.pexepath', 'proc.pname'), 'parent process'],
    ['user', text(fields, 'user.name', 'ka.user.name'), 'user'],
    ['ip', text(fields, 'fd.rip'), 'remote'],
    ['ip', text(fields, 'fd.cip'), 'client'],
    ['ip', text(fields, 'fd.sip'), 'server'],
    ['ip', text(fields, 'ct.srcip'), 'source'],
    ['domain', text(fields, 'fd.sip.name', 'fd.rip.name'), 'remote'],
    ['file_hash', text(fields, 'proc.hash.sha256', 'fd.hash.sha256'), 'file'],
    ['user', text(fields, 'ct.user'), 'user'],
    ['cloud_resource', text(fields, 'ct.user.arn'), 'actor'],
  ];
}

function process(fields: Fields): Process | undefined {
  const pid = whole(fields, 'proc.pid');
  // OCSF knows a process by its number or an id; without one there is only the command line, kept in `data`.
  if (pid === undefined) return undefined;
  const parent = whole(fields, 'proc.ppid');
  return defined<Process>({
    pid,
    name: text(fields, 'proc.name'),
    path: text(fields, 'proc.exepath'),
    cmd_line: text(fields, 'proc.cmdline'),
    parent_process:
      parent === undefined ? undefined : defined<Process>({ pid: parent, name: text(fields, 'proc.pname') }),
  });
}

function endpoint(fields: Fields): NetworkEndpoint | undefined {
  const ip = entityList([['ip', text(fields, 'fd.rip', 'fd.sip'), 'remote']])[0]?.value;
  return ip === undefined
    ? undefined
    : defined<NetworkEndpoint>({ ip, port: whole(fields, 'fd.rport', 65_535) ?? whole(fields, 'fd.sport', 65_535) });
}

function device(fields: Fields, hostname: string | undefined, id: string | undefined): Device {
  const container =
    id === undefined ? undefined : defined<Container>({ uid: id, name: text(fields, 'container.name') });
  // OCSF wants a device named; without its host name the container is the machine the program saw.
  return defined<Device>({ type_id: 0, hostname, uid: hostname === undefined ? id : undefined, container });
}

function evidence(fields: Fields, host: string | undefined): Evidences {
  const id = containerId(fields);
  const user = text(fields, 'user.name');
  const path = text(fields, 'fd.name');
  return defined<Evidences>({
    process: process(fields),
    dst_endpoint: endpoint(fields),
    user: user === undefined ? undefined : defined<User>({ name: user, uid: text(fields, 'user.uid') }),
    file: path?.startsWith('/') ? { path, name: path.replace(/^.*\//, '') || path, type_id: 0 } : undefined,
    device: host === undefined && id === undefined ? undefined : device(fields, host, id),
    data: Object.keys(fields).length === 0 || JSON.stringify(fields).length > mostData ? undefined : fields,
  });
}

/** Where the CloudTrail plugin saw it. */
function cloud(fields: Fields): Cloud | undefined {
  const [uid, region] = [text(fields, 'ct.recipientaccountid', 'ct.user.accountid'), text(fields, 'ct.region')];
  if (uid === undefined && region === undefined) return undefined;
  return { provider: 'AWS', ...defined({ region, account: uid === undefined ? undefined : { uid } }) };
}

/** Falco's tags carry ATT&CK techniques as `T1059` or `T1059.004`. */
function techniques(tags: string[]): string[] {
  return tags.map((tag) => tag.toUpperCase()).filter((tag) => /^T\d{4}(?:\.\d{3})?$/.test(tag));
}

/** Falco's JSON output, as `http_output`, `file_output` and Falcosidekick send it. */
export const falco: AlertSource = {
  name: 'falco',
  product: { vendor: 'Falco', name: 'Falco' },

  eventId(record) {
    const parsed = recordSchema.safeParse(record);
    return parsed.success && parsed.data.uuid ? parsed.data.uuid : undefined;
  },

  recognise(record) {
    const parsed = recordSchema.safeParse(record);
    return (
      parsed.success && parsed.data.priority !== '' && (parsed.data.output !== '' || parsed.data.output_fields != null)
    );
  },

  parse(record, { receivedAt }) {
    const parsed = recordSchema.safeParse(record);
    if (!parsed.success) return { error: unreadableWords.table.falco };
    const { data } = parsed;
    const fields = data.output_fields ?? {};
    const host = data.hostname ?? text(fields, 'evt.hostname', 'k8s.node.name', 'ka.target.node');
    const where = [containerId(fields), host].find((value) => value !== undefined);
    const shown = evidence(fields, host);
    return [
      finding({
        kind: 'threat',
        source: 'falco',
        vendor: 'Falco',
        product: 'Falco',
        uid: data.uuid ?? sha256(canonicalJson(record)).slice(0, 32),
        title: data.rule,
        description: data.output || undefined,
        rule: data.rule,
        severity: readSeverity(data.priority),
        time: readTime(data.time) ?? readTime(fields['evt.time']) ?? receivedAt,
        entities: entityList(claims(fields, host), textObservables(data.output)),
        techniques: techniques(data.tags ?? []),
        quoted: [
          ['output', data.output.replace(/^\d\d:\d\d:\d\d\.\d+: \w+ /, '')],
          ['command', text(fields, 'proc.cmdline')],
          ['connection', text(fields, 'fd.rip') === undefined ? undefined : text(fields, 'fd.name')],
        ],
        fingerprint: [`where:${where ?? ''}`, `process:${text(fields, 'proc.name') ?? ''}`],
        class: 2004,
        attributes: defined({
          is_alert: true,
          cloud: cloud(fields),
          evidences: Object.keys(shown).length === 0 ? undefined : [shown],
        }),
      }),
    ];
  },
};
