import { type SocketAddress, socketAddress } from './socket-address.ts';

/** The events in the words of Sigma's taxonomy that the records of one audit event make together. */
export interface JoinedEvent {
  category: 'process_creation' | 'network_connection' | 'file_event';
  fields: Record<string, string>;
}

/** By type, all records of one audit event, each with its fields. */
type Records = readonly Record<string, string>[];

/** Numbers of system calls where the log is not enriched, on x86-64 and on 64-bit ARM. */
const calls: Record<string, Record<string, string>> = {
  c000003e: { '59': 'execve', '322': 'execveat', '42': 'connect' },
  c00000b7: { '221': 'execve', '281': 'execveat', '203': 'connect' },
};

/** The name of a SYSCALL record's call; undefined when it is none we look for. */
export function callOf({ SYSCALL, syscall = '', arch = '' }: Record<string, string>): string | undefined {
  return SYSCALL ?? calls[arch.toLowerCase()]?.[syscall] ?? (/^[a-z]/.test(syscall) ? syscall : undefined);
}

/**
 * What the records of one audit event say together; none when there is no SYSCALL among them, or one that failed: a
 * program that was looked for along the path was not started.
 */
export function joinedEvents(records: Records): JoinedEvent[] {
  const one = (type: string) => records.find((record) => record.type === type);
  const call = one('SYSCALL');
  if (call === undefined || call.success === 'no') return [];
  const subject = present({
    Image: call.exe,
    ProcessId: call.pid,
    ParentProcessId: call.ppid,
    User: call.UID ?? call.uid,
    AUID: call.AUID ?? call.auid,
    EUID: call.EUID ?? call.euid,
    CurrentDirectory: one('CWD')?.cwd,
    key: call.key,
  });
  const name = callOf(call);
  const program = one('EXECVE');
  if (name === 'execve' || name === 'execveat' || program !== undefined)
    return started(subject, commandLine(program) ?? one('PROCTITLE')?.proctitle);
  const address = name === 'connect' ? socketAddress(one('SOCKADDR') ?? {}) : undefined;
  if (address !== undefined) return [connected(subject, address)];
  return created(subject, records);
}

function started(subject: Record<string, string>, command: string | undefined): JoinedEvent[] {
  // A start without its command line would pass every rule's exceptions that look at one.
  if (command === undefined) return [];
  return [{ category: 'process_creation', fields: { ...subject, CommandLine: command } }];
}

function connected(subject: Record<string, string>, { ip, port }: SocketAddress): JoinedEvent {
  const fields = { ...subject, DestinationIp: ip, DestinationPort: String(port), Initiated: 'true' };
  return { category: 'network_connection', fields };
}

function created(subject: Record<string, string>, records: Records): JoinedEvent[] {
  return records
    .filter(({ type, nametype, name }) => type === 'PATH' && nametype === 'CREATE' && name !== undefined)
    .map(({ name = '' }) => ({
      category: 'file_event',
      fields: { ...subject, TargetFilename: name.startsWith('/') ? name : below(subject.CurrentDirectory, name) },
    }));
}

function below(folder: string | undefined, name: string): string {
  return folder === undefined ? name : `${folder.replace(/\/$/, '')}/${name.replace(/^\.\//, '')}`;
}

/** The arguments in their order, as far as they are there. */
function commandLine(program: Record<string, string> | undefined): string | undefined {
  if (program === undefined) return undefined;
  const words: string[] = [];
  for (let k = 0; program[`a${k}`] !== undefined; k += 1) words.push(program[`a${k}`] ?? '');
  return words.length === 0 ? undefined : words.join(' ');
}

function present(fields: Record<string, string | undefined>): Record<string, string> {
  const kept = Object.entries(fields).filter((entry): entry is [string, string] => {
    return entry[1] !== undefined && entry[1] !== '(null)' && entry[1] !== '?';
  });
  return Object.fromEntries(kept);
}
