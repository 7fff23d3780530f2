import { defined } from '../../normalize/defined.ts';
import { type EntityClaim, entityList } from '../../normalize/entity-list.ts';
import type { EventFacts } from '../../normalize/native-event-record.ts';
import type { Evidences, Process } from '../../normalize/ocsf/objects.ts';
import { wholeAt } from '../fields/at.ts';

type Fields = Record<string, string>;

/** What enriched logs write for nobody. */
const nobody = new Set(['unset', '(null)', '?', 'unknown(4294967295)']);

const quotedNames: readonly (readonly [field: string, name: string])[] = [
  ['CommandLine', 'command line'],
  ['proctitle', 'command line'],
  ['cmd', 'command'],
  ['Image', 'program'],
  ['exe', 'program'],
  ['TargetFilename', 'file'],
  ['name', 'file'],
  ['DestinationIp', 'destination'],
  ['laddr', 'destination'],
  ['CurrentDirectory', 'in'],
  ['cwd', 'in'],
  ['User', 'user'],
  ['UID', 'user'],
  ['acct', 'account'],
  ['key', 'audit key'],
  ['res', 'result'],
];
const mostQuoted = 4;

/** What a person reads of an audit record, or of several put together. */
export function factsOf(fields: Fields, what: string, host: string | undefined): EventFacts {
  const entities = entityList(claims(fields, host));
  const quoted = quotedNames.flatMap(([field, name]): [string, string][] => {
    const text = fields[field];
    return text === undefined || nobody.has(text) ? [] : [[name, text]];
  });
  const evidence = defined<Evidences>({
    process: process(fields),
    device: host === undefined ? undefined : { type_id: 0, hostname: host },
  });
  const evidences = Object.keys(evidence).length === 0 ? [] : [evidence];
  return { entities, quoted: [['event', what], ...quoted.slice(0, mostQuoted)], attributes: defined({ evidences }) };
}

/** Numbers of accounts mean another person on every machine: only names are entities. */
function claims(fields: Fields, host: string | undefined): EntityClaim[] {
  const name = (...keys: string[]) =>
    keys.map((key) => fields[key]).find((text) => text !== undefined && !nobody.has(text) && !/^\d+$/.test(text));
  return [
    ['host', host, 'host'],
    ['process', name('Image', 'exe'), 'process'],
    ['user', name('AUID'), 'login user'],
    ['user', name('User', 'UID'), 'user'],
    ['user', name('acct'), 'account'],
    ['ip', name('DestinationIp', 'laddr'), 'destination'],
    ['ip', name('addr'), 'source'],
  ];
}

function process(fields: Fields): Process | undefined {
  const pid = wholeAt(fields, 'ProcessId') ?? wholeAt(fields, 'pid');
  if (pid === undefined) return undefined;
  const path = fields.Image ?? fields.exe;
  const parent = wholeAt(fields, 'ParentProcessId') ?? wholeAt(fields, 'ppid');
  return defined<Process>({
    pid,
    path,
    name: path?.replace(/^.*\//, '') || undefined,
    cmd_line: fields.CommandLine ?? fields.proctitle,
    working_directory: fields.CurrentDirectory ?? fields.cwd,
    parent_process: parent === undefined ? undefined : { pid: parent },
  });
}
