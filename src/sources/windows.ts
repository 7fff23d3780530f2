import { unreadableWords } from '../messages/unreadable.ts';
import { defined } from '../normalize/defined.ts';
import { entityList } from '../normalize/entity-list.ts';
import type { EventFacts } from '../normalize/native-event-record.ts';
import { textAt } from './fields/at.ts';
import { readTime } from './fields/read-time.ts';
import type { EventSource } from './source.ts';
import { claims } from './windows/claims.ts';
import { evidences } from './windows/evidences.ts';
import { type WindowsEvent, windowsEvent } from './windows/layout.ts';

/** What a reader wants first, most telling first; an event has a few of them. */
const telling: readonly (readonly [field: string, name: string])[] = [
  ['CommandLine', 'command line'],
  ['ScriptBlockText', 'script'],
  ['Payload', 'script'],
  ['ParentCommandLine', 'parent'],
  ['ServiceName', 'service'],
  ['ImagePath', 'service file'],
  ['ServiceFileName', 'service file'],
  ['TaskName', 'task'],
  ['TargetObject', 'registry'],
  ['Details', 'value'],
  ['TargetFilename', 'file'],
  ['ImageLoaded', 'loaded'],
  ['TargetImage', 'target'],
  ['GrantedAccess', 'access'],
  ['PipeName', 'pipe'],
  ['QueryName', 'looked up'],
  ['DestinationIp', 'destination'],
  ['DestAddress', 'destination'],
  ['DestinationPort', 'port'],
  ['DestPort', 'port'],
  ['ShareName', 'share'],
  ['ObjectName', 'object'],
  ['TargetUserName', 'account'],
  ['LogonType', 'logon type'],
  ['IpAddress', 'from'],
  ['Image', 'process'],
  ['NewProcessName', 'process'],
  ['Application', 'process'],
  ['User', 'user'],
  ['SubjectUserName', 'by'],
  ['Message', 'message'],
];

const mostQuoted = 4;

function facts(seen: WindowsEvent): EventFacts {
  const entities = entityList(claims(seen));
  const quoted = telling.flatMap(([field, name]): [string, string][] => {
    const text = textAt(seen.data, field);
    return text === undefined || text === '-' ? [] : [[name, text]];
  });
  return {
    entities,
    quoted: [['event', `${seen.id} of ${seen.channel ?? seen.provider ?? ''}`], ...quoted.slice(0, mostQuoted)],
    attributes: defined({ evidences: evidences(seen, entities) }),
  };
}

/** Windows events as JSON: Security, Sysmon, PowerShell and every other channel, whatever program ships them. */
export const windows: EventSource = {
  name: 'windows',
  product: { vendor: 'Microsoft', name: 'Windows' },

  eventId(record) {
    const seen = windowsEvent(record);
    // Record numbers begin anew when a log is cleared; the time tells the two apart.
    return seen?.record === undefined || seen.times[0] === undefined
      ? undefined
      : [seen.computer, seen.channel, seen.record, seen.times[0]].join('|');
  },

  recognise: (record) => windowsEvent(record) !== undefined,

  read(record, { receivedAt }) {
    const seen = windowsEvent(record);
    if (seen === undefined) return { error: unreadableWords.table.windows };
    const time = seen.times.map(readTime).find((found) => found !== undefined);
    return [{ event: record as Record<string, unknown>, time: time ?? receivedAt, facts: () => facts(seen) }];
  },
};
