import { unreadableWords } from '../messages/unreadable.ts';
import type { NativeEventRecord } from '../normalize/native-event-record.ts';
import { type AuditRecord, auditRecord } from './auditd/audit-record.ts';
import { factsOf } from './auditd/facts.ts';
import { callOf, joinedEvents } from './auditd/joined.ts';
import { lineOf } from './fields/line-of.ts';
import type { EventSource } from './source.ts';

/** Fields that mean the same whichever record of an audit event they stand in. */
const shared = ['exe', 'pid', 'ppid', 'uid', 'UID', 'auid', 'AUID', 'cwd', 'proctitle', 'laddr', 'key'];

function recordOf(record: unknown): { audit: AuditRecord; host: string | undefined } | undefined {
  const line = lineOf(record);
  const audit = line === undefined ? undefined : auditRecord(line.text);
  return audit === undefined ? undefined : { audit, host: audit.node ?? line?.host };
}

/** What the other records of the audit event say of who did it, where, and with what. */
function withParts(fields: Record<string, string>, parts: readonly NativeEventRecord[]): Record<string, string> {
  const told = Object.assign({}, ...parts.map(({ event }) => event)) as Record<string, string>;
  const known = shared.flatMap((name) => (told[name] === undefined ? [] : [[name, told[name]] as const]));
  return { ...Object.fromEntries(known), ...fields };
}

/** The Linux audit daemon's log, as it stands in the file or as a shipper of lines sends it. */
export const auditd: EventSource = {
  name: 'auditd',
  product: { vendor: 'Linux', name: 'Linux audit' },
  lines: true,

  recognise: (record) => recordOf(record) !== undefined,

  read(record) {
    const found = recordOf(record);
    if (found === undefined) return { error: unreadableWords.table.auditd };
    const { audit, host } = found;
    const call = audit.type === 'SYSCALL' ? callOf(audit.fields) : undefined;
    const event = call === undefined ? audit.fields : { ...audit.fields, SYSCALL: call };
    return [
      {
        event: host === undefined ? event : { ...event, host },
        // Said here, so that a SYSCALL without its other records is not taken for a process that was started.
        logsource: { product: 'linux', service: 'auditd' },
        time: audit.time,
        partOf: `${host ?? ''}|${audit.id}`,
        facts: (parts = []) =>
          factsOf(withParts(audit.fields, parts), call === undefined ? audit.type : `${audit.type} ${call}`, host),
      },
    ];
  },

  join(parts) {
    const [first] = parts;
    if (first === undefined) return [];
    const records = parts.map(({ event }) => event as Record<string, string>);
    const host = records[0]?.host;
    return joinedEvents(records).map(
      ({ category, fields }): NativeEventRecord => ({
        event: host === undefined ? fields : { ...fields, Computer: host },
        logsource: { product: 'linux', category },
        time: first.time,
        facts: () => factsOf(fields, category.replace('_', ' '), host),
      }),
    );
  },
};
