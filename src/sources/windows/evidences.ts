import type { AlertEntity } from '../../domain/entity.ts';
import { defined } from '../../normalize/defined.ts';
import type { Evidences, NetworkEndpoint, Process } from '../../normalize/ocsf/objects.ts';
import { textAt, wholeAt } from '../fields/at.ts';
import type { WindowsEvent } from './layout.ts';

/** Longest JSON of the event's own fields kept in the finding; the raw record has them all. */
const mostData = 16_384;

type Data = Record<string, unknown>;

/** The event as OCSF knows it: process, its parent, user, device and endpoints; none when it has none of these. */
export function evidences({ data }: WindowsEvent, entities: AlertEntity[]): Evidences[] {
  const host = firstOf(entities, 'host', 'host');
  const user = entities.find((e) => e.type === 'user')?.value;
  const known = Object.keys(data).length > 0 && JSON.stringify(data).length <= mostData;
  const evidence = defined<Evidences>({
    process: process(data),
    user: user === undefined ? undefined : { name: user },
    device: host === undefined ? undefined : { type_id: 0, hostname: host },
    src_endpoint: endpoint(firstOf(entities, 'ip', 'source'), wholeAt(data, 'SourcePort', 65_535)),
    dst_endpoint: endpoint(firstOf(entities, 'ip', 'destination'), wholeAt(data, 'DestinationPort', 65_535)),
    data: known ? data : undefined,
  });
  return Object.keys(evidence).length === 0 ? [] : [evidence];
}

function process(data: Data): Process | undefined {
  const pid = number(textAt(data, 'NewProcessId') ?? textAt(data, 'ProcessId') ?? textAt(data, 'SourceProcessId'));
  // OCSF knows a process by its number or an id.
  if (pid === undefined) return undefined;
  const path = textAt(data, 'Image') ?? textAt(data, 'NewProcessName') ?? textAt(data, 'SourceImage');
  const parent = number(textAt(data, 'ParentProcessId'));
  return defined<Process>({
    pid,
    path,
    name: path?.replace(/^.*\\/, ''),
    cmd_line: textAt(data, 'CommandLine'),
    working_directory: textAt(data, 'CurrentDirectory'),
    parent_process:
      parent === undefined
        ? undefined
        : defined<Process>({
            pid: parent,
            path: textAt(data, 'ParentImage'),
            cmd_line: textAt(data, 'ParentCommandLine'),
          }),
  });
}

/** Security events write `0x1a4` for what Sysmon writes as 420. */
function number(text: string | undefined): number | undefined {
  const value = text === undefined || !/^(?:0x[0-9a-f]{1,8}|\d{1,10})$/i.test(text) ? Number.NaN : Number(text);
  return Number.isSafeInteger(value) ? value : undefined;
}

function endpoint(ip: string | undefined, port: number | undefined): NetworkEndpoint | undefined {
  return ip === undefined ? undefined : defined<NetworkEndpoint>({ ip, port });
}

function firstOf(entities: AlertEntity[], type: AlertEntity['type'], role: string): string | undefined {
  return entities.find((e) => e.type === type && e.role === role)?.value;
}
