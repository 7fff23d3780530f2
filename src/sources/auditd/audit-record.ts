import { readPairs } from './read-pairs.ts';

/** One record of the audit daemon: a line. */
export interface AuditRecord {
  type: string;
  /** `1700000000.123:42`, shared by the records of one audit event. */
  id: string;
  time: Date;
  /** The node it names itself, when the daemon is set up to. */
  node: string | undefined;
  /** All its fields by their raw names, encoded values decoded; `type` and `msg` (`audit(…)`) among them. */
  fields: Record<string, string>;
}

/** Where in a line the head may begin: syslog and `node=` stand before it. */
const headWithin = 512;

const head = /(?:^|\s)type=([A-Z0-9_]{1,40})(?:\[\d{1,6}\])? (?:msg=)?(audit\((\d{1,12})\.(\d{1,9}):(\d{1,20})\)):?\s?/;

/** Types that the kernel writes as numbers when no daemon took them. */
const numbered: Record<string, string> = {
  '1300': 'SYSCALL',
  '1302': 'PATH',
  '1306': 'SOCKADDR',
  '1307': 'CWD',
  '1309': 'EXECVE',
  '1327': 'PROCTITLE',
  '1400': 'AVC',
};

/** Reads a line of audit.log, in time linear in its length; undefined when it is none. */
export function auditRecord(line: string): AuditRecord | undefined {
  const found = head.exec(line.slice(0, headWithin));
  if (found === null) return undefined;
  const [all, written = '', msg = '', seconds = '', fraction = '', serial = ''] = found;
  const type = numbered[written] ?? written;
  const node = /(?:^|\s)node=(\S{1,255})/.exec(line.slice(0, found.index + 1))?.[1];
  const milliseconds = Number(seconds) * 1_000 + Number(`${fraction}000`.slice(0, 3));
  const fields = { ...readPairs(line.slice(found.index + all.length), type), type, msg };
  return { type, id: `${seconds}.${fraction}:${serial}`, time: new Date(milliseconds), node, fields };
}
