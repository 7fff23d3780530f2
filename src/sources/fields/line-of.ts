import { textAt } from './at.ts';

/** Where shippers of lines (Filebeat, Fluent Bit, Vector, journald, container runtimes) put the line itself. */
const linePaths = ['message', 'log', 'line', 'MESSAGE', 'raw', '_raw', 'event.original'];
const hostPaths = ['host.name', 'hostname', 'host.hostname', 'host', '_HOSTNAME', 'agent.name', 'beat.hostname'];

/** A line of text, and the host its shipper says it is of. */
export interface Line {
  text: string;
  host: string | undefined;
}

/** The line of a record: the record itself, or what a JSON object has around it; undefined when there is none. */
export function lineOf(record: unknown): Line | undefined {
  if (typeof record === 'string') return { text: record.trim(), host: undefined };
  const text = first(record, linePaths);
  return text === undefined ? undefined : { text: text.trim(), host: first(record, hostPaths) };
}

function first(record: unknown, paths: readonly string[]): string | undefined {
  for (const path of paths) {
    const text = textAt(record, path);
    if (text !== undefined) return text;
  }
  return undefined;
}
